import type { FieldFault } from '../../../../common/domain-error.js';
import type { PlanFormat } from '../../entities/shift-import.entity.js';
import type { PlanRow } from '../shift-columns.rules.js';
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
export interface FileRow extends PlanRow {
  fault?: FieldFault;
}

/** The most rows a file of a format may have. */
export const MOST_ROWS: Record<PlanFormat, number> = { csv: 1_000_000, xlsx: 50_000, ics: 1_000_000 };

/**
 * The rows of a plan, read piece by piece.
 * @throws DomainError `table_unreadable`, `workbook_counts_otherwise`
 */
export function planRows(file: PlanFile, zone: string): AsyncGenerator<FileRow> {
  if (file.format === 'xlsx') return workbookRows(file.path);
  return file.format === 'ics' ? calendarRows(file.path, file.encoding, zone) : csvRows(file);
}
