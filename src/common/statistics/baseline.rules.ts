import { t95, Z_95 } from './distributions.rules.js';
import { verdictOf, type Estimate, type Verdict } from './estimate.rules.js';
import { differenceOfMeans, type Summary } from './mean.rules.js';

/**
 * What the interval of a change rests on: the spread of both waves, or for one whose spread was not kept the widest that its
 * mean allows.
 */
export type Basis = 'both_spreads' | 'widest_spread';

/** A change since an earlier wave, on 0 to 100. */
export interface Change {
  difference: Estimate;
  verdict: Verdict;
  basis: Basis;
  /** Where a spread is not known: the interval if it had been that of the other wave. An assumption, to be called one. */
  ifAlike: Estimate | null;
}

/**
 * The mean now less the mean of the baseline, both on 0 to 100, with Welch's interval of 95 %. Who answered both times is not
 * known, so both are taken as different people; that makes the interval rather too wide than too narrow.
 *
 * Of a baseline there may be only mean and n. Then the spread cannot have been wider than if all answers had been 0 or 100,
 * `(100 - mean) mean` (Bhatia & Davis, A better bound on the variance, American Mathematical Monthly 107 (2000) 353–357), and
 * that is taken: better or worse is said only where it holds however the answers were spread.
 * @param higherIsBetter false only where the scale was not turned
 * @returns null when either is but one answer, or all answers of both are at an end of the scale
 */
export function changeSince(baseline: Summary, now: Summary, higherIsBetter = true): Change | null {
  const exact = differenceOfMeans(now, baseline);
  if (exact) return changeOf(exact, 'both_spreads', null, higherIsBetter);
  if (baseline.n < 2 || now.n < 2) return null;
  const sd = now.sd ?? baseline.sd;
  const ifAlike = sd === null ? null : differenceOfMeans({ ...now, sd }, { ...baseline, sd });
  const widest = widestDifference(now, baseline);
  return widest && changeOf(widest, 'widest_spread', ifAlike, higherIsBetter);
}

function changeOf(
  difference: Estimate,
  basis: Basis,
  ifAlike: Estimate | null,
  higherIsBetter: boolean,
): Change {
  return { difference, verdict: verdictOf(difference, higherIsBetter), basis, ifAlike };
}

/**
 * Half the interval of each mean, put together at right angles (Zou & Donner, Construction of confidence limits about effect
 * measures, Statistics in Medicine 27 (2008) 1693–1702): Student's where the spread is known, and the widest elsewhere.
 */
function widestDifference(now: Summary, baseline: Summary): Estimate | null {
  const value = now.mean - baseline.mean;
  const half = Math.hypot(halfWidth(now), halfWidth(baseline));
  return half === 0 ? null : { value, low: value - half, high: value + half };
}

function halfWidth({ n, mean, sd }: Summary): number {
  if (sd !== null && sd > 0) return (t95(n - 1) * sd) / Math.sqrt(n);
  return Z_95 * Math.sqrt((mean * (100 - mean)) / (n - 1));
}
