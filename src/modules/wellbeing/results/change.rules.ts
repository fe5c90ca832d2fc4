import { changeSince } from '../../../common/statistics/baseline.rules.js';
import type { Verdict } from '../../../common/statistics/estimate.rules.js';
import { meanInterval as intervalOfMean } from '../../../common/statistics/mean.rules.js';
import type { Summary } from './scale.rules.js';

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
  /** The spread of a wave was not known, and the widest that its mean allows was taken. */
  isSpreadAssumed: boolean;
}

const WORDS: Record<Verdict, [plain: ChangeWord, neutral: ChangeWord]> = {
  better: ['better', 'higher'],
  worse: ['worse', 'lower'],
  uncertain: ['no_certain_difference', 'no_certain_difference'],
};

/** The interval of a mean, within 0 and 100; null when the spread is not known. */
export function meanInterval(summary: Summary): Interval | null {
  const interval = intervalOfMean(inNumbers(summary));
  return interval && { low: Math.max(0, interval.low), high: Math.min(100, interval.high) };
}

/** The difference of two means with its interval (`changeSince`), and what to say of it: nothing certain as long as that holds 0. */
export function changeBetween(before: Summary, after: Summary, isNeutral: boolean): Change {
  const difference = after.mean - before.mean;
  const change = changeSince(inNumbers(before), inNumbers(after));
  if (!change) return { difference, word: 'unknown', isSpreadAssumed: false };
  const { low, high } = change.difference;
  const word = WORDS[change.verdict][isNeutral ? 1 : 0];
  return { difference, low, high, word, isSpreadAssumed: change.basis === 'widest_spread' };
}

function inNumbers({ answers, mean, deviation }: Summary) {
  return { n: answers, mean, sd: deviation };
}
