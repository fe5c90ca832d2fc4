import binomialCdf from '@stdlib/stats-base-dists-binomial-cdf';
import studentQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Estimate } from './estimate.rules.js';

/** The 97.5 % quantile of the standard normal distribution, for an interval of 95 %. */
export const Z_95 = 1.959963984540054;

/** From so many degrees of freedom on, Student's t and the normal distribution are one to twelve digits. */
const AS_GOOD_AS_NORMAL = 1e12;

/**
 * The 97.5 % quantile of Student's t, for an interval of 95 %.
 * @param df degrees of freedom above 0; need not be whole
 */
export function t95(df: number): number {
  return df > AS_GOOD_AS_NORMAL ? Z_95 : studentQuantile(0.975, df);
}

/** The interval of 95 % around a value whose standard error was estimated with so many degrees of freedom. */
export function tInterval(value: number, standardError: number, df: number): Estimate {
  const half = t95(df) * standardError;
  return { value, low: value - half, high: value + half };
}

/** How likely at most so many successes are in so many fair trials (a binomial distribution with one half). */
export function fairCoinAtMost(successes: number, trials: number): number {
  return binomialCdf(successes, trials, 0.5);
}
