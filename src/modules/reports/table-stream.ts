import type { Readable } from 'node:stream';
import { csvStream, type CsvColumn } from '../../common/csv.js';
import { xlsxStream } from '../../common/xlsx.js';
import type { ExportFormat } from './completion-report.schemas.js';

/** Rows in the wished form; CSV is streamed. @throws DomainError `too_many_rows` for XLSX */
export async function tableStream<T>(
  format: ExportFormat,
  columns: readonly CsvColumn<T>[],
  rows: AsyncIterable<T>,
  zone: string,
): Promise<Readable> {
  return format === 'xlsx' ? xlsxStream(columns, rows, zone) : csvStream(format, columns, rows, zone);
}
