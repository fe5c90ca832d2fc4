import { coverage } from '../../../test/support/simulation.js';
import { oddsRatio } from './odds-ratio.rules.js';

const of = (successes: number, trials: number) => ({ successes, trials });

describe('oddsRatio', () => {
  // Agresti, Categorical Data Analysis (3rd ed. 2013), chapter 3, as it is quoted: 1.832, from 1.440 to 2.331.
  it('agrees with the aspirin study', () => {
    const ratio = oddsRatio(of(189, 11_034), of(104, 11_037))!;
    expect(ratio.value).toBeCloseTo(1.832, 3);
    expect(ratio.low).toBeCloseTo(1.44, 3);
    expect(ratio.high).toBeCloseTo(2.331, 3);
    expect(ratio.corrected).toBe(false);
  });

  it('agrees with statsmodels Table2x2 to all its digits: test_contingency_tables.py, Test2x2_1', () => {
    const ratio = oddsRatio(of(2, 4), of(2, 4))!;
    expect(ratio.value).toBeCloseTo(1, 12);
    expect(ratio.low).toBeCloseTo(0.062548836166112329, 12);
    expect(ratio.high).toBeCloseTo(15.987507702689751, 10);
  });

  // Fagerland, Lydersen & Laake, Statistics in Medicine 34 (2015), Woolf logit, is said to print 0.99 and 74; where it says so was not
  // found again. The formula by hand, exp(ln(7·33 / 27) ± 1.96 √(1/7 + 1/27 + 1 + 1/33)), gives more digits.
  it('agrees with Perondi 2004', () => {
    const ratio = oddsRatio(of(7, 34), of(1, 34))!;
    expect(ratio.low).toBeCloseTo(0.990490281654, 9);
    expect(ratio.high).toBeCloseTo(73.90030192, 7);
  });

  // Ritland 2007 as in Fagerland, Lydersen & Laake (2017), chapter 4: the Gart adjusted logit interval, which adds one half too; as
  // their package contingencytables tests it.
  it('adds one half where a cell is empty, and says so', () => {
    const ratio = oddsRatio(of(0, 16), of(15, 72))!;
    expect(ratio.corrected).toBe(true);
    expect(ratio.low).toBeCloseTo(0.0064, 4);
    expect(ratio.high).toBeCloseTo(1.9804, 4);
    expect(ratio.value).toBeCloseTo((0.5 * 57.5) / (16.5 * 15.5), 12);
  });

  it.each([
    [0, 0, 3, 4],
    [3, 4, 0, 0],
    [0, 5, 0, 6],
    [5, 5, 6, 6],
  ])('is nothing for %i of %i and %i of %i', (a, m, b, n) => {
    expect(oddsRatio(of(a, m), of(b, n))).toBeNull();
  });

  it.each([
    [240, 0.62, 40, 0.45],
    [150, 0.55, 150, 0.55],
    [280, 0.6, 30, 0.5],
  ])('holds the truth in 95 of 100 cases: %i agents at %f and %i at %f', (m, p, n, q) => {
    const truth = (p * (1 - q)) / (q * (1 - p));
    const share = coverage(12, truth, (draw) =>
      oddsRatio(of(draw.binomial(m, p), m), of(draw.binomial(n, q), n)),
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
