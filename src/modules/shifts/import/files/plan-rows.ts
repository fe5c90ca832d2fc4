import { DomainError, type FieldFault } from '../../../../common/domain-error.js';
import type { PlanFormat } from '../../entities/shift-import.entity.js';
import type { TableRow } from '../../../imports/index.js';
import { calendarRows } from './calendar-rows.js';
import { csvRows } from './csv-rows.js';
import { workbookRows } from './workbook-rows.js';

/** A file as far as reading it goes. */
export interface PlanFile {
  path: string;
  format: PlanFormat;
  encoding: string;
  delimiter: string;
}

/** A row of a file, perhaps with what is wrong with it in a way the cells cannot say. */
export interface FileRow extends TableRow {
  fault?: FieldFault;
}

/** The most rows a file of a format may have. */
export const MOST_ROWS: Record<PlanFormat, number> = { csv: 1_000_000, xlsx: 50_000, ics: 1_000_000 };

/**
 * The rows of a plan, read piece by piece.
 * @throws DomainError `table_unreadable`, `workbook_counts_otherwise`
 */
export async function* planRows(file: PlanFile, zone: string): AsyncGenerator<FileRow> {
  try {
    yield* rowsByFormat(file, zone);
  } catch (error) {
    // A fault nobody has thought of comes again however often the file is read; one of the disk may pass.
    const mayPass = error instanceof Error && 'syscall' in error;
    throw mayPass || error instanceof DomainError ? error : new DomainError('table_unreadable', 'rule');
  }
}

function rowsByFormat(file: PlanFile, zone: string): AsyncGenerator<FileRow> {
  if (file.format === 'xlsx') return workbookRows(file.path);
  return file.format === 'ics' ? calendarRows(file.path, file.encoding, zone) : csvRows(file);
}
