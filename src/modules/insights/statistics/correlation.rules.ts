import { sampleCorrelation, sampleRankCorrelation } from 'simple-statistics';
import { Z_95 } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';

/** Below this many pairs no interval is given. */
const FEWEST_PAIRS = 4;

/**
 * Pearson's correlation with Fisher's interval of 95 % (Fisher, On the probable error of a coefficient of correlation deduced from
 * a small sample, Metron 1 (1921) 3–32). It takes both to be about normally distributed; else take `rankCorrelation`.
 * @returns null for fewer than four pairs, or when one of both never changes
 */
export function correlation(xs: readonly number[], ys: readonly number[]): Estimate | null {
  return withInterval(sampleCorrelation, xs, ys, () => 1);
}

/**
 * Spearman's rank correlation, ties sharing the mean of their ranks, with the interval of 95 % of Bonett & Wright (Sample size
 * requirements for estimating Pearson, Kendall and Spearman correlations, Psychometrika 65 (2000) 23–28).
 * @returns null for fewer than four pairs, or when one of both never changes
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): Estimate | null {
  return withInterval(sampleRankCorrelation, xs, ys, (r) => 1 + (r * r) / 2);
}

/** The interval on Fisher's scale, where the variance is about `spread(r) / (n - 3)`. */
function withInterval(
  measure: (xs: number[], ys: number[]) => number,
  xs: readonly number[],
  ys: readonly number[],
  spread: (r: number) => number,
): Estimate | null {
  if (xs.length < FEWEST_PAIRS) return null;
  const value = Math.max(-1, Math.min(1, measure([...xs], [...ys])));
  if (!Number.isFinite(value)) return null;
  const half = Z_95 * Math.sqrt(spread(value) / (xs.length - 3));
  return { value, low: Math.tanh(Math.atanh(value) - half), high: Math.tanh(Math.atanh(value) + half) };
}
