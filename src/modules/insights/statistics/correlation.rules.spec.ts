import { coverage } from '../../../../test/support/simulation.js';
import { correlation, rankCorrelation } from './correlation.rules.js';

describe('correlation', () => {
  // The documentation of R, cor.test: Hollander & Wolfe (1973), p. 187, tuna lightness and panel scores.
  it('agrees with R', () => {
    const lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1];
    const panel = [2.6, 3.1, 2.5, 5, 3.6, 4, 5.2, 2.8, 3.8];
    const { value, low, high } = correlation(lightness, panel)!;
    expect(value).toBeCloseTo(0.5711816, 7);
    expect(low).toBeCloseTo(-0.1497426, 7);
    expect(high).toBeCloseTo(0.8955795, 7);
  });

  it.each([
    [
      [1, 2, 3],
      [3, 2, 4],
    ],
    [
      [1, 1, 1, 1, 1],
      [3, 2, 4, 5, 1],
    ],
  ])('is nothing for %p and %p', (xs, ys) => {
    expect(correlation(xs, ys)).toBeNull();
    expect(rankCorrelation(xs, ys)).toBeNull();
  });

  it('is full when both go together fully', () => {
    expect(correlation([1, 2, 3, 4, 5], [2, 4, 6, 8, 10])!.value).toBeCloseTo(1, 9);
    expect(rankCorrelation([1, 2, 3, 4, 5], [5, 4, 3, 2, 1])!.value).toBeCloseTo(-1, 9);
  });

  it.each([
    [20, 0.3],
    [250, 0.5],
  ])('holds the truth in 95 of 100 cases: %i pairs at %f', (pairs, truth) => {
    const share = coverage(17, truth, (draw) => {
      const xs = Array.from({ length: pairs }, () => draw.normal());
      return correlation(
        xs,
        xs.map((x) => truth * x + Math.sqrt(1 - truth * truth) * draw.normal()),
      );
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});

describe('rankCorrelation', () => {
  // Bonett's R package statpsych, ci.spear.
  it('agrees with statpsych', () => {
    const ys = [21, 4, 9, 12, 35, 18, 10, 22, 24, 1, 6, 8, 13, 16, 19];
    const xs = [67, 28, 30, 28, 52, 40, 25, 37, 44, 10, 14, 20, 28, 40, 51];
    const { value, low, high } = rankCorrelation(xs, ys)!;
    expect(value).toBeCloseTo(0.87, 4);
    expect(low).toBeCloseTo(0.5841, 4);
    expect(high).toBeCloseTo(0.9638, 4);
  });

  // Of the underlying normal distribution the rank correlation is 6/π asin(ρ/2) (Kruskal 1958). The other case is the share of
  // guides read in time, most of them all, against the rate of calls, where nothing goes with anything.
  it.each([20, 250])('holds the truth in 95 of 100 cases: %i pairs', (pairs) => {
    const rho = 0.4;
    const share = coverage(18, (6 / Math.PI) * Math.asin(rho / 2), (draw) => {
      const xs = Array.from({ length: pairs }, () => draw.normal());
      const ys = xs.map((x) => Math.exp(rho * x + Math.sqrt(1 - rho * rho) * draw.normal()));
      return rankCorrelation(xs, ys);
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });

  it('holds nothing in 95 of 100 cases, although many are tied', () => {
    const share = coverage(19, 0, (draw) => {
      const read = Array.from({ length: 120 }, () => Math.min(1, draw.binomial(10, 0.93) / 9));
      const rates = read.map(() => {
        const calls = draw.calls(40);
        return draw.binomial(calls, draw.share(0.6, 0.03)) / calls;
      });
      return rankCorrelation(read, rates);
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
