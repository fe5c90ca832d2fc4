import fc from 'fast-check';
import { coverage, Draw } from '../../../../test/support/simulation.js';
import type { Finding } from '../insight.js';
import type { AgentCalls, SideCalls } from './agent-calls.rules.js';
import { compareRates } from './compared-rates.rules.js';

const NAMES = { with: 'with_day', without: 'without_day' };

const side = (successes: number, trials: number, tenure = 6): SideCalls => ({ successes, trials, tenure });

const agent = (agentId: number, changes: Partial<AgentCalls> = {}): AgentCalls => ({
  agentId,
  municipalityCode: '751',
  without: null,
  with: null,
  score: null,
  ...changes,
});

/** Agents of some municipalities, who attend sooner or later or never; a year makes nobody better. */
function drawn(draw: Draw, effect: number, count = 80): AgentCalls[] {
  return Array.from({ length: count }, (_, n) => {
    const own = draw.share(0.55, 0.03);
    const calls = (share: number, tenure: number) => {
      const trials = draw.calls(60);
      return side(draw.binomial(trials, Math.min(0.98, share)), trials, tenure);
    };
    const hasBoth = draw.uniform() < 0.4;
    const attended = hasBoth || draw.uniform() < 0.6;
    const tenure = 40 * draw.uniform();
    return agent(n + 1, {
      municipalityCode: String(100 + (n % 5)),
      without: hasBoth || !attended ? calls(own, tenure) : null,
      with: attended ? calls(own + effect, tenure + (hasBoth ? 6 : 0)) : null,
    });
  });
}

describe('compareRates', () => {
  it('takes all calls of a side together', () => {
    const agents = Array.from({ length: 10 }, (_, n) =>
      n < 5
        ? agent(n, { with: side(60 + n, 100) })
        : agent(n, { without: side(50 - n, 100), municipalityCode: '615' }),
    );
    const { effect, groups, municipalities } = compareRates(agents, NAMES);
    expect(groups.map(({ key, people, calls, value }) => [key, people, calls, value])).toEqual([
      ['with_day', 5, 500, 310 / 500],
      ['without_day', 5, 500, 215 / 500],
    ]);
    expect(effect!.value).toBeCloseTo(19, 9);
    expect(municipalities.map(({ code, people }) => [code, people])).toEqual([
      ['615', 5],
      ['751', 5],
    ]);
  });

  it.each([
    [4, 20, 'few_without', 4],
    [20, 4, 'few_with', 4],
    [0, 0, 'no_data', 0],
    [0, 30, 'few_without', 0],
  ])('cannot answer for %d without and %d with', (without, withIt, reason, n) => {
    const agents = [
      ...Array.from({ length: without }, (_, i) => agent(i, { without: side(50, 100) })),
      ...Array.from({ length: withIt }, (_, i) => agent(100 + i, { with: side(60, 100 + i) })),
    ];
    expect(compareRates(agents, NAMES)).toMatchObject({
      notAnswerable: { reason, n },
      effect: null,
      groups: [],
      municipalities: [],
      table: { rows: [] },
    });
  });

  it('cannot answer for few calls', () => {
    const agents = Array.from({ length: 12 }, (_, n) =>
      n < 6 ? agent(n, { with: side(50, 100) }) : agent(n, { without: side(2, 10) }),
    );
    expect(compareRates(agents, NAMES).notAnswerable).toEqual({ reason: 'few_calls', n: 60 });
  });

  it('shows nobody among fewer than five, and nothing that could be taken from the total', () => {
    const calls = fc.record({
      successes: fc.integer({ min: 0, max: 40 }),
      trials: fc.integer({ min: 40, max: 90 }),
    });
    const anyAgent = fc.record({
      code: fc.constantFrom('101', '147', '615', '751'),
      without: fc.option(calls),
      with: fc.option(calls),
    });
    fc.assert(
      fc.property(fc.array(anyAgent, { maxLength: 60 }), (list) => {
        const agents = list.map(({ code, without, with: after }, n) =>
          agent(n, {
            municipalityCode: code,
            without: without && { ...without, tenure: n },
            with: after && { ...after, tenure: n },
          }),
        );
        const finding = compareRates(agents, NAMES);
        for (const { people } of [...finding.groups, ...finding.municipalities])
          expect(people).toBeGreaterThanOrEqual(5);
        if (finding.notAnswerable) return;
        const all = agents.filter((one) => one.without || one.with).length;
        const left = all - finding.municipalities.reduce((sum, { people }) => sum + people, 0);
        expect(left === 0 || left >= 5).toBe(true);
      }),
    );
  });

  // Agents with calls on both sides count twice, so the intervals may be too wide and must not be too narrow.
  it.each([
    ['the difference', (finding: Finding) => finding.effect],
    ['the adjusted difference', (finding: Finding) => finding.figures.find(({ key }) => key === 'adjusted')!],
  ])('holds the truth in at least 95 of 100 cases: %s', (_, of) => {
    const share = coverage(
      4,
      6,
      (draw) => {
        const effect = of(compareRates(drawn(draw, 0.06), NAMES))!;
        return { low: effect.low!, high: effect.high! };
      },
      500,
    );
    expect(share).toBeGreaterThanOrEqual(0.935);
  });
});
