import { seeded, shareHit } from './fairness.rules.js';
import { STEERING_GROUP_POLICY, type QualityPolicy } from '../streak.rules.js';

const POLICY: QualityPolicy = { ...STEERING_GROUP_POLICY, appliesFrom: '2000-01' };
const ask = (changes: Partial<Parameters<typeof shareHit>[0]>, seed = 1) =>
  shareHit(
    { trueRate: 0.55, callsAMonth: 30, months: 12, agents: 4_000, policy: POLICY, ...changes },
    seeded(seed),
  );

/** The share of a binomial distribution below half, reckoned from its terms. */
function belowHalf(calls: number, rate: number): number {
  let term = (1 - rate) ** calls;
  let sum = 0;
  for (let k = 0; k * 2 < calls; k += 1) {
    sum += term;
    term *= ((calls - k) / (k + 1)) * (rate / (1 - rate));
  }
  return sum;
}

/** The share that has three in a row within so many months, when each is below with the same probability. */
function threeInARow(p: number, months: number): number {
  // How likely it is to stand at 0, 1 or 2 in a row without ever having had three.
  let [none, one, two] = [1, 0, 0];
  for (let n = 0; n < months; n += 1) [none, one, two] = [(none + one + two) * (1 - p), none * p, one * p];
  return 1 - none - one - two;
}

describe('shareHit', () => {
  it.each([15, 30, 60, 120])('agrees with the exact share at %i calls a month', (callsAMonth) => {
    const exact = threeInARow(belowHalf(callsAMonth, 0.55), 12);
    const spread = 4 * Math.sqrt((exact * (1 - exact)) / 4_000);
    expect(Math.abs(ask({ callsAMonth }) - exact)).toBeLessThan(spread + 0.001);
  });

  it('is the same for the same seed', () => {
    expect(ask({})).toBe(ask({}));
    expect(ask({}, 1)).not.toBe(ask({}, 2));
  });

  it('hits nobody when no month reaches the minimum', () => {
    expect(ask({ policy: { ...POLICY, minimumCalls: 31 } })).toBe(0);
  });
});
