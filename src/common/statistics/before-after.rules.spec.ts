import { coverage } from '../../../test/support/simulation.js';
import { changeWithin } from './before-after.rules.js';

const of = (successes: number, trials: number) => ({ successes, trials });

describe('changeWithin', () => {
  // The documentation of R, t.test(sleep$extra, paired): t = -4.0621 with 9 degrees of freedom, from -2.4598858 to -0.7001142.
  it('is the paired t-test when all have as many calls', () => {
    const one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2];
    const other = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    const { change } = changeWithin(
      one.map((hours, i) => ({ before: of(10 * other[i]!, 10), after: of(10 * hours, 10) })),
    );
    expect(change!.value).toBeCloseTo(-1.58, 12);
    expect(change!.value / change!.standardError).toBeCloseTo(-4.0621, 4);
    expect(change!.df).toBeCloseTo(9, 9);
    expect(change!.low).toBeCloseTo(-2.4598858, 7);
    expect(change!.high).toBeCloseTo(-0.7001142, 7);
  });

  // Greenland & Robins' estimator on the kidney stones of Charig et al. (1986): 81 of 87 and 192 of 263 against 234 of 270 and 55
  // of 80, reckoned by its formula, (Σ (a n₀ - b n₁) / n) / (Σ n₁ n₀ / n).
  it('is the Mantel–Haenszel risk difference', () => {
    const { change } = changeWithin([
      { after: of(81, 87), before: of(234, 270) },
      { after: of(192, 263), before: of(55, 80) },
    ]);
    const numerator = (81 * 270 - 234 * 87) / 357 + (192 * 80 - 55 * 263) / 343;
    expect(change!.value).toBeCloseTo(numerator / ((87 * 270) / 357 + (263 * 80) / 343), 12);
  });

  it('leaves out who has calls on one side only', () => {
    const found = changeWithin([
      { before: of(4, 10), after: of(6, 10) },
      { before: of(5, 10), after: of(6, 10) },
      { before: of(0, 0), after: of(6, 10) },
      { before: of(5, 10), after: of(0, 0) },
    ]);
    expect(found.leftOut).toBe(2);
    expect(found.change!.n).toBe(2);
    expect(changeWithin([{ before: of(4, 10), after: of(6, 10) }])).toEqual({ change: null, leftOut: 0 });
    expect(changeWithin([])).toEqual({ change: null, leftOut: 0 });
  });

  // Agents differ, and change differently, by a gain that goes with nothing else; calls are unequal.
  it.each([
    ['many agents', 180, 0.03],
    ['few agents', 10, 0.03],
    ['no change', 60, 0],
  ])('holds the truth in 95 of 100 cases: %s', (_, n, gain) => {
    const share = coverage(27, gain, (draw) => {
      const agents = Array.from({ length: n }, () => {
        const own = 0.3 + 0.4 * draw.share(0.6, 0.1);
        const later = own + gain + 0.04 * draw.normal();
        const before = draw.calls(60);
        const after = draw.calls(40);
        return {
          before: of(draw.binomial(before, own), before),
          after: of(draw.binomial(after, later), after),
        };
      });
      return changeWithin(agents).change;
    });
    expect(Math.abs(share - 0.95)).toBeLessThanOrEqual(0.015);
  });
});
