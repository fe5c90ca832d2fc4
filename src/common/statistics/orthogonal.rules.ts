/** Columns taken apart into an orthonormal basis and the triangle that makes them again. */
export interface Orthogonal {
  /** Of each column kept, its direction that the columns before it do not have. */
  basis: Float64Array[];
  /** `triangle[k][j]` is how much of direction j column k has; j runs from 0 to k. */
  triangle: number[][];
  /** Which of the columns were kept, as indices. */
  kept: number[];
}

/** A column of which so little is left is a sum of the ones before it: the tolerance of R's `lm`. */
const NOTHING_LEFT = 1e-7;

/**
 * The QR decomposition by modified Gram–Schmidt, each column made orthogonal twice (Björck, Numerical Methods for Least Squares
 * Problems, 1996, §2.4). A column that the earlier ones make up is left out, so the order says which of several goes.
 * @param columns are overwritten
 * @param lengths what each column measured before anything was taken out of it
 */
export function orthogonalise(columns: readonly Float64Array[], lengths: readonly number[]): Orthogonal {
  const basis: Float64Array[] = [];
  const triangle: number[][] = [];
  const kept: number[] = [];
  columns.forEach((column, index) => {
    const parts = takeOut(column, basis);
    const left = length(column);
    if (!(left > NOTHING_LEFT * lengths[index]!)) return;
    for (let i = 0; i < column.length; i += 1) column[i]! /= left;
    triangle.push([...parts, left]);
    basis.push(column);
    kept.push(index);
  });
  return { basis, triangle, kept };
}

/** Takes each direction out of the column, twice, and says how much of each there was. */
export function takeOut(column: Float64Array, basis: readonly Float64Array[]): number[] {
  const parts = basis.map(() => 0);
  for (let pass = 0; pass < 2; pass += 1) {
    basis.forEach((direction, j) => {
      const part = product(direction, column);
      for (let i = 0; i < column.length; i += 1) column[i]! -= part * direction[i]!;
      parts[j]! += part;
    });
  }
  return parts;
}

/** The length of a column. */
export function length(column: Float64Array): number {
  return Math.sqrt(product(column, column));
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < one.length; i += 1) sum += one[i]! * other[i]!;
  return sum;
}
