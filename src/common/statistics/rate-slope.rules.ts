import { columnOf } from './column.rules.js';
import { fitRates } from './rate-fit.rules.js';
import { robustEstimate, type RobustEstimate } from './robust.rules.js';
import type { Count } from './two-proportions.rules.js';

/** An agent with the calls and a number the rate may go with. */
export interface GradedUnit extends Count {
  x: number;
}

/**
 * How much higher the rate is where a number is higher by one, between agents, for instance for each point of a test, with an
 * interval of 95 % (HC2; see `robust.rules.ts`; the weights stand in `rate-fit.rules.ts`). Agents without calls do not count.
 * @returns null when the number is the same for all, or there are fewer than three agents
 */
export function rateSlope(units: readonly GradedUnit[]): RobustEstimate | null {
  const rated = units.filter(({ trials }) => trials > 0);
  if (rated.length < 3) return null;
  const x = { name: 'x', values: columnOf(rated.length, (i) => rated[i]!.x) };
  const { fit } = fitRates(rated, new Float64Array(rated.length), [x]);
  return robustEstimate(fit, 'x');
}
