import fc from 'fast-check';
import { CREDIT_CARD } from '../../../test/reference-data/credit-card.js';
import { LONGLEY, LONGLEY_COEFFICIENTS } from '../../../test/reference-data/longley.js';
import { NORRIS } from '../../../test/reference-data/norris.js';
import { influenceOn, leastSquares } from './least-squares.rules.js';

const constant = (n: number) => ({ name: 'constant', values: Array.from({ length: n }, () => 1) });
const column = (rows: readonly (readonly number[])[], at: number) => rows.map((row) => row[at]!);

/** How far the worst coefficient is from the one published, as a share of it. */
const worst = (found: readonly number[], published: readonly number[]) =>
  Math.max(...published.map((value, i) => Math.abs(found[i]! / value - 1)));

describe('leastSquares', () => {
  // Data and certified values compared with the copy in the test library of GAMS, ls01.
  it('agrees with NIST Norris', () => {
    const fit = leastSquares({
      outcome: column(NORRIS, 0),
      regressors: [constant(NORRIS.length), { name: 'x', values: column(NORRIS, 1) }],
    });
    expect(worst(fit.coefficients, [-0.262323073774029, 1.00211681802045])).toBeLessThan(1e-12);
    const deviation = Math.sqrt(fit.residuals.reduce((sum, e) => sum + e * e, 0) / (fit.n - fit.rank));
    expect(deviation).toBeCloseTo(0.884796396144373, 12);
  });

  it('agrees with NIST Longley', () => {
    const fit = leastSquares({
      outcome: column(LONGLEY, 0),
      regressors: [
        constant(LONGLEY.length),
        ...[1, 2, 3, 4, 5, 6].map((at) => ({ name: `x${at}`, values: column(LONGLEY, at) })),
      ],
    });
    expect(fit.dropped).toEqual([]);
    expect(worst(fit.coefficients, LONGLEY_COEFFICIENTS)).toBeLessThan(1e-9);
    const deviation = Math.sqrt(fit.residuals.reduce((sum, e) => sum + e * e, 0) / (fit.n - fit.rank));
    expect(deviation / 304.854073561965).toBeCloseTo(1, 9);
  });

  // Wampler (1970): y is a sum of powers of x, without any rest; Wampler1 with coefficients 1, Wampler2 with 1, 0.1, 0.01, ….
  it.each([
    ['Wampler1', 1],
    ['Wampler2', 0.1],
  ])('agrees with NIST %s', (_, step) => {
    const xs = Array.from({ length: 21 }, (_, x) => x);
    const powers = [0, 1, 2, 3, 4, 5];
    const fit = leastSquares({
      outcome: xs.map((x) => powers.reduce((sum, power) => sum + step ** power * x ** power, 0)),
      regressors: powers.map((power) => ({ name: `x${power}`, values: xs.map((x) => x ** power) })),
    });
    expect(
      worst(
        fit.coefficients,
        powers.map((power) => step ** power),
      ),
    ).toBeLessThan(1e-9);
  });

  // statsmodels, results_regression.py, CCardWLS, from Stata with analytic weights of 1 / income squared.
  it('agrees with Stata where observations weigh differently', () => {
    const fit = leastSquares({
      outcome: column(CREDIT_CARD, 0),
      weights: CREDIT_CARD.map(([, , income]) => 1 / income ** 2),
      regressors: [
        { name: 'age', values: column(CREDIT_CARD, 1) },
        { name: 'income', values: column(CREDIT_CARD, 2) },
        { name: 'income²', values: CREDIT_CARD.map(([, , income]) => income ** 2) },
        { name: 'owns', values: column(CREDIT_CARD, 3) },
        constant(CREDIT_CARD.length),
      ],
    });
    const stata = [-2.6941851611, 158.426977524, -7.24928987289, 60.4487736936, -114.10886935];
    expect(worst(fit.coefficients, stata)).toBeLessThan(1e-9);
  });

  it('drops what the earlier columns make up, and says so', () => {
    const xs = [1, 2, 3, 4, 7, 9];
    const fit = leastSquares({
      outcome: [3, 1, 4, 1, 5, 9],
      regressors: [
        constant(6),
        { name: 'x', values: xs },
        { name: 'twice', values: xs.map((x) => 5 + 2 * x) },
        { name: 'square', values: xs.map((x) => x * x) },
        { name: 'none', values: xs.map(() => 0) },
      ],
    });
    expect(fit.names).toEqual(['constant', 'x', 'square']);
    expect(fit.dropped).toEqual(['twice', 'none']);
    expect(fit.rank).toBe(3);
  });

  it('gives with levels of groups what a column for each group gives', () => {
    const row = fc.record({
      group: fc.nat(3),
      x: fc.integer({ min: -50, max: 50 }),
      z: fc.integer({ min: -50, max: 50 }),
      y: fc.integer({ min: -50, max: 50 }),
      weight: fc.integer({ min: 1, max: 30 }),
    });
    fc.assert(
      fc.property(fc.array(row, { minLength: 12, maxLength: 40 }), (rows) => {
        const shared = { outcome: rows.map(({ y }) => y), weights: rows.map(({ weight }) => weight) };
        const regressors = [
          { name: 'x', values: rows.map(({ x }) => x) },
          { name: 'z', values: rows.map(({ z }) => z) },
        ];
        const swept = leastSquares({ ...shared, regressors, groups: rows.map(({ group }) => group) });
        const present = [...new Set(rows.map(({ group }) => group))];
        const levels = present.map((level) => ({
          name: `group ${level}`,
          values: rows.map(({ group }) => Number(group === level)),
        }));
        const full = leastSquares({ ...shared, regressors: [...levels, ...regressors] });
        expect(swept.rank).toBe(full.rank);
        expect(swept.dropped).toEqual(full.dropped);
        swept.coefficients.forEach((value, i) =>
          expect(value).toBeCloseTo(full.coefficients[i + present.length]!, 6),
        );
        swept.residuals.forEach((value, i) => expect(value).toBeCloseTo(full.residuals[i]!, 6));
        swept.leverage.forEach((value, i) => expect(value).toBeCloseTo(full.leverage[i]!, 9));
      }),
    );
  });
});

describe('influenceOn', () => {
  it('says how each outcome adds to a coefficient', () => {
    const outcome = column(CREDIT_CARD, 0);
    const weights = CREDIT_CARD.map(([, age]) => age);
    const fit = leastSquares({
      outcome,
      weights,
      groups: CREDIT_CARD.map(([, , , owns]) => owns),
      regressors: [
        { name: 'age', values: column(CREDIT_CARD, 1) },
        { name: 'income', values: column(CREDIT_CARD, 2) },
      ],
    });
    fit.coefficients.forEach((coefficient, index) => {
      const influence = influenceOn(fit, index);
      const sum = outcome.reduce((total, y, i) => total + influence[i]! * Math.sqrt(weights[i]!) * y, 0);
      expect(sum / coefficient).toBeCloseTo(1, 9);
    });
  });
});
