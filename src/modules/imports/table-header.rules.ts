import { headingKey, mapColumns, type ColumnNames } from './cells.rules.js';

/** A row of a table. */
export interface TableRow {
  /** As the spreadsheet counts: the first line is 1, and empty ones count. */
  number: number;
  cells: string[];
}

/** Which column says what, by position. */
export type ColumnMapping<Name extends string = string> = Partial<Record<Name, number>>;

/** The row with the headings of a table, and what is known about its columns. */
export interface TableHeader<Name extends string = string> {
  row: number;
  headings: string[];
  mapping: ColumnMapping<Name>;
  /** The first rows below it, to be looked at by whoever says what the columns mean. */
  examples: string[][];
}

/** Titles and the like stand above the headings, and seldom more than this. */
export const SAMPLE_ROWS = 30;
const EXAMPLES = 5;
const NUMBER = /^[\d.,: ]*\d\s*%?$/;

/** How a row of headings is recognised again: the same words in the same order. */
export function headerSignature(headings: readonly string[]): string {
  return headings.map(headingKey).join('|').replace(/\|+$/, '');
}

/**
 * Finds the row with the headings among the first rows of a table: the one of which most columns are known, else the first of those
 * with the most cells, rows with numbers left out: a heading is no number, and may be missing above some column.
 * @param remembered what was said the last time about a row of headings with this signature
 * @returns undefined for a table with less than two columns
 */
export function findHeader<Name extends string>(
  rows: readonly TableRow[],
  columns: readonly ColumnNames<Name>[],
  remembered: (signature: string) => ColumnMapping<Name> | undefined,
): TableHeader<Name> | undefined {
  const wide = rows.filter((row) => widthOf(row) >= 2);
  if (wide.length === 0) return undefined;
  const guess = (cells: readonly string[]) => guessed(cells, columns);
  const known = wide.find(({ cells }) => remembered(headerSignature(cells)) !== undefined);
  const best = known ?? mostOf(wide, ({ cells }) => Object.keys(guess(cells)).length);
  const row = known ?? (Object.keys(guess(best.cells)).length > 1 ? best : mostOf(wordsOf(wide), widthOf));
  const examples = rows.filter(({ number }) => number > row.number).slice(0, EXAMPLES);
  return {
    row: row.number,
    headings: row.cells.map((cell) => cell.trim()),
    mapping: remembered(headerSignature(row.cells)) ?? guess(row.cells),
    examples: examples.map(({ cells }) => row.cells.map((_, position) => cells[position] ?? '')),
  };
}

/** The columns that several headings claim to be: which of them is meant cannot be told from the names. */
export function doubtfulColumns<Name extends string>(
  headings: readonly string[],
  columns: readonly ColumnNames<Name>[],
): Name[] {
  const claimed = (column: ColumnNames<Name>) =>
    headings.filter((heading) => mapColumns([heading], [column]).positions.size > 0).length;
  return columns.filter((column) => claimed(column) > 1).map(({ name }) => name);
}

function guessed<Name extends string>(
  cells: readonly string[],
  columns: readonly ColumnNames<Name>[],
): ColumnMapping<Name> {
  return Object.fromEntries(mapColumns(cells, columns).positions) as ColumnMapping<Name>;
}

/** The rows without a number, or all where each has one. */
function wordsOf(rows: readonly TableRow[]): readonly TableRow[] {
  const wordy = rows.filter(({ cells }) => !cells.some((cell) => NUMBER.test(cell.trim())));
  return wordy.length > 0 ? wordy : rows;
}

function widthOf({ cells }: TableRow): number {
  return cells.filter((cell) => cell.trim() !== '').length;
}

function mostOf(rows: readonly TableRow[], of: (row: TableRow) => number): TableRow {
  return rows.reduce((best, row) => (of(row) > of(best) ? row : best));
}
