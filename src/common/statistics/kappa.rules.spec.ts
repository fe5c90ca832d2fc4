import fc from 'fast-check';
import { coverage } from '../../../test/support/simulation.js';
import { cohensKappa } from './kappa.rules.js';

describe('cohensKappa', () => {
  // The example of SAS PROC FREQ as in statsmodels, test_inter_rater.py, TestUnweightedCohens.
  it('agrees with SAS', () => {
    const kappa = cohensKappa([
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ])!;
    expect(kappa.value).toBeCloseTo(0.4842, 4);
    expect(kappa.standardError).toBeCloseTo(0.138, 4);
    expect(kappa.low).toBeCloseTo(0.2137, 4);
    expect(kappa.high).toBeCloseTo(0.7547, 4);
    expect(kappa.standardErrorByChance).toBeCloseTo(0.1484, 4);
    expect(kappa.agreement).toBeCloseTo(13 / 19, 12);
  });

  // Bonett's R package statpsych, ci.kappa(.05, 31, 12, 4, 58).
  it('agrees with statpsych', () => {
    const kappa = cohensKappa([
      [31, 12],
      [4, 58],
    ])!;
    expect(kappa.value).toBeCloseTo(0.676, 3);
    expect(kappa.standardError).toBeCloseTo(0.0734, 4);
    expect(kappa.low).toBeCloseTo(0.532, 3);
    expect(kappa.high).toBeCloseTo(0.82, 3);
  });

  it.each([
    [2, 3, 0.05],
    [20, 30, 0.85],
    [2000, 3000, 0.998],
    [1, 99, -1.000001],
  ])('is 1 in full agreement, and the surer the more people agree: %i and %i', (yes, no, atLeast) => {
    const kappa = cohensKappa([
      [yes, 0],
      [0, no],
    ])!;
    expect(kappa.value).toBeCloseTo(1, 12);
    expect(kappa.high).toBeCloseTo(1, 9);
    expect(kappa.low).toBeGreaterThan(atLeast);
    expect(kappa.low).toBeLessThan(1);
  });

  it('is nothing without people, and when all are put into one category', () => {
    expect(
      cohensKappa([
        [0, 0],
        [0, 0],
      ]),
    ).toBeNull();
    expect(
      cohensKappa([
        [7, 0],
        [0, 0],
      ]),
    ).toBeNull();
  });

  it('does not depend on who comes first, and stays within -1 and 1', () => {
    const cell = fc.nat(200);
    fc.assert(
      fc.property(cell, cell, cell, cell, (a, b, c, d) => {
        const kappa = cohensKappa([
          [a, b],
          [c, d],
        ]);
        fc.pre(kappa !== null);
        const turned = cohensKappa([
          [a, c],
          [b, d],
        ])!;
        expect(turned.value).toBeCloseTo(kappa.value, 12);
        expect(turned.standardError).toBeCloseTo(kappa.standardError, 9);
        expect(kappa.low).toBeGreaterThanOrEqual(-1);
        expect(kappa.high).toBeLessThanOrEqual(1);
        expect(kappa.value).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it.each([
    [150, 0.6, 0.85, 0.2],
    [250, 0.75, 0.9, 0.25],
  ])('holds the truth in 95 of 100 cases: %i people', (people, registered, yesIfSo, yesIfNot) => {
    const both = registered * yesIfSo;
    const neither = (1 - registered) * (1 - yesIfNot);
    const says = both + (1 - registered) * yesIfNot;
    const chance = registered * says + (1 - registered) * (1 - says);
    const share = coverage(14, (both + neither - chance) / (1 - chance), (draw) => {
      const table = [
        [0, 0],
        [0, 0],
      ];
      for (let person = 0; person < people; person += 1) {
        const isSo = draw.uniform() < registered;
        table[draw.uniform() < (isSo ? yesIfSo : yesIfNot) ? 0 : 1]![isSo ? 0 : 1]! += 1;
      }
      return cohensKappa(table);
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
