import fc from 'fast-check';
import { FEW, quarterOf, talkQuarters, type CountedTalk } from './coaching-statistics.rules.js';
import { TALK_STATES, type TalkState } from './talk-state.rules.js';

const talks = (on: string, counts: Partial<Record<TalkState, number>>): CountedTalk[] =>
  Object.entries(counts).flatMap(([state, count]) =>
    Array.from({ length: count }, () => ({ on, state: state as TalkState })),
  );

describe('quarterOf', () => {
  it.each([
    ['2026-01-01', '2026-Q1'],
    ['2026-03-31', '2026-Q1'],
    ['2026-04-01', '2026-Q2'],
    ['2026-09-30', '2026-Q3'],
    ['2026-12-31', '2026-Q4'],
  ])('of %s is %s', (day, expected) => {
    expect(quarterOf(day)).toBe(expected);
  });
});

describe('talkQuarters', () => {
  it('counts what became of the offers of each quarter, latest first', () => {
    const all = [
      ...talks('2026-09-30', { held: 6, declined: 5, not_held: 7, cancelled: 1 }),
      ...talks('2026-10-01', { offered: 4, held: 1 }),
    ];
    expect(talkQuarters(all)).toEqual([
      { quarter: '2026-Q4', offered: 5, held: null, notHeld: null, declined: null },
      { quarter: '2026-Q3', offered: 19, held: 6, notHeld: 7, declined: 5 },
    ]);
  });

  it('says nothing of fewer than five', () => {
    const one = fc.record({
      on: fc.constantFrom('2026-02-01', '2026-05-01', '2026-08-01'),
      state: fc.constantFrom(...TALK_STATES),
    });
    fc.assert(
      fc.property(fc.array(one), (all) => {
        for (const { quarter: _, ...counts } of talkQuarters(all))
          for (const count of Object.values(counts)) expect(count ?? FEW).toBeGreaterThanOrEqual(FEW);
      }),
    );
  });

  it('is empty without talks', () => {
    expect(talkQuarters([])).toEqual([]);
  });
});
