import { columnOf } from './column.rules.js';
import { tInterval } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';
import { influenceOn, type Fit } from './least-squares.rules.js';

/** An estimate whose interval does not take all observations to be equally sure. */
export interface RobustEstimate extends Estimate {
  standardError: number;
  /** Degrees of freedom, seldom whole: roughly how many observations the standard error rests on. */
  df: number;
  /** So many observations. */
  n: number;
}

/** How residuals are made up for being too small; `classical` takes all observations to be equally sure. */
export type Correction = 'classical' | 'HC0' | 'HC1' | 'HC2' | 'HC3';

/** An observation that decides its own fit has no residual, and tells nothing of how sure the fit is. */
const DECIDES_ALONE = 1 - 1e-10;

/**
 * The standard error of a coefficient (White, Econometrica 48 (1980) 817–838: HC0; MacKinnon & White, Some
 * heteroskedasticity-consistent covariance matrix estimators, Journal of Econometrics 29 (1985) 305–325: HC1 to HC3).
 * @param index of the coefficient among those kept
 */
export function standardErrorOf(fit: Fit, index: number, correction: Correction = 'HC2'): number {
  return errorBy(fit, influenceOn(fit, index), correction);
}

function errorBy(fit: Fit, influence: Float64Array, correction: Correction): number {
  const free = fit.n - fit.rank;
  if (correction === 'classical') return Math.sqrt((squares(influence) * squares(fit.residuals)) / free);
  const exponent = { HC0: 0, HC1: 0, HC2: 1, HC3: 2 }[correction];
  let sum = 0;
  for (let i = 0; i < fit.n; i += 1) {
    const leverage = fit.leverage[i]!;
    if (leverage < DECIDES_ALONE)
      sum += (influence[i]! * fit.residuals[i]!) ** 2 / (1 - leverage) ** exponent;
  }
  return Math.sqrt(correction === 'HC1' ? (sum * fit.n) / free : sum);
}

/**
 * The degrees of freedom of the HC2 standard error, which few or unequal observations make fewer than they look (Bell & McCaffrey,
 * Bias reduction in standard errors for linear regression with multi-stage samples, Survey Methodology 28 (2002) 169–181;
 * Imbens & Kolesár, Robust standard errors in small samples, Review of Economics and Statistics 98 (2016) 701–712).
 * @param index of the coefficient among those kept
 */
export function degreesOfFreedom(fit: Fit, index: number): number {
  return freedomBy(fit, influenceOn(fit, index));
}

function freedomBy(fit: Fit, influence: Float64Array): number {
  const { leverage } = fit;
  const shares = columnOf(fit.n, (i) =>
    leverage[i]! < DECIDES_ALONE ? influence[i]! ** 2 / (1 - leverage[i]!) : 0,
  );
  let trace = 0;
  let ofSquare = 0;
  for (let i = 0; i < fit.n; i += 1) {
    const share = shares[i]!;
    trace += share * (1 - leverage[i]!);
    ofSquare += share * share * (1 - 2 * leverage[i]!);
  }
  return trace ** 2 / (ofSquare + squareOfFitted(fit, shares));
}

/** A coefficient with its HC2 interval of 95 %; null when the observations leave nothing to tell how sure it is. */
export function robustEstimate(fit: Fit, name: string): RobustEstimate | null {
  const index = fit.names.indexOf(name);
  if (index < 0 || fit.n <= fit.rank || fit.isExact) return null;
  const influence = influenceOn(fit, index);
  const standardError = errorBy(fit, influence, 'HC2');
  const df = freedomBy(fit, influence);
  if (!(standardError > 0) || !(df > 0)) return null;
  return { ...tInterval(fit.coefficients[index]!, standardError, df), standardError, df, n: fit.n };
}

/** The sum of the squares of the fitted directions, each weighed by the shares: columns with columns, levels, and both. */
function squareOfFitted({ basis, levels, n }: Fit, shares: Float64Array): number {
  let sum = 0;
  for (const one of basis) {
    for (const other of basis) {
      let cell = 0;
      for (let i = 0; i < n; i += 1) cell += shares[i]! * one[i]! * other[i]!;
      sum += cell * cell;
    }
  }
  if (levels.count === 0) return sum;
  const byLevel = (direction: Float64Array) => {
    const cells: number[] = [];
    for (let i = 0; i < n; i += 1) {
      const level = levels.of[i]!;
      cells[level] = (cells[level] ?? 0) + shares[i]! * levels.entry[i]! * direction[i]!;
    }
    return cells.reduce((total, cell) => total + cell * cell, 0);
  };
  return sum + byLevel(levels.entry) + 2 * basis.reduce((total, one) => total + byLevel(one), 0);
}

function squares(numbers: Float64Array): number {
  return numbers.reduce((sum, number) => sum + number * number, 0);
}
