import type { CsvColumn } from '../../common/csv.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { ExportFormat } from './completion-report.schemas.js';
import type { ReadingTimeBy, ReadingTimeRow } from './reading-time.queries.js';

const AGENT_FIELDS = ['agentId', 'lastName', 'firstName'] as const;
const SUM_FIELDS = ['minutes', 'readings', 'shifts', 'shiftHours', 'minutesPerShiftHour'] as const;

/** The columns of the export: field names for machines, headings in the reader's language for Excel. */
export function readingTimeColumns(
  format: ExportFormat,
  by: ReadingTimeBy,
  t: Translator,
): CsvColumn<ReadingTimeRow>[] {
  const fields = [
    'month',
    ...(by === 'agent' ? AGENT_FIELDS : []),
    'municipalityCode',
    'municipality',
    ...(by === 'agent' ? [] : (['agents'] as const)),
    ...SUM_FIELDS,
  ] as const;
  return fields.map((field) => ({
    header: format === 'csv' ? field : t(`report.column.${field}`),
    value: (row) => row[field],
  }));
}
