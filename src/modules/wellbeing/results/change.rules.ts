import type { Summary } from './scale.rules.js';

/** The value that a t-distributed number stays below in 97.5 of 100 cases, by its degrees of freedom. */
export type TQuantile = (degreesOfFreedom: number) => number;

/** What a difference comes to in a word. */
export type ChangeWord = 'better' | 'worse' | 'higher' | 'lower' | 'no_certain_difference' | 'unknown';

/** A number with the interval in which the true one lies, in 95 of 100 such cases. */
export interface Interval {
  low: number;
  high: number;
}

/** How a mean has changed between two waves, in points. */
export interface Change extends Partial<Interval> {
  difference: number;
  word: ChangeWord;
  /** The spread of one wave was not known, and that of the other was taken for it. */
  isSpreadAssumed: boolean;
}

const Z = 1.959963984540054;

/**
 * 97.5 % quantile of Student's t by the asymptotic expansion of Abramowitz & Stegun 26.7.5: within 0.001 from 4 degrees of freedom on,
 * fewer than which no figure that is shown has.
 */
export function tQuantile(degreesOfFreedom: number): number {
  const z = Z;
  const terms = [
    z,
    (z ** 3 + z) / 4,
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96,
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384,
    (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160,
  ];
  return terms.reduce((sum, term, power) => sum + term / degreesOfFreedom ** power, 0);
}

/** The interval of a mean, within 0 and 100; null when the spread is not known. */
export function meanInterval({ answers, mean, deviation }: Summary, quantile: TQuantile): Interval | null {
  if (deviation === null || answers < 2) return null;
  const half = quantile(answers - 1) * (deviation / Math.sqrt(answers));
  return { low: Math.max(0, mean - half), high: Math.min(100, mean + half) };
}

/**
 * The difference of two means with its interval by Welch's method (1947), and what to say of it: nothing certain as long as the interval
 * holds 0. Most people answer in both waves without our knowing who, so the interval is rather too wide than too narrow.
 */
export function changeBetween(
  before: Summary,
  after: Summary,
  isNeutral: boolean,
  quantile: TQuantile,
): Change {
  const difference = after.mean - before.mean;
  const [a, b] = [before.deviation ?? after.deviation, after.deviation ?? before.deviation];
  if (a === null || b === null || before.answers < 2 || after.answers < 2)
    return { difference, word: 'unknown', isSpreadAssumed: false };
  const [va, vb] = [a ** 2 / before.answers, b ** 2 / after.answers];
  const isSpreadAssumed = before.deviation === null || after.deviation === null;
  const half = va + vb === 0 ? 0 : quantile(welchFreedom(va, before, vb, after)) * Math.sqrt(va + vb);
  const interval = { low: difference - half, high: difference + half };
  return { difference, ...interval, word: wordFor(interval, isNeutral), isSpreadAssumed };
}

function welchFreedom(va: number, { answers: na }: Summary, vb: number, { answers: nb }: Summary): number {
  return (va + vb) ** 2 / (va ** 2 / (na - 1) + vb ** 2 / (nb - 1));
}

function wordFor({ low, high }: Interval, isNeutral: boolean): ChangeWord {
  if (low > 0) return isNeutral ? 'higher' : 'better';
  if (high < 0) return isNeutral ? 'lower' : 'worse';
  return 'no_certain_difference';
}
