import { coverage, type Draw } from '../../../test/support/simulation.js';
import { CONTROL_LITTERS, TREATED_LITTERS } from '../../../test/reference-data/weil-rats.js';
import { leastSquares } from './least-squares.rules.js';
import { rateDifference, rateOf, type RatedUnit } from './rate-difference.rules.js';
import { standardErrorOf } from './robust.rules.js';

const exposed = (isExposed: boolean) => (count: { successes: number; trials: number }) => ({
  ...count,
  exposed: isExposed,
});
const RATS = [...TREATED_LITTERS.map(exposed(true)), ...CONTROL_LITTERS.map(exposed(false))];

describe('the rate of all calls', () => {
  // Rao & Scott, A simple method for the analysis of clustered binary data, Biometrics 48 (1992) 577–585: the linearised variance
  // of a ratio is so many times that of independent pups. The design effects as the tests of Siev's R package PF have them, rsb.
  it.each([
    ['control', CONTROL_LITTERS, 1.232495, 142 / 158],
    ['treated', TREATED_LITTERS, 3.952861, 112 / 145],
  ])('has the published design effect: %s', (_, litters, designEffect, rate) => {
    const fit = leastSquares({
      outcome: litters.map(({ successes, trials }) => successes / trials),
      weights: litters.map(({ trials }) => trials),
      regressors: [{ name: 'rate', values: litters.map(() => 1) }],
    });
    expect(fit.coefficients[0]).toBeCloseTo(rate, 12);
    const pups = litters.reduce((sum, { trials }) => sum + trials, 0);
    const found = (pups * standardErrorOf(fit, 0, 'HC1') ** 2) / (rate * (1 - rate));
    expect(Math.abs(found - designEffect)).toBeLessThan(2e-6);
  });

  it('has an interval of its own', () => {
    const rate = rateOf(CONTROL_LITTERS)!;
    expect(rate.value).toBeCloseTo(142 / 158, 12);
    expect(rate.n).toBe(16);
    expect(rate.df).toBeLessThan(15);
    expect(rateOf([])).toBeNull();
    expect(rateOf([{ successes: 3, trials: 4 }])).toBeNull();
  });
});

describe('rateDifference', () => {
  it('gives both groups and their difference', () => {
    const found = rateDifference([...RATS, { successes: 0, trials: 0, exposed: true }]);
    expect(found.exposed).toEqual({ agents: 16, successes: 112, trials: 145, rate: 112 / 145 });
    expect(found.others).toEqual({ agents: 16, successes: 142, trials: 158, rate: 142 / 158 });
    expect(found.difference!.value).toBeCloseTo(112 / 145 - 142 / 158, 12);
    expect(found.difference!.n).toBe(32);
  });

  it('is as sure as both rates together', () => {
    const one = rateOf(TREATED_LITTERS)!.standardError;
    const other = rateOf(CONTROL_LITTERS)!.standardError;
    expect(rateDifference(RATS).difference!.standardError).toBeCloseTo(Math.hypot(one, other), 12);
  });

  // Welch's standard error for the sleep data of Student, as R prints t = -1.8608 for a difference of -1.58.
  it('has the standard error of Welch when all have as many calls', () => {
    const hours = [
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    ];
    const units = hours.flatMap((group, i) =>
      group.map((hour) => ({ successes: 10 * hour, trials: 10, exposed: i === 0 })),
    );
    const { value, standardError } = rateDifference(units).difference!;
    expect(value / standardError).toBeCloseTo(-1.8608, 4);
  });

  it.each([
    [[], null, null],
    [[exposed(true)({ successes: 1, trials: 2 })], 1, null],
    [[...CONTROL_LITTERS.map(exposed(false)), exposed(true)({ successes: 1, trials: 2 })], 1, 16],
  ])('does not say how they differ when a side has fewer than two agents', (units, ours, theirs) => {
    const found = rateDifference(units);
    expect(found.exposed?.agents ?? null).toBe(ours);
    expect(found.others?.agents ?? null).toBe(theirs);
    expect(found.difference).toBeNull();
  });

  /** Agents whose own calls are alike, with unequal numbers of calls. */
  const agents = (draw: Draw, n: number, mean: number, isExposed: boolean, alike: number): RatedUnit[] =>
    Array.from({ length: n }, () => {
      const trials = draw.calls(40);
      return { successes: draw.binomial(trials, draw.share(mean, alike)), trials, exposed: isExposed };
    });

  it.each([
    ['as many of each', 60, 60, 0.03],
    ['few who did not', 150, 15, 0.03],
    ['very few who did not', 150, 6, 0.02],
    ['very unlike agents', 100, 30, 0.15],
    ['agents who do not differ', 80, 20, 0.0005],
  ])('holds the truth in 95 of 100 cases: %s', (_, m, n, alike) => {
    const share = coverage(
      23,
      0.07,
      (draw) =>
        rateDifference([...agents(draw, m, 0.62, true, alike), ...agents(draw, n, 0.55, false, alike)])
          .difference,
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
