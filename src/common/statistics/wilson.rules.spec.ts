import fc from 'fast-check';
import { mayLieOnEitherSide, wilson } from './wilson.rules.js';

describe('wilson', () => {
  // Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998), table I, method 3, as the
  // tests of several packages quote it.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i of %i lies between %f and %f', (successes, trials, low, high) => {
    const interval = wilson(successes, trials)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });

  it('is nothing without calls', () => {
    expect(wilson(0, 0)).toBeNull();
  });

  it('holds the rate, stays within 0 and 1, and is the same from the other side', () => {
    const counts = fc
      .integer({ min: 1, max: 100_000 })
      .chain((trials) => fc.tuple(fc.nat(trials), fc.constant(trials)));
    fc.assert(
      fc.property(counts, ([successes, trials]) => {
        const { rate, low, high } = wilson(successes, trials)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(rate + 1e-12);
        expect(high).toBeGreaterThanOrEqual(rate - 1e-12);
        const other = wilson(trials - successes, trials)!;
        expect(other.low).toBeCloseTo(1 - high, 9);
      }),
    );
  });
});

describe('mayLieOnEitherSide', () => {
  it.each([
    [4, 10, true],
    [41, 100, true],
    [40, 100, false],
    [48, 120, false],
    [400, 1000, false],
    [0, 0, true],
    [0, 3, true],
    [0, 4, false],
  ])('%i of %i against half: %s', (successes, trials, expected) => {
    expect(mayLieOnEitherSide(successes, trials, 0.5)).toBe(expected);
  });
});
