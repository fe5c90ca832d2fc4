import { coverage } from '../../../test/support/simulation.js';
import { rateSlope } from './rate-slope.rules.js';

describe('rateSlope', () => {
  it('is nothing for fewer than three agents, or when all are the same', () => {
    const same = [1, 2, 3, 4].map((successes) => ({ successes, trials: 10, x: 7 }));
    expect(rateSlope(same)).toBeNull();
    expect(rateSlope(same.slice(0, 2).map((row, x) => ({ ...row, x })))).toBeNull();
  });

  // Student's sleep data: with a number that is 0 or 1 the slope is the difference, and with as many calls for all its standard
  // error is Welch's; R prints t = -1.8608 for -1.58.
  it('is the difference of Welch for two groups', () => {
    const hours = [
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
    ];
    const slope = rateSlope(
      hours.flatMap((group, x) => group.map((hour) => ({ successes: 10 * hour, trials: 10, x }))),
    )!;
    expect(slope.value).toBeCloseTo(-1.58, 12);
    expect(slope.value / slope.standardError).toBeCloseTo(-1.8608, 4);
  });

  // The score of a test from 50 to 100 in steps of ten, which many take in full.
  it('holds the truth in 95 of 100 cases', () => {
    const share = coverage(26, 0.002, (draw) =>
      rateSlope(
        Array.from({ length: 120 }, () => {
          const x = 50 + 10 * draw.binomial(5, 0.75);
          const trials = draw.calls(40);
          return { x, trials, successes: draw.binomial(trials, draw.share(0.4 + 0.002 * x, 0.03)) };
        }),
      ),
    );
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
