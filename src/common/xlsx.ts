import { Readable } from 'node:stream';
import writeExcelFile, { type SheetData } from 'write-excel-file/node';
import type { CsvColumn } from './csv.js';
import { DomainError } from './domain-error.js';

/** A workbook is built in memory before it is sent; longer tables are to be had as CSV, which is streamed. */
export const XLSX_MAX_ROWS = 50_000;

const WIDTH = 18;

/**
 * The rows as an Excel workbook with a bold first row; instants and days become dates that Excel can sort.
 * @throws DomainError `too_many_rows` for more than `XLSX_MAX_ROWS`
 */
export async function xlsxStream<T>(
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  zone: string,
): Promise<Readable> {
  const sheet: SheetData = [columns.map(({ header }) => ({ value: header, fontWeight: 'bold' as const }))];
  for await (const row of rows) {
    if (sheet.length > XLSX_MAX_ROWS)
      throw new DomainError('too_many_rows', 'rule', { args: { maximum: XLSX_MAX_ROWS } });
    sheet.push(columns.map((column) => cellOf(column.value(row), zone)));
  }
  const file = writeExcelFile(sheet, { columns: columns.map(() => ({ width: WIDTH })), stickyRowsCount: 1 });
  return Readable.from([await file.toBuffer()]);
}

function cellOf(value: string | number | Date | null, zone: string) {
  if (value === null || value === '') return null;
  if (value instanceof Date)
    return { value: inZone(value, zone), type: Date, format: 'dd-mm-yyyy hh:mm' } as const;
  if (typeof value === 'number') return { value, type: Number } as const;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value))
    return { value: new Date(value), type: Date, format: 'dd-mm-yyyy' } as const;
  // A text cell is never taken for a formula, so nothing has to be neutralised.
  return { value, type: String } as const;
}

/** Excel knows no time zones: what the clock on the wall showed, written as if it were UTC. */
function inZone(instant: Date, zone: string): Date {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return new Date(`${parts.format(instant).replace(' ', 'T')}Z`);
}
