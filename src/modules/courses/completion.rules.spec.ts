import fc from 'fast-check';
import {
  CREDIT_RULES,
  factsOf,
  mergeFacts,
  NO_FACTS,
  standing,
  type CreditRule,
  type LearningEvent,
  type LearningFacts,
} from './completion.rules.js';

const START = Date.UTC(2026, 0, 1);
const event: fc.Arbitrary<LearningEvent> = fc.record({
  // Few instants and sources, so that ties are common.
  occurredAt: fc.integer({ min: 0, max: 5 }).map((n) => new Date(START + n * 60_000)),
  completion: fc.constantFrom('completed', 'incomplete', null),
  success: fc.constantFrom('passed', 'failed', null),
  scoreScaled: fc.option(fc.constantFrom(-1, -0.5, 0, 0.4, 0.7, 1)),
  source: fc.constantFrom('articulate', 'manual', 'player'),
});
const events = fc.array(event, { maxLength: 8 });
const rule = fc.constantFrom(...CREDIT_RULES);
const fold = (all: LearningEvent[]): LearningFacts => all.map(factsOf).reduce(mergeFacts, NO_FACTS);
const at = (minute: number, changes: Partial<LearningEvent>): LearningEvent => ({
  occurredAt: new Date(START + minute * 60_000),
  completion: null,
  success: null,
  scoreScaled: null,
  source: 'host',
  ...changes,
});

describe('the merge of completion events', () => {
  it('gives the same under any permutation and repetition', () => {
    const shuffled = events.chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.array(fc.nat({ max: Math.max(all.length - 1, 0) }), { maxLength: 10 }).chain((again) => {
          const repeated = all.length === 0 ? [] : [...all, ...again.map((index) => all[index]!)];
          return fc.shuffledSubarray(repeated, { minLength: repeated.length });
        }),
      ),
    );
    fc.assert(
      fc.property(shuffled, rule, ([all, again], creditRule) => {
        expect(standing(fold(again), creditRule)).toEqual(standing(fold(all), creditRule));
      }),
      { numRuns: 2000 },
    );
  });

  it('is associative and idempotent', () => {
    fc.assert(
      fc.property(events, events, events, (a, b, c) => {
        const [x, y, z] = [fold(a), fold(b), fold(c)];
        expect(mergeFacts(mergeFacts(x, y), z)).toEqual(mergeFacts(x, mergeFacts(y, z)));
        expect(mergeFacts(x, x)).toEqual(x);
      }),
    );
  });

  it('never takes back a completion, a pass or a score', () => {
    fc.assert(
      fc.property(events, event, rule, (all, more, creditRule) => {
        const before = standing(fold(all), creditRule);
        const after = standing(fold([...all, more]), creditRule);
        if (before.state === 'completed') expect(after.state).toBe('completed');
        if (before.completedAt)
          expect(after.completedAt!.getTime()).toBeLessThanOrEqual(before.completedAt.getTime());
        if (before.success === 'passed') expect(after.success).toBe('passed');
        expect(after.scoreScaled ?? -1).toBeGreaterThanOrEqual(before.scoreScaled ?? -1);
      }),
    );
  });

  it('credits exactly what the rule says, by an independent reading of the events', () => {
    const says: Record<CreditRule, (all: LearningEvent[]) => boolean> = {
      Passed: (all) => all.some((e) => e.success === 'passed'),
      Completed: (all) => all.some((e) => e.completion === 'completed'),
      CompletedAndPassed: (all) =>
        all.some((e) => e.completion === 'completed') && all.some((e) => e.success === 'passed'),
      CompletedOrPassed: (all) => all.some((e) => e.completion === 'completed' || e.success === 'passed'),
      NotApplicable: (all) => all.length > 0,
      PassedOrCompletedUnlessFailed: (all) =>
        all.some((e) => e.success === 'passed' || (e.completion === 'completed' && e.success !== 'failed')),
    };
    fc.assert(
      fc.property(events, rule, (all, creditRule) => {
        expect(standing(fold(all), creditRule).state === 'completed').toBe(says[creditRule](all));
      }),
    );
  });
});

describe('standing', () => {
  const table: [string, LearningEvent[], CreditRule, object][] = [
    ['nothing yet', [], 'Completed', { state: 'not_started', completedAt: null }],
    [
      'begun',
      [at(1, { completion: 'incomplete' })],
      'Completed',
      { state: 'in_progress', completedAt: null },
    ],
    [
      'completed and failed is not through by default',
      [at(1, { completion: 'completed', success: 'failed' })],
      'PassedOrCompletedUnlessFailed',
      { state: 'in_progress', success: 'failed' },
    ],
    [
      'a pass after a failure counts from the pass',
      [at(1, { completion: 'completed', success: 'failed' }), at(9, { success: 'passed' })],
      'PassedOrCompletedUnlessFailed',
      { state: 'completed', success: 'passed', completedAt: new Date(START + 9 * 60_000) },
    ],
    [
      'the first completion date stays',
      [at(5, { completion: 'completed' }), at(9, { completion: 'completed' })],
      'Completed',
      { completedAt: new Date(START + 5 * 60_000) },
    ],
    [
      'completed and passed counts when both are there',
      [at(2, { completion: 'completed' }), at(7, { success: 'passed', source: 'quiz' })],
      'CompletedAndPassed',
      { completedAt: new Date(START + 7 * 60_000), source: 'quiz' },
    ],
  ];
  it.each(table)('%s', (_, all, creditRule, expected) => {
    expect(standing(fold(all), creditRule)).toMatchObject(expected);
  });
});
