import { mean, sampleStandardDeviation } from 'simple-statistics';
import { tInterval } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';

/** What is left of numbers when they are summed up. */
export interface Summary {
  n: number;
  mean: number;
  /** The standard deviation with n - 1; null when it is not known, or there is but one number. */
  sd: number | null;
}

/** Sums numbers up; null when there are none. */
export function summarise(values: readonly number[]): Summary | null {
  if (values.length === 0) return null;
  const numbers = [...values];
  return {
    n: numbers.length,
    mean: mean(numbers),
    sd: numbers.length === 1 ? null : sampleStandardDeviation(numbers),
  };
}

/**
 * The mean with Student's interval of 95 % (Student, The probable error of a mean, Biometrika 6 (1908) 1–25).
 * @returns null when the standard deviation is not known
 */
export function meanInterval({ n, mean: value, sd }: Summary): Estimate | null {
  return n < 2 || sd === null ? null : tInterval(value, sd / Math.sqrt(n), n - 1);
}

/**
 * The mean of `one` less that of `other`, different people, with Welch's interval of 95 %, which does not take the spread of
 * both to be the same (Welch, The generalization of Student's problem when several different population variances are involved,
 * Biometrika 34 (1947) 28–35).
 * @returns null when a standard deviation is not known, or nobody differs from anybody
 */
export function differenceOfMeans(one: Summary, other: Summary): Estimate | null {
  if (one.n < 2 || other.n < 2 || one.sd === null || other.sd === null) return null;
  const first = one.sd ** 2 / one.n;
  const second = other.sd ** 2 / other.n;
  const variance = first + second;
  if (variance === 0) return null;
  const df = variance ** 2 / (first ** 2 / (one.n - 1) + second ** 2 / (other.n - 1));
  return tInterval(one.mean - other.mean, Math.sqrt(variance), df);
}
