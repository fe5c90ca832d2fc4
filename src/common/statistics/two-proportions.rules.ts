import { wilson } from './wilson.rules.js';
import type { Estimate } from './estimate.rules.js';

/** So many successes in so many trials, both whole numbers. */
export interface Count {
  successes: number;
  trials: number;
}

/**
 * The difference of two shares of different people, `one` less `other`, with an interval of 95 %: the hybrid score interval
 * without continuity correction (Newcombe, Interval estimation for the difference between independent proportions, Statistics in
 * Medicine 17 (1998) 873–890, method 10). It never leaves -1 to 1 and holds for few people and shares near 0 or 1.
 * Each trial stands for itself: for calls, of which each agent has many, take `rateDifference`.
 * @returns null when either has no trials
 */
export function differenceOfProportions(one: Count, other: Count): Estimate | null {
  const first = wilson(one.successes, one.trials);
  const second = wilson(other.successes, other.trials);
  if (first === null || second === null) return null;
  const value = first.rate - second.rate;
  return {
    value,
    low: value - Math.hypot(first.rate - first.low, second.high - second.rate),
    high: value + Math.hypot(first.high - first.rate, second.rate - second.low),
  };
}
