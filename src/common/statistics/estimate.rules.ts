/** A figure with the interval in which the true one lies, in 95 of 100 such cases. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

/** What can be said of a difference in one word. */
export type Verdict = 'better' | 'worse' | 'uncertain';

/**
 * The word for a difference, from its interval alone: better or worse only where the interval leaves out no difference, and
 * no certain difference otherwise. An interval that just touches zero is uncertain.
 * @param difference new less old, or one group less the other; null where nothing could be reckoned, which is uncertain
 */
export function verdictOf(difference: Pick<Estimate, 'low' | 'high'> | null, higherIsBetter = true): Verdict {
  if (difference === null) return 'uncertain';
  if (difference.low > 0) return higherIsBetter ? 'better' : 'worse';
  if (difference.high < 0) return higherIsBetter ? 'worse' : 'better';
  return 'uncertain';
}
