import { columnOf } from './column.rules.js';
import { leastSquares, type Fit, type Regressor } from './least-squares.rules.js';
import { ratesOf } from './rate-difference.rules.js';
import type { Count } from './two-proportions.rules.js';

/** A fit of agents' rates, each weighed by how sure it is. */
export interface RateFit {
  fit: Fit;
  /** How alike the calls of one agent are, beyond what all have in common: 0 is not at all, 1 is fully. */
  alike: number;
}

/**
 * Fits agents' rates by weighted least squares. A rate of n calls that are alike by ρ is as sure as one of n / (1 + (n - 1) ρ)
 * calls that are not, and counts by that: an agent with very many calls does not count for all the others (Kleinman, Proportions
 * with extraneous variance, Journal of the American Statistical Association 68 (1973) 46–54). ρ comes from the rests of a first
 * fit that counts calls (the moment estimator of Williams, Extra-binomial variation in logistic linear models, Applied Statistics 31
 * (1982) 144–148, model II).
 * @param rated counts with at least one trial each
 * @param groups see `leastSquares`
 */
export function fitRates(
  rated: readonly Count[],
  groups: ArrayLike<number>,
  regressors: readonly Regressor[],
): RateFit {
  const { outcome, weights: trials } = ratesOf(rated);
  const observations = { outcome, groups, regressors };
  const byCalls = leastSquares({ ...observations, weights: trials });
  const alike = likeness(byCalls, rated);
  if (alike === 0) return { fit: byCalls, alike };
  const weights = columnOf(rated.length, (i) => trials[i]! / (1 + (trials[i]! - 1) * alike));
  return { fit: leastSquares({ ...observations, weights }), alike };
}

/** ρ, from how much more the rates vary around the fit than calls that are not alike would. */
function likeness({ residuals, leverage }: Fit, rated: readonly Count[]): number {
  const trials = rated.reduce((sum, count) => sum + count.trials, 0);
  const rate = rated.reduce((sum, count) => sum + count.successes, 0) / trials;
  let excess = 0;
  let room = 0;
  for (let i = 0; i < rated.length; i += 1) {
    const free = 1 - leverage[i]!;
    excess += residuals[i]! ** 2 / (rate * (1 - rate)) - free;
    room += free * (rated[i]!.trials - 1);
  }
  return excess > 0 && room > 0 && Number.isFinite(excess) ? Math.min(1, excess / room) : 0;
}
