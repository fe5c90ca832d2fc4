import fc from 'fast-check';
import { addMonths, monthsFrom, type Month } from './month.rules.js';
import {
  countedResolved,
  isBelow,
  STEERING_GROUP_POLICY,
  streakAt,
  type FigureHistory,
  type MonthFigure,
  type QualityPolicy,
} from './streak.rules.js';

const POLICY: QualityPolicy = { ...STEERING_GROUP_POLICY, appliesFrom: '2026-01' };
const LAST = '2026-10';

/** A letter a month, the last one being October: `b` below, `o` not below, `-` no calls, `?` not imported. */
function history(letters: string, changes: Partial<FigureHistory> = {}): FigureHistory {
  const figures = new Map<Month, MonthFigure>();
  const imported = new Set<Month>();
  for (const [index, letter] of [...letters].entries()) {
    const month = addMonths(LAST, index - letters.length + 1);
    if (letter !== '?') imported.add(month);
    if (letter === 'b') figures.set(month, { answered: 40, resolved: 19, warmTransferred: 0 });
    if (letter === 'o') figures.set(month, { answered: 40, resolved: 20, warmTransferred: 0 });
  }
  return { figures, imported, period: { startOn: '2020-01-01', endOn: null }, ...changes };
}

describe('the rule, case by case', () => {
  it.each([
    ['never below', 'ooo', 'none', 0],
    ['exactly half is not below', 'ooob', 'none', 1],
    ['two months below: the watch list', 'obb', 'watch', 2],
    ['three months below: the leader is told', 'obbb', 'hit', 3],
    ['a fourth month belongs to the same streak', 'obbbb', 'hit', 4],
    ['a month at half in between begins anew', 'bbobb', 'watch', 2],
    ['this month is not below: nothing, whatever was before', 'bbbo', 'none', 0],
    ['one month without calls is passed over', 'obb-b', 'hit', 3],
    ['two single months without calls are both passed over', 'ob-b-b', 'hit', 3],
    ['two months without calls end the streak', 'bbb--b', 'none', 1],
    ['no calls this month: nothing new', 'bbb-', 'none', 0],
    ['this month is not imported: unknown', 'bbb?', 'unknown', 0],
    ['a month before is not imported, and it matters', 'b?b', 'unknown', 1],
    ['a month before is not imported, and it does not matter', '?bbb', 'hit', 3],
    ['no calls and then a month that is not imported', '?-bb', 'unknown', 2],
  ])('%s (%s)', (_, letters, outcome, months) => {
    const streak = streakAt(LAST, history(letters), POLICY);
    expect({ outcome: streak.outcome, months: streak.months.length }).toEqual({ outcome, months });
  });

  it.each([
    ['employed since the first of a month: that month counts', { startOn: '2026-08-01', endOn: null }, 'hit'],
    ['employed since the second: it does not', { startOn: '2026-08-02', endOn: null }, 'watch'],
    [
      'leaves at the end of the month: still an agent in it',
      { startOn: '2020-01-01', endOn: '2026-10-31' },
      'hit',
    ],
    ['left within the month', { startOn: '2020-01-01', endOn: '2026-10-30' }, 'none'],
    ['has left', null, 'none'],
  ])('%s', (_, period, outcome) => {
    expect(streakAt(LAST, history('bbbb', { period }), POLICY).outcome).toBe(outcome);
  });

  it('takes no month from before the policy', () => {
    expect(streakAt(LAST, history('bbbb'), { ...POLICY, appliesFrom: '2026-09' }).outcome).toBe('watch');
  });

  it('passes a month over that has fewer calls than the minimum', () => {
    const few = history('obbbb');
    (few.figures as Map<Month, MonthFigure>).set('2026-09', { answered: 3, resolved: 3, warmTransferred: 0 });
    expect(streakAt(LAST, few, POLICY).outcome).toBe('none');
    const streak = streakAt(LAST, few, { ...POLICY, minimumCalls: 10 });
    expect(streak).toMatchObject({ outcome: 'hit', bridged: ['2026-09'] });
  });

  it('names the months, those passed over and those that are missing', () => {
    expect(streakAt(LAST, history('b-b?b-b'), { ...POLICY, months: 5 })).toEqual({
      outcome: 'unknown',
      months: ['2026-08', '2026-10'],
      bridged: ['2026-09'],
      missing: ['2026-07'],
    });
  });
});

describe('isBelow', () => {
  it.each([
    [1, 3, true],
    [1, 2, false],
    [499_999, 1_000_000, true],
    [500_000, 1_000_000, false],
    [0, 1, true],
  ])('%i of %i: %s', (resolved, answered, expected) => {
    expect(isBelow({ resolved, answered }, POLICY.threshold)).toBe(expected);
  });
});

describe('countedResolved', () => {
  it('adds warm transfers when the policy says so, and never more than were answered', () => {
    const figure = { answered: 10, resolved: 4, warmTransferred: 3 };
    expect(countedResolved(figure, { warmTransferCounts: false })).toBe(4);
    expect(countedResolved(figure, { warmTransferCounts: true })).toBe(7);
    expect(countedResolved({ ...figure, warmTransferred: 9 }, { warmTransferCounts: true })).toBe(10);
    expect(countedResolved({ ...figure, warmTransferred: null }, { warmTransferCounts: true })).toBe(4);
  });
});

describe('the rule against a model that walks forward', () => {
  /** Goes through the months from the first on and carries a counter, as somebody with a spreadsheet would. */
  function walk(letters: string): { below: number; isKnown: boolean } {
    let below = 0;
    let gap = 0;
    let isKnown = true;
    for (const letter of letters)
      if (letter === '?') [below, gap, isKnown] = [0, 0, false];
      else if (letter === 'o') [below, gap, isKnown] = [0, 0, true];
      else if (letter === '-') {
        gap += 1;
        if (gap === 2) [below, isKnown] = [0, true];
      } else [below, gap] = [below + 1, 0];
    return { below, isKnown };
  }

  it('agrees on random histories', () => {
    const letters = fc
      .array(fc.constantFrom('b', 'b', 'b', 'o', '-', '?'), { minLength: 1, maxLength: 9 })
      .map((list) => list.join(''));
    fc.assert(
      fc.property(letters, (text) => {
        const { outcome } = streakAt(
          LAST,
          history(text, { period: { startOn: '2026-01-01', endOn: null } }),
          {
            ...POLICY,
            appliesFrom: addMonths(LAST, 1 - text.length),
          },
        );
        const { below, isKnown } = walk(text);
        const last = text.at(-1);
        const enough = below >= 2 ? 'watch' : 'none';
        const expected =
          last === '?'
            ? 'unknown'
            : last !== 'b'
              ? 'none'
              : below >= 3
                ? 'hit'
                : isKnown
                  ? enough
                  : 'unknown';
        expect({ text, outcome }).toEqual({ text, outcome: expected });
      }),
      { numRuns: 5_000 },
    );
    expect(monthsFrom('2026-01', LAST)).toHaveLength(10);
  });
});
