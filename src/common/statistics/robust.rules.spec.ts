import { CREDIT_CARD } from '../../../test/reference-data/credit-card.js';
import { LONGLEY, LONGLEY_STANDARD_ERRORS } from '../../../test/reference-data/longley.js';
import { NORRIS } from '../../../test/reference-data/norris.js';
import { leastSquares } from './least-squares.rules.js';
import { degreesOfFreedom, robustEstimate, standardErrorOf } from './robust.rules.js';

const constant = (n: number) => ({ name: 'constant', values: Array.from({ length: n }, () => 1) });

const LONGLEY_FIT = leastSquares({
  outcome: LONGLEY.map((row) => row[0]),
  regressors: [
    constant(LONGLEY.length),
    ...([1, 2, 3, 4, 5, 6] as const).map((at) => ({
      name: `x${at}`,
      values: LONGLEY.map((row) => row[at]),
    })),
  ],
});

describe('standardErrorOf', () => {
  it('agrees with NIST Longley and Norris where all are equally sure', () => {
    LONGLEY_STANDARD_ERRORS.forEach((certified, index) =>
      expect(standardErrorOf(LONGLEY_FIT, index, 'classical') / certified).toBeCloseTo(1, 9),
    );
    const norris = leastSquares({
      outcome: NORRIS.map(([y]) => y),
      regressors: [constant(NORRIS.length), { name: 'x', values: NORRIS.map(([, x]) => x) }],
    });
    expect(standardErrorOf(norris, 0, 'classical')).toBeCloseTo(0.232818234301152, 12);
    expect(standardErrorOf(norris, 1, 'classical')).toBeCloseTo(0.429796848199937e-3, 12);
  });

  // statsmodels, results_regression.py, Longley, from SAS; the constant is last there and first here.
  it.each([
    ['HC0', [832212, 51.22035, 0.02458, 0.38324, 0.14625, 0.15821, 428.38438]],
    ['HC1', [1109615, 68.2938, 0.03277, 0.51099, 0.19499, 0.21094, 571.17917]],
    ['HC2', [1202370, 67.49208, 0.03653, 0.55334, 0.20522, 0.22324, 617.59295]],
    ['HC3', [1799477, 91.11939, 0.05562, 0.82213, 0.29879, 0.32491, 922.80784]],
  ] as const)('agrees with SAS in %s', (correction, published) => {
    published.forEach((standardError, index) => {
      const found = standardErrorOf(LONGLEY_FIT, index, correction);
      expect(Math.abs(found - standardError)).toBeLessThan(index === 0 ? 0.6 : 0.6e-5);
    });
  });

  // statsmodels, results_regression.py, CCardWLS, from Stata with analytic weights of 1 / income squared.
  it('agrees with Stata where observations weigh differently', () => {
    const fit = leastSquares({
      outcome: CREDIT_CARD.map(([spends]) => spends),
      weights: CREDIT_CARD.map(([, , income]) => 1 / income ** 2),
      regressors: [
        { name: 'age', values: CREDIT_CARD.map(([, age]) => age) },
        { name: 'income', values: CREDIT_CARD.map(([, , income]) => income) },
        { name: 'income²', values: CREDIT_CARD.map(([, , income]) => income ** 2) },
        { name: 'owns', values: CREDIT_CARD.map(([, , , owns]) => owns) },
        constant(CREDIT_CARD.length),
      ],
    });
    [3.807306306, 76.39115431, 9.724337321, 58.55088753, 139.6874965].forEach((published, index) =>
      expect(standardErrorOf(fit, index, 'classical') / published).toBeCloseTo(1, 9),
    );
  });
});

describe('degreesOfFreedom', () => {
  // Kolesár's R package dfadjust, tests/testthat/test-hc2-check.R.
  const numbers = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
  const regressors = [
    { name: 'sin', values: numbers.map((x) => Math.sin(x)) },
    { name: 'sin of the next', values: numbers.map((x) => Math.sin(x + 1)) },
  ];

  it('agrees with dfadjust', () => {
    const fit = leastSquares({ outcome: numbers, regressors: [constant(10), ...regressors] });
    [4.94624731, 3.90754737, 4.77265484].forEach((published, index) =>
      expect(Math.abs(degreesOfFreedom(fit, index) - published)).toBeLessThan(1e-8),
    );
  });

  it('is the same when the constant is a level of its own', () => {
    const fit = leastSquares({ outcome: numbers, regressors, groups: numbers.map(() => 0) });
    expect(Math.abs(degreesOfFreedom(fit, 0) - 3.90754737)).toBeLessThan(1e-8);
    expect(Math.abs(degreesOfFreedom(fit, 1) - 4.77265484)).toBeLessThan(1e-8);
  });

  it('is n - 1 for a plain mean', () => {
    const fit = leastSquares({ outcome: numbers, regressors: [constant(10)] });
    expect(degreesOfFreedom(fit, 0)).toBeCloseTo(9, 9);
  });
});

describe('robustEstimate', () => {
  it('is nothing for what was dropped, what there is too little of, and what fits without rest', () => {
    const one = (outcome: number[]) => leastSquares({ outcome, regressors: [constant(outcome.length)] });
    expect(robustEstimate(one([1, 2, 4]), 'something else')).toBeNull();
    expect(robustEstimate(one([1]), 'constant')).toBeNull();
    expect(robustEstimate(one([]), 'constant')).toBeNull();
    expect(robustEstimate(one([3, 3, 3]), 'constant')).toBeNull();
    expect(robustEstimate(one([1, 2, 4]), 'constant')!.n).toBe(3);
  });

  it('lets somebody who alone has a column decide that column and nothing else', () => {
    const outcome = [4, 5, 7, 6, 30];
    const alone = [0, 0, 0, 0, 1];
    const fit = leastSquares({ outcome, regressors: [constant(5), { name: 'alone', values: alone }] });
    const without = leastSquares({ outcome: outcome.slice(0, 4), regressors: [constant(4)] });
    const found = robustEstimate(fit, 'constant')!;
    const expected = robustEstimate(without, 'constant')!;
    expect(found.value).toBeCloseTo(expected.value, 9);
    expect(found.standardError).toBeCloseTo(expected.standardError, 9);
    expect(found.df).toBeCloseTo(expected.df, 9);
  });
});
