import hypergeometric from '@stdlib/stats-base-dists-hypergeometric-pmf';
import type { Count } from './two-proportions.rules.js';

/** Tables as likely as the one seen count with it, although rounding may have made them a little likelier (as R does). */
const AS_LIKELY = 1 + 1e-7;

/**
 * Fisher's exact test, two-sided: how likely a table at most as likely as this one is when both sides have the same odds
 * (Fisher, Statistical Methods for Research Workers, 5th ed. 1934, §21.02; Agresti, Categorical Data Analysis, 3rd ed. 2013, §3.5).
 * @returns a probability; 1 when a side is empty
 */
export function fisherExact(one: Count, other: Count): number {
  const trials = one.trials + other.trials;
  const successes = one.successes + other.successes;
  const likelihood = (inOne: number) => hypergeometric(inOne, trials, successes, one.trials);
  const limit = likelihood(one.successes) * AS_LIKELY;
  let p = 0;
  const most = Math.min(one.trials, successes);
  for (let inOne = Math.max(0, successes - other.trials); inOne <= most; inOne += 1) {
    const probability = likelihood(inOne);
    if (probability <= limit) p += probability;
  }
  return Math.min(1, p);
}
