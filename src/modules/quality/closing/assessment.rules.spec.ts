import { addMonths, type Month } from '../month.rules.js';
import { STEERING_GROUP_POLICY, type FigureHistory, type MonthFigure } from '../streak.rules.js';
import { assess, type EarlierClosings } from './assessment.rules.js';

const POLICY = { ...STEERING_GROUP_POLICY, appliesFrom: '2026-01' };
const MONTH = '2026-10';
const NOTHING: EarlierClosings = { cases: [], takenOut: [] };

/** The calls of the months up to October. */
function history(...calls: [answered: number, resolved: number][]): FigureHistory {
  const months = calls.map((_, index) => addMonths(MONTH, index - calls.length + 1));
  const figures = new Map<Month, MonthFigure>(
    calls.map(([answered, resolved], index) => [
      months[index]!,
      { answered, resolved, warmTransferred: null },
    ]),
  );
  return { figures, imported: new Set(months), period: { startOn: `${months[0]}-01`, endOn: null } };
}

const LOW: [number, number] = [100, 35];
const HIT = history(LOW, LOW, LOW);
const FOUR = history(LOW, LOW, LOW, LOW);

describe('assess', () => {
  it('ticks a hit', () => {
    expect(assess(MONTH, HIT, POLICY, NOTHING)).toMatchObject({
      outcome: 'hit',
      isTicked: true,
      isTooFewToKnow: false,
      hasFewCalls: false,
      pooled: { answered: 300, resolved: 105, rate: 0.35 },
    });
  });

  it.each([
    // 12 of 30 lies between 25 and 58 %: the true rate may well be above the threshold.
    ['few calls, that may be either', [10, 4], { hasFewCalls: true, isTooFewToKnow: true, isTicked: false }],
    ['few calls, that are clear', [25, 5], { hasFewCalls: true, isTooFewToKnow: false, isTicked: true }],
    ['many calls, just below', [200, 99], { hasFewCalls: false, isTooFewToKnow: true, isTicked: false }],
  ])('marks %s', (_, calls, expected) => {
    const same = calls as [number, number];
    expect(assess(MONTH, history(same, same, same), POLICY, NOTHING)).toMatchObject({
      outcome: 'hit',
      ...expected,
    });
  });

  it.each([
    ['months that are those of a case', ['2026-08', '2026-09', '2026-10'], '2026-10', 'follow_up', []],
    ['a case goes on', ['2026-07', '2026-08', '2026-09'], '2026-09', 'follow_up', ['2026-10']],
    [
      'a case goes on after two closings were left out',
      ['2026-07', '2026-08'],
      '2026-08',
      'follow_up',
      ['2026-09', '2026-10'],
    ],
    ['a case from before a better month', ['2026-03', '2026-04', '2026-05'], '2026-05', 'hit', []],
  ])('%s', (_, months, streakTo, outcome, followUpMonths) => {
    const earlier = { cases: [{ id: 7, streakTo, months }], takenOut: [] };
    expect(assess(MONTH, FOUR, POLICY, earlier)).toMatchObject({
      outcome,
      followUpMonths,
      caseId: outcome === 'hit' ? null : 7,
      isTicked: outcome === 'hit',
    });
  });

  it('follows up on the later of two cases that a correction has joined, and takes no month twice', () => {
    const cases = [
      { id: 8, streakTo: '2026-09', months: ['2026-09'] },
      { id: 7, streakTo: '2026-07', months: ['2026-07', '2026-10'] },
    ];
    const found = assess(MONTH, FOUR, POLICY, { cases, takenOut: [] });
    expect(found).toMatchObject({ outcome: 'follow_up', caseId: 8, followUpMonths: [] });
  });

  it('does not tick somebody whom a closing of the month has left out; one of another month is only told', () => {
    const reason = 'other_tasks' as const;
    const out = (month: Month) => ({ cases: [], takenOut: [{ month, reason }] });
    expect(assess(MONTH, HIT, POLICY, out(MONTH))).toMatchObject({
      isTicked: false,
      takenOut: { month: MONTH },
    });
    expect(assess(MONTH, HIT, POLICY, out('2026-09'))).toMatchObject({
      isTicked: true,
      takenOut: { month: '2026-09', reason },
    });
    const both = { cases: [], takenOut: [...out('2026-11').takenOut, ...out(MONTH).takenOut] };
    expect(assess(MONTH, HIT, POLICY, both)).toMatchObject({ isTicked: false, takenOut: { month: MONTH } });
  });

  it('counts a warm transfer as the policy says', () => {
    const warm = history([100, 45], [100, 45], [100, 45]);
    for (const figure of warm.figures.values()) figure.warmTransferred = 10;
    expect(assess(MONTH, warm, POLICY, NOTHING).outcome).toBe('hit');
    expect(assess(MONTH, warm, { ...POLICY, warmTransferCounts: true }, NOTHING)).toMatchObject({
      outcome: 'none',
      pooled: null,
    });
  });
});
