import { coverage } from '../../../test/support/simulation.js';
import { MICHELSON } from '../../../test/reference-data/michelson.js';
import { differenceOfMeans, meanInterval, summarise } from './mean.rules.js';

const alternating = (first: number, low: number, high: number) => [
  first,
  ...Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? low : high)),
];

describe('summarise', () => {
  // NIST Statistical Reference Datasets, univariate summary statistics: certified means and standard deviations, compared with
  // public copies of the files (for Michelso number by number). The digits of the last two are what a double can hold of the data.
  it.each([
    ['Michelso', MICHELSON, 299.8524, 0.0790105478190518, 1e-12],
    ['NumAcc1', [10_000_001, 10_000_003, 10_000_002], 10_000_002, 1, 1e-12],
    ['NumAcc2', alternating(1.2, 1.1, 1.3), 1.2, 0.1, 1e-12],
    ['NumAcc3', alternating(1_000_000.2, 1_000_000.1, 1_000_000.3), 1_000_000.2, 0.1, 1e-8],
    ['NumAcc4', alternating(10_000_000.2, 10_000_000.1, 10_000_000.3), 10_000_000.2, 0.1, 1e-7],
  ])('agrees with NIST %s', (_, values, mean, sd, tolerance) => {
    const summary = summarise(values)!;
    expect(summary.n).toBe(values.length);
    expect(Math.abs(summary.mean / mean - 1)).toBeLessThan(1e-14);
    expect(Math.abs(summary.sd! / sd - 1)).toBeLessThan(tolerance);
  });

  it('knows no spread of one number, and nothing of none', () => {
    expect(summarise([4])).toEqual({ n: 1, mean: 4, sd: null });
    expect(summarise([])).toBeNull();
  });
});

describe('meanInterval', () => {
  // Bonett's R package statpsych, ci.mean(.05, 38.3, 8.14, 10).
  it('agrees with statpsych', () => {
    const interval = meanInterval({ n: 10, mean: 38.3, sd: 8.14 })!;
    expect(interval.low).toBeCloseTo(32.47699, 5);
    expect(interval.high).toBeCloseTo(44.12301, 5);
  });

  it.each([
    [1, 4],
    [20, null],
  ])('is nothing for n %i and spread %p', (n, sd) => {
    expect(meanInterval({ n, mean: 3, sd })).toBeNull();
  });

  // A dimension of two questions with five answers each, most of them good.
  it.each([8, 25, 220])('holds the truth in 95 of 100 cases: %i answers', (n) => {
    const shares = [0.05, 0.1, 0.25, 0.4, 0.2];
    const truth = 25 * shares.reduce((sum, share, answer) => sum + share * answer, 0);
    const share = coverage(15, truth, (draw) => {
      const answer = () => {
        let rest = draw.uniform();
        return (
          25 *
          Math.max(
            0,
            shares.findIndex((share) => (rest -= share) < 0),
          )
        );
      };
      return meanInterval(summarise(Array.from({ length: n }, () => (answer() + answer()) / 2))!);
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});

describe('differenceOfMeans', () => {
  // The documentation of R, t.test(extra ~ group, data = sleep): Student's sleep data.
  it('agrees with R', () => {
    const one = summarise([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])!;
    const other = summarise([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])!;
    const difference = differenceOfMeans(one, other)!;
    expect(difference.value).toBeCloseTo(-1.58, 12);
    expect(difference.low).toBeCloseTo(-3.3654832, 7);
    expect(difference.high).toBeCloseTo(0.2054832, 7);
  });

  // Bonett's R package statpsych, ci.mean2(.05, 19.4, 11.3, 2.70, 2.10, 40, 40), equal variances not assumed.
  it('agrees with statpsych', () => {
    const difference = differenceOfMeans({ n: 40, mean: 19.4, sd: 2.7 }, { n: 40, mean: 11.3, sd: 2.1 })!;
    expect(difference.low).toBeCloseTo(7.022256, 6);
    expect(difference.high).toBeCloseTo(9.177744, 6);
  });

  it.each([
    [1, 2, 5, 2],
    [5, 2, 1, null],
    [5, null, 5, 2],
    [5, 0, 5, 0],
  ])('is nothing for n %i with %p and n %i with %p', (m, one, n, other) => {
    expect(differenceOfMeans({ n: m, mean: 3, sd: one }, { n, mean: 4, sd: other })).toBeNull();
  });

  it('holds the truth in 95 of 100 cases: few against many, unequally spread', () => {
    const share = coverage(16, 6, (draw) => {
      const few = summarise(Array.from({ length: 14 }, () => 66 + 24 * draw.normal()))!;
      const many = summarise(Array.from({ length: 180 }, () => 60 + 15 * draw.normal()))!;
      return differenceOfMeans(few, many);
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
