import fc from 'fast-check';
import { coverage } from '../../../test/support/simulation.js';
import { differenceOfProportions } from './two-proportions.rules.js';

const of = (successes: number, trials: number) => ({ successes, trials });

describe('differenceOfProportions', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 873–890, table II, method 10; the last one is Perondi 2004 as in Fagerland,
  // Lydersen & Laake, Statistical Analysis of Contingency Tables (2017), chapter 4. Compared with the help of R's DescTools,
  // BinomDiffCI (the first two), the tests of ratesci (the fourth), those of other packages that quote the table (all eight), and the
  // tests of contingencytables (Perondi).
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
    [7, 34, 1, 34, 0.0189, 0.3404],
  ])('%i of %i less %i of %i lies between %f and %f', (a, m, b, n, low, high) => {
    const difference = differenceOfProportions(of(a, m), of(b, n))!;
    expect(difference.value).toBeCloseTo(a / m - b / n, 12);
    expect(difference.low).toBeCloseTo(low, 4);
    expect(difference.high).toBeCloseTo(high, 4);
  });

  it('is nothing when a side is empty', () => {
    expect(differenceOfProportions(of(0, 0), of(3, 4))).toBeNull();
    expect(differenceOfProportions(of(3, 4), of(0, 0))).toBeNull();
  });

  it('stays within -1 and 1, and turns over with its sides', () => {
    const count = fc
      .integer({ min: 1, max: 10_000 })
      .chain((trials) => fc.record({ successes: fc.nat(trials), trials: fc.constant(trials) }));
    fc.assert(
      fc.property(count, count, (one, other) => {
        const { value, low, high } = differenceOfProportions(one, other)!;
        expect(low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(high).toBeLessThanOrEqual(1 + 1e-12);
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        expect(differenceOfProportions(other, one)!.high).toBeCloseTo(-low, 12);
      }),
    );
  });

  // Shares of agents with a high rate: many who took part and few who did not.
  it.each([
    [240, 0.62, 40, 0.45],
    [150, 0.55, 150, 0.55],
    [280, 0.6, 12, 0.5],
  ])('holds the truth in 95 of 100 cases: %i agents at %f and %i at %f', (m, p, n, q) => {
    const share = coverage(11, p - q, (draw) =>
      differenceOfProportions(of(draw.binomial(m, p), m), of(draw.binomial(n, q), n)),
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
