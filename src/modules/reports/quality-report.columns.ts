import type { CsvColumn } from '../../common/csv.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { ExportFormat } from './completion-report.schemas.js';
import type { QualityRow } from './quality-report.queries.js';

const FIELDS = [
  'month',
  'agentId',
  'lastName',
  'firstName',
  'municipalityCode',
  'municipality',
  'answered',
  'resolved',
  'warmTransferred',
  'rate',
  'low',
  'high',
  'rateWithWarm',
  'streakPosition',
] as const;

/** The columns of the export: field names for machines, headings in the reader's language for Excel. */
export function qualityColumns(format: ExportFormat, t: Translator): CsvColumn<QualityRow>[] {
  return FIELDS.map((field) => ({
    header: format === 'csv' ? field : t(`report.column.${field}`),
    value: (row) => row[field],
  }));
}
