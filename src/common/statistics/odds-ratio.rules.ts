import { Z_95 } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';
import type { Count } from './two-proportions.rules.js';

/** An odds ratio; 1 says no difference. */
export interface OddsRatio extends Estimate {
  /** Whether one half was added to each cell, because one of them was empty. */
  corrected: boolean;
}

/**
 * The odds of success in `one` against those in `other`, with the logit interval of 95 % (Woolf, Annals of Human Genetics 19
 * (1955) 251–253). Where a cell is empty, one half is added to each of the four (Haldane 1956; Anscombe 1956), and it is said.
 * @returns null when nobody or everybody succeeded on both sides, or a side is empty: then the data say nothing of odds
 */
export function oddsRatio(one: Count, other: Count): OddsRatio | null {
  const successes = one.successes + other.successes;
  const trials = one.trials + other.trials;
  if (one.trials === 0 || other.trials === 0 || successes === 0 || successes === trials) return null;
  const cells = [
    one.successes,
    one.trials - one.successes,
    other.successes,
    other.trials - other.successes,
  ] as const;
  const corrected = cells.includes(0);
  const [a, b, c, d] = cells.map((cell) => cell + (corrected ? 0.5 : 0)) as [number, number, number, number];
  const log = Math.log((a * d) / (b * c));
  const half = Z_95 * Math.sqrt(1 / a + 1 / b + 1 / c + 1 / d);
  return { value: Math.exp(log), low: Math.exp(log - half), high: Math.exp(log + half), corrected };
}
