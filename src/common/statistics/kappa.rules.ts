import { wilson } from './wilson.rules.js';
import { Z_95 } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';

/** Agreement beyond chance: 1 is full agreement, 0 what chance gives. */
export interface Kappa extends Estimate {
  /** The share that agrees, chance or not. */
  agreement: number;
  standardError: number;
  /** The standard error if there were no agreement beyond chance. */
  standardErrorByChance: number;
}

/**
 * Cohen's kappa with its interval of 95 % (Cohen 1960; the standard errors by Fleiss, Cohen & Everitt, Large sample standard errors
 * of kappa and weighted kappa, Psychological Bulletin 72 (1969) 323–327). The interval is cut at -1 and 1. Where all agree the
 * formula knows no doubt; then the lower end comes from Wilson's interval for the share that agrees, so that ten people who agree
 * prove less than a hundred.
 * @param table how many the first put into the row and the second into the column; square
 * @returns null when nobody was judged, or when both put everybody into the same one category: chance then explains it all
 */
export function cohensKappa(table: readonly (readonly number[])[]): Kappa | null {
  const people = sum(table.map(sum));
  const shares = table.map((row) => row.map((cell) => cell / people));
  const rows = shares.map(sum);
  const columns = shares.map((_, j) => sum(shares.map((row) => row[j]!)));
  const agreement = sum(table.map((row, i) => row[i]!)) / people;
  const chance = sum(rows.map((row, i) => row * columns[i]!));
  if (people === 0 || chance === 1) return null;
  const value = (agreement - chance) / (1 - chance);
  const spread = spreadOf({ shares, rows, columns, agreement, chance });
  const standardError = Math.sqrt(spread / people) / (1 - chance) ** 2;
  const half = Z_95 * standardError;
  return {
    value,
    low: Math.max(-1, agreement === 1 ? (wilson(people, people)!.low - chance) / (1 - chance) : value - half),
    high: Math.min(1, value + half),
    agreement,
    standardError,
    standardErrorByChance: standardErrorByChance(rows, columns, chance, people),
  };
}

interface Shares {
  shares: number[][];
  rows: number[];
  columns: number[];
  agreement: number;
  chance: number;
}

/** What the cells on and off the diagonal add, less what the means take away. */
function spreadOf({ shares, rows, columns, agreement, chance }: Shares): number {
  let spread = -((agreement * chance - 2 * chance + agreement) ** 2);
  shares.forEach((row, i) =>
    row.forEach((share, j) => {
      const margins = columns[i]! + rows[j]!;
      spread +=
        i === j
          ? share * (1 - chance - margins * (1 - agreement)) ** 2
          : (1 - agreement) ** 2 * share * margins ** 2;
    }),
  );
  return Math.max(0, spread);
}

/** As if both judged without regard to what is judged. */
function standardErrorByChance(rows: number[], columns: number[], chance: number, people: number): number {
  const products = sum(rows.map((row, i) => row * columns[i]! * (row + columns[i]!)));
  return Math.sqrt(Math.max(0, chance + chance ** 2 - products) / people) / (1 - chance);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
