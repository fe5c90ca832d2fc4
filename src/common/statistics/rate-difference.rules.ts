import { columnOf } from './column.rules.js';
import { leastSquares } from './least-squares.rules.js';
import { robustEstimate, type RobustEstimate } from './robust.rules.js';
import type { Count } from './two-proportions.rules.js';

/** An agent with the calls, and whether what is asked about holds. */
export interface RatedUnit extends Count {
  exposed: boolean;
}

/** The rate of a group of agents: all its successes of all its calls. */
export interface GroupRate {
  agents: number;
  successes: number;
  trials: number;
  rate: number;
}

/** Both groups and how they differ; the difference is null where the agents are too few to tell how sure it is. */
export interface RateDifference {
  exposed: GroupRate | null;
  others: GroupRate | null;
  difference: RobustEstimate | null;
}

/**
 * The rate of all calls of the exposed agents less that of the others, with an interval of 95 % that takes the agents and not
 * the calls to be drawn: the calls of one agent are alike. Each rate is a ratio estimator with linearised variance (Cochran,
 * Sampling Techniques, 3rd ed. 1977, chapters 6 and 9A), written as weighted least squares of the agents' rates so that few agents
 * with unequal numbers of calls are made up for (HC2 and the degrees of freedom of Bell & McCaffrey; see `robust.rules.ts`).
 * Agents without calls do not count.
 */
export function rateDifference(units: readonly RatedUnit[]): RateDifference {
  const rated = units.filter(({ trials }) => trials > 0);
  const exposed = groupRate(rated, true);
  const others = groupRate(rated, false);
  if (!exposed || !others || exposed.agents < 2 || others.agents < 2) {
    return { exposed, others, difference: null };
  }
  const fit = leastSquares({
    ...ratesOf(rated),
    groups: new Float64Array(rated.length),
    regressors: [{ name: 'exposed', values: columnOf(rated.length, (i) => Number(rated[i]!.exposed)) }],
  });
  return { exposed, others, difference: robustEstimate(fit, 'exposed') };
}

/** The rate of all calls of a group with an interval of 95 %, agents being what is drawn; see `rateDifference`. */
export function rateOf(counts: readonly Count[]): RobustEstimate | null {
  const rated = counts.filter(({ trials }) => trials > 0);
  const fit = leastSquares({
    ...ratesOf(rated),
    regressors: [{ name: 'rate', values: columnOf(rated.length, () => 1) }],
  });
  return robustEstimate(fit, 'rate');
}

/** Rates as outcomes, which count by their calls. */
export function ratesOf(rated: readonly Count[]): Record<'outcome' | 'weights', Float64Array> {
  return {
    outcome: columnOf(rated.length, (i) => rated[i]!.successes / rated[i]!.trials),
    weights: columnOf(rated.length, (i) => rated[i]!.trials),
  };
}

function groupRate(rated: readonly RatedUnit[], exposed: boolean): GroupRate | null {
  let [agents, successes, trials] = [0, 0, 0];
  for (const unit of rated) {
    if (unit.exposed !== exposed) continue;
    agents += 1;
    successes += unit.successes;
    trials += unit.trials;
  }
  return agents === 0 ? null : { agents, successes, trials, rate: successes / trials };
}
