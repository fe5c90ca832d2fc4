/** A rate with the interval in which the true one lies, in 95 of 100 such cases. */
export interface RateInterval {
  rate: number;
  low: number;
  high: number;
}

/** The 97.5 % quantile of the standard normal distribution, for an interval of 95 %. */
export const Z_95 = 1.959963984540054;

/**
 * The score interval of a share without continuity correction (Wilson 1927; Newcombe 1998, method 3). Unlike the usual
 * approximation it stays within 0 and 1 and holds for few calls.
 * @param successes of so many trials, both whole numbers; null when there were no trials
 */
export function wilson(successes: number, trials: number, z = Z_95): RateInterval | null {
  if (trials === 0) return null;
  const rate = successes / trials;
  const z2 = z * z;
  const centre = (2 * trials * rate + z2) / (2 * (trials + z2));
  const half = (z * Math.sqrt(z2 + 4 * trials * rate * (1 - rate))) / (2 * (trials + z2));
  return {
    rate,
    low: successes === 0 ? 0 : Math.max(0, centre - half),
    high: successes === trials ? 1 : Math.min(1, centre + half),
  };
}

/** Whether so few calls were answered that the true rate may lie on either side of the threshold: too few to know. */
export function mayLieOnEitherSide(successes: number, trials: number, threshold: number): boolean {
  const interval = wilson(successes, trials);
  return interval === null || (interval.low <= threshold && threshold <= interval.high);
}
