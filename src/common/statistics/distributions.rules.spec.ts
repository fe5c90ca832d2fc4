import { fairCoinAtMost, t95, tInterval, Z_95 } from './distributions.rules.js';

describe('t95', () => {
  // One and two degrees of freedom have a closed form; the others are as NIST/SEMATECH e-Handbook of Statistical Methods,
  // §1.3.6.7.2, upper critical values of Student's t at 0.975, prints them.
  it.each([
    [1, Math.tan(Math.PI * 0.475), 1e-12],
    [2, 0.95 * Math.sqrt(2 / (1 - 0.95 ** 2)), 1e-12],
    [3, 3.182, 5e-4],
    [5, 2.571, 5e-4],
    [9, 2.262, 5e-4],
    [30, 2.042, 5e-4],
    [100, 1.984, 5e-4],
  ])('of %f degrees of freedom is %f', (df, expected, tolerance) => {
    expect(Math.abs(t95(df) / expected - 1)).toBeLessThan(tolerance);
  });

  it('falls to the normal quantile and stays there', () => {
    expect(t95(1e9) - Z_95).toBeLessThan(1e-8);
    expect(t95(1e11) - Z_95).toBeLessThan(1e-9);
    expect(t95(1e13)).toBe(Z_95);
    expect(t95(Infinity)).toBe(Z_95);
  });
});

describe('tInterval', () => {
  it('lies evenly around the value', () => {
    const { value, low, high } = tInterval(3, 2, 2);
    expect(value).toBe(3);
    expect(3 - low).toBeCloseTo(high - 3, 12);
    expect(high).toBeCloseTo(3 + 2 * 4.302652729696142, 9);
  });
});

describe('fairCoinAtMost', () => {
  it.each([
    [0, 1, 1 / 2],
    [1, 8, 9 / 256],
    [4, 8, 163 / 256],
    [8, 8, 1],
    [3, 12, 299 / 4096],
  ])('of at most %i of %i is %f', (successes, trials, expected) => {
    expect(fairCoinAtMost(successes, trials)).toBeCloseTo(expected, 12);
  });
});
