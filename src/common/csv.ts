import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { DateTime } from 'luxon';
import { DEFAULT_ZONE } from './local-date.js';

/** `csv` is for machines (comma, ISO dates), `csv-excel` for a Danish Excel (semicolon, BOM, CRLF, `dd.mm.yyyy`). */
export const CSV_FORMATS = ['csv', 'csv-excel'] as const;

/** How a table is written. */
export type CsvFormat = (typeof CSV_FORMATS)[number];

type Cell = string | number | Date | null;

/** A column: its heading and how its cell is taken from a row. Instants are `Date`s, local dates `YYYY-MM-DD` texts. */
export interface CsvColumn<T> {
  header: string;
  value: (row: T) => Cell;
}

/**
 * Writes rows as they come. A cell that a spreadsheet would take for a formula is neutralised with an apostrophe (OWASP
 * "CSV Injection").
 */
export function csvStream<T>(
  format: CsvFormat,
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  zone = DEFAULT_ZONE,
): Readable {
  const isExcel = format === 'csv-excel';
  const writer = stringify({
    header: true,
    columns: columns.map((column, index) => ({ key: String(index), header: column.header })),
    delimiter: isExcel ? ';' : ',',
    record_delimiter: isExcel ? 'windows' : 'unix',
    bom: isExcel,
    escape_formulas: true,
  });
  const cell = isExcel ? (value: Cell) => excelCell(value, zone) : isoCell;
  return Readable.from(records(columns, rows, cell)).compose(writer);
}

async function* records<T>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  cell: (value: Cell) => string,
): AsyncGenerator<string[]> {
  for await (const row of rows) yield columns.map((column) => cell(column.value(row)));
}

function isoCell(value: Cell): string {
  return value instanceof Date ? value.toISOString() : plain(value);
}

function excelCell(value: Cell, zone: string): string {
  if (value instanceof Date) return DateTime.fromJSDate(value, { zone }).toFormat('dd.MM.yyyy HH:mm');
  if (typeof value === 'number') return String(value).replace('.', ',');
  const text = plain(value);
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return day ? `${day[3]}.${day[2]}.${day[1]}` : text;
}

function plain(value: string | number | null): string {
  return value === null ? '' : String(value);
}
