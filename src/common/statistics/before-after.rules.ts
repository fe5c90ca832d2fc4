import { leastSquares } from './least-squares.rules.js';
import { robustEstimate, type RobustEstimate } from './robust.rules.js';
import type { Count } from './two-proportions.rules.js';

/** The calls of one agent before and after. */
export interface BeforeAfter {
  before: Count;
  after: Count;
}

/** How the same agents changed. */
export interface WithinChange {
  /** Null when fewer than two agents have calls on both sides. */
  change: RobustEstimate | null;
  /** Agents without calls on one of both sides, who cannot be compared with themselves. */
  leftOut: number;
}

/**
 * How much higher the rate is after than before in the same agents, with an interval of 95 %. Each agent's own change counts by
 * `b a / (b + a)` for b calls before and a calls after, so that an agent with few calls on one side counts little: the
 * Mantel–Haenszel risk difference with agents as strata (Greenland & Robins, Estimation of a common effect parameter from sparse
 * follow-up data, Biometrics 41 (1985) 55–68). The standard error takes the agents to be drawn and not the calls, as a paired
 * t-test does, and is one when all have equally many calls (HC2; see `robust.rules.ts`). A signed-rank test was not chosen: it
 * would let three calls count as much as three hundred and gives no difference in rates.
 */
export function changeWithin(agents: readonly BeforeAfter[]): WithinChange {
  const seen = agents.filter(({ before, after }) => before.trials > 0 && after.trials > 0);
  const leftOut = agents.length - seen.length;
  if (seen.length < 2) return { change: null, leftOut };
  const fit = leastSquares({
    outcome: seen.map(({ before, after }) => rate(after) - rate(before)),
    weights: seen.map(({ before, after }) => (before.trials * after.trials) / (before.trials + after.trials)),
    regressors: [{ name: 'change', values: seen.map(() => 1) }],
  });
  return { change: robustEstimate(fit, 'change'), leftOut };
}

function rate({ successes, trials }: Count): number {
  return successes / trials;
}
