import fc from 'fast-check';
import { fisherExact } from './fisher.rules.js';

const p = (a: number, b: number, c: number, d: number) =>
  fisherExact({ successes: a, trials: a + b }, { successes: c, trials: c + d });

describe('fisherExact', () => {
  it('agrees with the tea taster, whose probabilities are counted out: Agresti (3rd ed. 2013), §3.5.2', () => {
    expect(p(3, 1, 1, 3)).toBeCloseTo(34 / 70, 12);
  });

  // The documentation of R, fisher.test; to more digits in translations of its examples, 0.0005367241.
  it('agrees with the convicted twins', () => {
    expect(p(2, 15, 10, 3)).toBeCloseTo(0.0005367241, 10);
  });

  // scipy.stats, test_stats.py, TestFisherExact, test_basic and test_precise, whose results are from R.
  it.each([
    [14_500, 20_000, 30_000, 40_000, 0.01106, 5],
    [100, 2, 1000, 5, 0.1301, 4],
    [2, 7, 8, 2, 0.0230141, 6],
    [5, 1, 10, 10, 0.1973244, 6],
    [5, 15, 20, 20, 0.0958044, 6],
    [5, 16, 20, 25, 0.1725862, 5],
    [10, 5, 10, 0, 0.0612648, 6],
    [5, 0, 1, 4, 0.0476190476190476, 12],
    [0, 5, 1, 4, 1, 12],
    [0, 1, 3, 2, 1, 12],
    [0, 2, 6, 4, 0.4545454545454545, 12],
  ])('of %i, %i, %i, %i is %f', (a, b, c, d, expected, digits) => {
    expect(p(a, b, c, d)).toBeCloseTo(expected, digits);
  });

  // Fagerland, Lydersen & Laake (2017), chapter 4, as their package contingencytables tests it.
  it('agrees with Ritland 2007', () => {
    expect(p(0, 16, 15, 57)).toBeCloseTo(0.06287, 5);
  });

  it('is 1 when a side is empty', () => {
    expect(p(0, 0, 3, 4)).toBeCloseTo(1, 12);
  });

  it('is the same whichever side, and whichever outcome, comes first', () => {
    const cell = fc.nat(40);
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        expect(p(c, d, a, b)).toBeCloseTo(p(a, b, c, d), 9);
        expect(p(b, a, d, c)).toBeCloseTo(p(a, b, c, d), 9);
        expect(p(a, c, b, d)).toBeCloseTo(p(a, b, c, d), 9);
      }),
    );
  });
});
