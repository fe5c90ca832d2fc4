import fc from 'fast-check';
import type { AgentCalls } from '../calls/agent-calls.rules.js';
import { beforeAfterOnboarding } from './before-after.rules.js';
import { claimedReal, pairsOf, type ClaimFacts } from './claimed-real.rules.js';
import { elearningResolution } from './elearning.rules.js';
import { guidesResolution } from './guides.rules.js';
import { highResolution } from './high-resolution.rules.js';
import { timeToReady, Waits, type Wait, type WayRow } from './time-to-ready.rules.js';
import { wellbeingOnboarding } from './wellbeing-onboarding.rules.js';

const side = (successes: number, trials: number) => ({ successes, trials, tenure: 6 });
const agent = (
  agentId: number,
  without: AgentCalls['without'],
  after: AgentCalls['with'],
  score: number | null = null,
): AgentCalls => ({
  agentId,
  municipalityCode: '751',
  without,
  with: after,
  score,
});
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe('highResolution', () => {
  const agents = [
    ...many(20, (n) => agent(n, side(10, 100), side(n < 15 ? 65 : 64, 100))),
    ...many(10, (n) => agent(100 + n, side(n < 4 ? 65 : 64, 100), null)),
    agent(999, side(29, 29), null),
  ];

  it('counts each agent once, by the months after the day if there are any', () => {
    const { effect, groups, figures, notes } = highResolution(agents, 65);
    expect(groups.map(({ key, people, value }) => [key, people, value])).toEqual([
      ['with_day', 20, 0.75],
      ['without_day', 10, 0.4],
    ]);
    expect(effect!.value).toBeCloseTo(35, 9);
    expect(figures.map(({ key }) => key)).toEqual(['odds_ratio', 'fisher']);
    expect(figures[0]!.value).toBeCloseTo((15 * 6) / (5 * 4), 9);
    expect(notes[0]!.args).toEqual({ n: 1, calls: 30 });
  });

  it('takes a rate that is just the threshold to be high', () => {
    expect(highResolution(agents, 64).groups.map(({ value }) => value)).toEqual([1, 1]);
  });
});

describe('beforeAfterOnboarding', () => {
  it('compares agents with themselves, whatever the others did', () => {
    const both = many(10, (n) => agent(n, side(50 + n, 100), side(56 + n + (n % 3), 100)));
    const others = many(10, (n) => agent(100 + n, side(0, 500), null));
    const { effect, groups, notes } = beforeAfterOnboarding([...both, ...others]);
    expect(effect!.value).toBeCloseTo(6 + 9 / 10, 9);
    expect(groups.map(({ key, people, calls }) => [key, people, calls])).toEqual([
      ['after_day', 10, 1000],
      ['before_day', 10, 1000],
    ]);
    expect(notes[0]!.args).toEqual({ n: 10 });
  });

  it('cannot answer for four', () => {
    const few = many(4, (n) => agent(n, side(50, 100), side(60, 100)));
    expect(beforeAfterOnboarding(few).notAnswerable).toEqual({ reason: 'few_people', n: 4 });
  });
});

describe('elearningResolution', () => {
  const agents = [
    ...many(40, (n) => agent(n, null, side(40 + (n % 20) + (n % 3), 100), 50 + 2 * (n % 20))),
    ...many(6, (n) => agent(100 + n, side(40 + n, 100), null)),
  ];
  const minutes = new Map(many(3, (n) => [n, 30 + n]));

  it('tells how much the rate rises with the score', () => {
    const score = elearningResolution(agents, minutes).figures.find(({ key }) => key === 'score')!;
    // One point of the rate for two of the score.
    expect(Math.abs(score.value - 5)).toBeLessThan(0.5);
    expect(score.unit).toBe('percentage_points_per_ten');
  });

  it('says nothing of three people, and shows no bin of fewer than five', () => {
    const { figures, table } = elearningResolution(agents, minutes);
    expect(figures.map(({ key }) => key)).not.toContain('minutes');
    expect(table.rows.every(([, people]) => Number(people) >= 5)).toBe(true);
    expect(table.rows.map(([group]) => group)).toContain('score_50_60');
  });

  it('tells of scores although nearly everybody has completed it, and shows no sums then', () => {
    const { notAnswerable, figures, groups, table } = elearningResolution(agents.slice(0, 42), minutes);
    expect(notAnswerable).toEqual({ reason: 'few_without', n: 2 });
    expect(figures.map(({ key }) => key)).toEqual(['score']);
    expect([groups, table.rows]).toEqual([[], []]);
  });
});

describe('guidesResolution', () => {
  it('calls nine in ten in time, and leaves out who had few guides to read', () => {
    const agents = many(30, (n) => agent(n, side(n < 12 ? 60 + (n % 3) : 50 + (n % 3), 100), null));
    const reading = new Map(many(29, (n) => [n, { due: n < 25 ? 10 : 2, inTime: n < 12 ? 9 + (n % 2) : 8 }]));
    const { groups, effect, notes } = guidesResolution(agents, reading);
    expect(groups.map(({ key, people }) => [key, people])).toEqual([
      ['read_in_time', 12],
      ['read_late', 13],
    ]);
    expect(effect!.value).toBeGreaterThan(8);
    expect(notes.at(-1)).toEqual({ key: 'few_guides_left_out', args: { n: 5, guides: 3 } });
  });
});

describe('claimedReal', () => {
  const register = { people: 200, tookPart: 180 };
  const facts = (changes: Partial<ClaimFacts> = {}): ClaimFacts => ({
    all: { answers: 100, mean: 85 },
    registered: { answers: 80, mean: 93.75 },
    notRegistered: { answers: 20, mean: 50 },
    register,
    ...changes,
  });

  it('compares the same people where the answers carry stamps', () => {
    const { effect, groups, figures, table } = claimedReal({
      elearning: facts(),
      day: facts({ registered: null }),
    });
    expect(groups.map(({ key, people, value }) => [key, people, value])).toEqual([
      ['claimed', 100, 0.85],
      ['registered', 100, 0.8],
    ]);
    expect(effect!.value).toBeCloseTo(5, 9);
    expect(table.rows).toEqual([
      ['registered', 80, 75, 5, 75 / 80],
      ['not_registered', 20, 10, 10, 0.5],
    ]);
    const [agreement, mcnemar, kappa] = figures;
    expect(agreement!.value).toBeCloseTo(0.85, 12);
    expect(kappa!.value).toBeCloseTo((0.85 - 0.71) / 0.29, 9);
    expect(mcnemar!.value).toBeGreaterThan(0.1);
    expect(figures).toHaveLength(3);
  });

  it('shows no number of one to four people in the table', () => {
    const { table, effect } = claimedReal({
      elearning: facts({ registered: { answers: 80, mean: 97.5 } }),
      day: facts(),
    });
    expect(table.rows.map((row) => row.slice(0, 4))).toEqual([
      ['registered', 80, null, null],
      ['not_registered', 20, null, null],
    ]);
    expect(effect).not.toBeNull();
  });

  it('puts the shares side by side where they cannot be linked', () => {
    const { effect, groups, notes } = claimedReal({
      elearning: facts({ notRegistered: null }),
      day: facts(),
    });
    expect(effect).toBeNull();
    expect(groups.map(({ key, people, value, low }) => [key, people, value, low === null])).toEqual([
      ['claimed', 100, 0.85, false],
      ['registered_all', 200, 0.9, true],
    ]);
    expect(notes).toEqual([{ key: 'not_linked', args: {} }]);
  });

  it('has no answer without a wave, or where its figures are hidden', () => {
    expect(claimedReal(null).notAnswerable!.reason).toBe('no_wave');
    expect(claimedReal({ elearning: facts({ all: null }), day: facts() }).notAnswerable!.reason).toBe(
      'hidden',
    );
  });

  it('makes the four numbers of any shares', () => {
    const count = fc.tuple(fc.integer({ min: 5, max: 300 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(count, count, ([answers, share], [others, otherShare]) => {
        const [yes, otherYes] = [Math.round(answers * share), Math.round(others * otherShare)];
        expect(
          pairsOf(
            facts({
              registered: { answers, mean: (100 * yes) / answers },
              notRegistered: { answers: others, mean: (100 * otherYes) / others },
            }),
          ),
        ).toEqual({ both: yes, onlyFirst: otherYes, onlySecond: answers - yes, neither: others - otherYes });
      }),
    );
  });
});

describe('wellbeingOnboarding', () => {
  const topic = (name: string, mean: number, other: number | null) => ({
    topic: name,
    label: { da: name, en: name },
    attended: { n: 40, mean, sd: 20 },
    notAttended: other === null ? null : { n: 30, mean: other, sd: 20 },
  });

  it('averages the topics, with an interval as wide as the average of theirs', () => {
    const { effect, figures, groups } = wellbeingOnboarding([
      topic('a', 70, 60),
      topic('b', 80, 76),
      topic('c', 50, null),
    ]);
    expect(effect!.value).toBeCloseTo(7, 9);
    const width = (one: { low: number | null; high: number | null }) => one.high! - one.low!;
    expect(width(effect!)).toBeCloseTo((width(figures[0]!) + width(figures[1]!)) / 2, 9);
    expect(groups.map(({ people, value }) => [people, value])).toEqual([
      [40, 75],
      [30, 68],
    ]);
  });

  it('has no answer where every topic is hidden, or there is no wave', () => {
    expect(wellbeingOnboarding([topic('c', 50, null)]).notAnswerable!.reason).toBe('hidden');
    expect(wellbeingOnboarding(null).notAnswerable!.reason).toBe('no_wave');
  });
});

describe('Waits', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, 1 + day));
  const row = (agentId: number, enrolled: number | null, through: number | null): WayRow => ({
    agentId,
    municipalityCode: '751',
    registeredAt: at(0),
    enrolledAt: enrolled === null ? null : at(enrolled),
    throughAt: through === null ? null : at(through),
    hasLeft: false,
  });

  it.each<[string, WayRow[], number]>([
    ['one course', [row(1, 0, 4)], 4],
    ['the last of several', [row(1, 0, 4), row(1, 0, 9)], 9],
    ['one that is not through', [row(1, 0, 4), row(1, 0, null)], Infinity],
    ['one that was assigned long after', [row(1, 0, 4), row(1, 30, 60)], 4],
    ['nothing assigned', [row(1, null, null)], Infinity],
    ['known from before', [row(1, 0, -20)], 0],
  ])('%s', (_, rows, days) => {
    const waits = new Waits();
    rows.forEach((one) => waits.add(one));
    expect(waits.all()).toEqual([{ municipalityCode: '751', days, hasLeft: false }]);
  });
});

describe('timeToReady', () => {
  const wait = (days: number, municipalityCode = '751', hasLeft = false): Wait => ({
    municipalityCode,
    days,
    hasLeft,
  });

  it('counts those who wait as waiting longest, and leaves out who left before', () => {
    const waits = [
      ...many(11, (n) => wait(n + 1)),
      ...many(3, () => wait(Infinity, '615')),
      ...many(9, () => wait(Infinity, '751', true)),
    ];
    const { effect, notes, municipalities } = timeToReady(waits);
    expect(effect).toMatchObject({ value: 7.5, unit: 'days' });
    expect(notes.map(({ args }) => args['n'])).toEqual([9, 3]);
    // Three are too few, and the eleven beside them would tell of them.
    expect(municipalities).toEqual([]);
  });

  it('has an open end where the interval is not reached', () => {
    const waits = [...many(6, (n) => wait(n + 1)), ...many(5, () => wait(Infinity))];
    expect(timeToReady(waits).effect).toMatchObject({ value: 6, high: null });
  });

  it('cannot answer while fewer than half are ready', () => {
    const waits = [...many(3, () => wait(2)), ...many(9, () => wait(Infinity))];
    expect(timeToReady(waits).notAnswerable).toEqual({ reason: 'few_with', n: 3 });
    expect(timeToReady([]).notAnswerable!.reason).toBe('no_data');
  });

  it('shows no two shares between which fewer than five became ready', () => {
    const days = fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constant(Infinity));
    fc.assert(
      fc.property(fc.array(days, { maxLength: 60 }), (list) => {
        const { groups } = timeToReady(list.map((one) => wait(one)));
        let before = 0;
        for (const { value, people } of groups) {
          const ready = Math.round(value * people);
          expect(ready - before).toBeGreaterThanOrEqual(5);
          before = ready;
        }
        if (groups.length > 0) {
          const left = list.length - before;
          expect(left === 0 || left >= 5).toBe(true);
        }
      }),
    );
  });
});
