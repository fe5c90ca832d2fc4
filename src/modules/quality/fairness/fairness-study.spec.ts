import { STEERING_GROUP_POLICY, type QualityPolicy } from '../streak.rules.js';
import {
  CALLS_A_MONTH,
  FairnessStudy,
  MINIMA,
  STUDY_AGENTS,
  STUDY_MONTHS,
  TRUE_RATES,
  type FairnessCell,
} from './fairness-study.js';

type Rule = Pick<QualityPolicy, 'threshold' | 'months' | 'watchMonths'>;

/** How likely a month is below the threshold: the terms of the binomial distribution up to it. */
function belowInAMonth(calls: number, rate: number, { numerator, denominator }: Rule['threshold']): number {
  let term = (1 - rate) ** calls;
  let sum = 0;
  for (let k = 0; k * denominator < numerator * calls; k += 1) {
    sum += term;
    term *= ((calls - k) / (k + 1)) * (rate / (1 - rate));
  }
  return sum;
}

/** How likely so many in a row come up within a year, reckoned month by month over the length of the present row. */
function exactShare({ callsAMonth, trueRate, minimumCalls }: FairnessCell, rule: Rule): number {
  if (callsAMonth < minimumCalls) return 0;
  const p = belowInAMonth(callsAMonth, trueRate, rule.threshold);
  let standing = Array.from({ length: rule.months }, (_, length) => Number(length === 0));
  for (let month = 0; month < STUDY_MONTHS; month += 1) {
    const all = standing.reduce((sum, one) => sum + one, 0);
    standing = standing.map((_, length) => (length === 0 ? all * (1 - p) : standing[length - 1]! * p));
  }
  return 1 - standing.reduce((sum, one) => sum + one, 0);
}

const isFarOff = (cell: FairnessCell, rule: Rule) => {
  const exact = exactShare(cell, rule);
  const spread = Math.sqrt((exact * (1 - exact)) / STUDY_AGENTS);
  return Math.abs(cell.rate - exact) > 4 * spread + 1 / STUDY_AGENTS;
};

describe('FairnessStudy', () => {
  it.each([
    ['the rule of the steering group', STEERING_GROUP_POLICY],
    ['four months', { ...STEERING_GROUP_POLICY, months: 4 }],
    ['a threshold of 60 %', { ...STEERING_GROUP_POLICY, threshold: { numerator: 3, denominator: 5 } }],
  ])('agrees with the exact shares under %s', async (_, rule) => {
    const cells = await new FairnessStudy().of(rule);
    expect(cells).toHaveLength(TRUE_RATES.length * CALLS_A_MONTH.length * MINIMA.length);
    expect(cells.filter((cell) => isFarOff(cell, rule))).toEqual([]);
  });

  it('shows that few calls hit many by chance, and that a minimum spares them and overlooks others', async () => {
    const cells = await new FairnessStudy().of(STEERING_GROUP_POLICY);
    const share = (trueRate: number, callsAMonth: number, minimumCalls: number) =>
      cells.find(
        (cell) =>
          cell.trueRate === trueRate &&
          cell.callsAMonth === callsAMonth &&
          cell.minimumCalls === minimumCalls,
      )!.rate;
    const above = CALLS_A_MONTH.map((calls) => share(0.55, calls, 0));
    expect(above).toEqual(above.toSorted((a, b) => b - a));
    expect(above[0]).toBeGreaterThan(0.2);
    expect(above[3]).toBeLessThan(0.05);
    expect(share(0.55, 15, 20)).toBe(0);
    expect(share(0.45, 15, 0)).toBeGreaterThan(0.5);
    expect(share(0.45, 15, 20)).toBe(0);
    expect(share(0.55, 60, 50)).toBe(share(0.55, 60, 0));
  });

  it('gives the same answers each time, and at once when it was asked before', async () => {
    const study = new FairnessStudy();
    const first = study.of(STEERING_GROUP_POLICY);
    expect(study.of({ ...STEERING_GROUP_POLICY })).toBe(first);
    expect(await new FairnessStudy().of(STEERING_GROUP_POLICY)).toEqual(await first);
    expect(study.of({ ...STEERING_GROUP_POLICY, months: 2 })).not.toBe(first);
  });

  it('lets other work have its turn', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 5);
    await new FairnessStudy().of(STEERING_GROUP_POLICY);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(10);
  });
});
