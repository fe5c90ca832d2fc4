import { columnOf } from './column.rules.js';
import { length, orthogonalise, takeOut, type Orthogonal } from './orthogonal.rules.js';

/** What the outcome may depend on. */
export interface Regressor {
  name: string;
  values: ArrayLike<number>;
}

/** What is fitted. */
export interface Observations {
  outcome: ArrayLike<number>;
  regressors: readonly Regressor[];
  /** How much each observation counts; all the same when left out. */
  weights?: ArrayLike<number>;
  /** The group of each, numbered from 0: every group gets a level of its own. When left out there is no constant. */
  groups?: ArrayLike<number>;
}

/** A fit, in the weighted scale: each observation times the root of its weight. */
export interface Fit extends Orthogonal {
  n: number;
  /** How many parameters were fitted, the levels of groups among them. */
  rank: number;
  names: string[];
  /** The names of what the others make up already; nothing can be said of it. */
  dropped: string[];
  coefficients: number[];
  residuals: Float64Array;
  /** Whether the fit leaves no rest but what rounding makes. */
  isExact: boolean;
  /** How much each observation decides its own fit, from 0 to 1. */
  leverage: Float64Array;
  levels: Levels;
}

/** The levels of groups: the group of each observation, and its entry in the direction of that group. */
interface Levels {
  of: ArrayLike<number>;
  /** So many levels that some observation has, and one more than the highest number. */
  count: number;
  size: number;
  entry: Float64Array;
}

/** A rest of so small a share of the outcomes is rounding. */
const ROUNDING = 1e-12;

/**
 * Weighted least squares. Levels of groups are swept out beforehand instead of being columns, which gives the same coefficients,
 * residuals and leverages (Frisch & Waugh 1933; Lovell, Journal of the American Statistical Association 58 (1963) 993–1010).
 * @param observations weights are above 0
 */
export function leastSquares(observations: Observations): Fit {
  const { outcome, regressors, weights, groups } = observations;
  const n = outcome.length;
  const roots = columnOf(n, (i) => (weights ? Math.sqrt(weights[i]!) : 1));
  const levels = levelsOf(roots, groups);
  const columns = regressors.map(({ values }) => columnOf(n, (i) => roots[i]! * values[i]!));
  const lengths = columns.map(length);
  columns.forEach((column) => sweep(column, levels));
  const orthogonal = orthogonalise(columns, lengths);
  const residuals = columnOf(n, (i) => roots[i]! * outcome[i]!);
  const whole = length(residuals);
  sweep(residuals, levels);
  const parts = takeOut(residuals, orthogonal.basis);
  const isKept = new Set(orthogonal.kept);
  return {
    ...orthogonal,
    n,
    rank: orthogonal.kept.length + levels.count,
    names: orthogonal.kept.map((index) => regressors[index]!.name),
    dropped: regressors.filter((_, index) => !isKept.has(index)).map(({ name }) => name),
    coefficients: solve(orthogonal.triangle, parts),
    residuals,
    isExact: length(residuals) <= ROUNDING * whole,
    leverage: leverageOf(orthogonal.basis, levels),
    levels,
  };
}

/**
 * How much each observation's (weighted) outcome adds to a coefficient: the sum of both products is the coefficient.
 * @param index of the coefficient among those kept
 */
export function influenceOn(fit: Fit, index: number): Float64Array {
  const shares = fit.triangle.map(() => 0);
  for (let k = index; k < shares.length; k += 1) {
    let rest = k === index ? 1 : 0;
    for (let j = index; j < k; j += 1) rest -= fit.triangle[k]![j]! * shares[j]!;
    shares[k] = rest / fit.triangle[k]![k]!;
  }
  const influence = new Float64Array(fit.n);
  fit.basis.forEach((direction, k) => {
    for (let i = 0; i < fit.n; i += 1) influence[i]! += shares[k]! * direction[i]!;
  });
  return influence;
}

/** The coefficients, from the last to the first. */
function solve(triangle: readonly number[][], parts: readonly number[]): number[] {
  const coefficients = [...parts];
  for (let j = parts.length - 1; j >= 0; j -= 1) {
    for (let k = j + 1; k < parts.length; k += 1) coefficients[j]! -= triangle[k]![j]! * coefficients[k]!;
    coefficients[j]! /= triangle[j]![j]!;
  }
  return coefficients;
}

function levelsOf(roots: Float64Array, groups?: ArrayLike<number>): Levels {
  if (!groups) return { of: [], count: 0, size: 0, entry: new Float64Array(roots.length) };
  const totals: number[] = [];
  for (let i = 0; i < roots.length; i += 1) totals[groups[i]!] = (totals[groups[i]!] ?? 0) + roots[i]! ** 2;
  const entry = columnOf(roots.length, (i) => roots[i]! / Math.sqrt(totals[groups[i]!]!));
  const count = totals.filter((total) => total > 0).length;
  return { of: groups, count, size: totals.length, entry };
}

/** Takes the level of its group out of each, twice for the sake of the last digits. */
function sweep(column: Float64Array, { of, count, size, entry }: Levels): void {
  if (count === 0) return;
  for (let pass = 0; pass < 2; pass += 1) {
    const parts = new Float64Array(size);
    for (let i = 0; i < column.length; i += 1) parts[of[i]!]! += entry[i]! * column[i]!;
    for (let i = 0; i < column.length; i += 1) column[i]! -= entry[i]! * parts[of[i]!]!;
  }
}

function leverageOf(basis: readonly Float64Array[], { entry }: Levels): Float64Array {
  const leverage = columnOf(entry.length, (i) => entry[i]! ** 2);
  for (const direction of basis)
    for (let i = 0; i < leverage.length; i += 1) leverage[i]! += direction[i]! ** 2;
  return leverage;
}
