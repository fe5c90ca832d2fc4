import fc from 'fast-check';
import { coverage } from '../../../test/support/simulation.js';
import { mcnemar, pairedDifference } from './paired-proportions.rules.js';

const counts = (both: number, onlyFirst: number, onlySecond: number, neither: number) => ({
  both,
  onlyFirst,
  onlySecond,
  neither,
});

describe('pairedDifference', () => {
  // Newcombe, Statistics in Medicine 17 (1998) 2635–2650, table III, method 10; the last two are Cavo 2012 and a small table as
  // the authors' package to Fagerland, Lydersen & Laake (2017), chapter 8, tests them.
  it.each([
    [36, 12, 2, 0, 0.0569, 0.3404],
    [18, 12, 2, 18, 0.0562, 0.329],
    [53, 0, 0, 1, -0.0729, 0.0729],
    [0, 30, 0, 0, 0.8395, 1],
    [59, 6, 16, 80, -0.1186, -0.0046],
    [1, 0, 0, 1, -0.5734, 0.5734],
  ])('of %i, %i, %i, %i lies between %f and %f', (both, onlyFirst, onlySecond, neither, low, high) => {
    const difference = pairedDifference(counts(both, onlyFirst, onlySecond, neither))!;
    const people = both + onlyFirst + onlySecond + neither;
    expect(difference.value).toBeCloseTo((onlyFirst - onlySecond) / people, 12);
    expect(difference.low).toBeCloseTo(low, 4);
    expect(difference.high).toBeCloseTo(high, 4);
  });

  it('is nothing when nobody was asked', () => {
    expect(pairedDifference(counts(0, 0, 0, 0))).toBeNull();
  });

  it('holds the difference, stays within -1 and 1, and turns over with its sides', () => {
    const cell = fc.nat(500);
    fc.assert(
      fc.property(cell, cell, cell, cell, (both, onlyFirst, onlySecond, neither) => {
        const difference = pairedDifference(counts(both, onlyFirst, onlySecond, neither));
        fc.pre(difference !== null);
        expect(difference.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(difference.high).toBeLessThanOrEqual(1 + 1e-12);
        expect(difference.low).toBeLessThanOrEqual(difference.value);
        expect(difference.high).toBeGreaterThanOrEqual(difference.value);
        const turned = pairedDifference(counts(both, onlySecond, onlyFirst, neither))!;
        expect(turned.high).toBeCloseTo(-difference.low, 12);
      }),
    );
  });

  /** What people say of their own e-learning against what is registered: most say yes rightly. */
  const covers = (people: number, registered: number, yesIfSo: number, yesIfNot: number) =>
    coverage(13, registered * yesIfSo + (1 - registered) * yesIfNot - registered, (draw) => {
      const cells = counts(0, 0, 0, 0);
      for (let person = 0; person < people; person += 1) {
        const isSo = draw.uniform() < registered;
        const says = draw.uniform() < (isSo ? yesIfSo : yesIfNot);
        cells[says ? (isSo ? 'both' : 'onlyFirst') : isSo ? 'onlySecond' : 'neither'] += 1;
      }
      return pairedDifference(cells);
    });

  it.each([
    [150, 0.8, 0.9, 0.15],
    [200, 0.5, 0.8, 0.2],
    [300, 0.9, 0.95, 0.5],
  ])('holds the truth in 95 of 100 cases: %i people', (people, registered, yesIfSo, yesIfNot) => {
    expect(Math.abs(covers(people, registered, yesIfSo, yesIfNot) - 0.95)).toBeLessThanOrEqual(0.015);
  });

  it.each([
    [60, 0.7, 0.95, 0.2],
    [30, 0.8, 0.9, 0.2],
    [20, 0.6, 0.9, 0.2],
  ])('is rather too wide than too narrow where few differ: %i people', (people, registered, so, not) => {
    expect(covers(people, registered, so, not)).toBeGreaterThanOrEqual(0.935);
  });
});

describe('mcnemar', () => {
  // statsmodels, test_nonparametric.py, test_mcnemar_exact, reckoned at Vassar College.
  it.each([
    [121, 59, 0.000004],
    [70, 59, 0.378688],
    [80, 59, 0.089452],
    [30, 60, 0.00206],
    [10, 30, 0.002221],
    [10, 10, 1],
  ])('of %i against %i is exactly %f', (onlyFirst, onlySecond, expected) => {
    expect(mcnemar({ onlyFirst, onlySecond }).exact).toBeCloseTo(expected, 6);
  });

  // Cavo 2012 as in Fagerland, Lydersen & Laake (2017), chapter 8.
  it('agrees with the published mid-p', () => {
    const { exact, midP } = mcnemar({ onlyFirst: 6, onlySecond: 16 });
    expect(exact).toBeCloseTo(0.052479, 6);
    expect(midP).toBeCloseTo(0.03469, 6);
  });

  // Bentur 2009, 1 against 7: Fagerland, Lydersen & Laake, BMC Medical Research Methodology 13:91 (2013).
  it('agrees with the terms of eight coins counted out', () => {
    const { exact, midP } = mcnemar({ onlyFirst: 1, onlySecond: 7 });
    expect(exact).toBeCloseTo(18 / 256, 12);
    expect(midP).toBeCloseTo(10 / 256, 12);
  });

  it.each([
    [0, 0, 1, 1],
    [0, 1, 1, 0.5],
    [1, 1, 1, 0.75],
    [0, 5, 1 / 16, 1 / 32],
  ])('of %i against %i is %f, mid-p %f', (onlyFirst, onlySecond, exact, midP) => {
    const found = mcnemar({ onlyFirst, onlySecond });
    expect(found.exact).toBeCloseTo(exact, 12);
    expect(found.midP).toBeCloseTo(midP, 12);
  });
});
