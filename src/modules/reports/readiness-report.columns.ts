import type { CsvColumn } from '../../common/csv.js';
import type { Translator } from '../../web/i18n/translate.js';
import { REASON_CODES } from '../readiness/index.js';
import type { ExportFormat } from './completion-report.schemas.js';
import type { ReadinessReportRow } from './readiness-report.queries.js';

/** The columns of the export: field names for machines, headings in the reader's language for Excel. */
export function readinessColumns(format: ExportFormat, t: Translator): CsvColumn<ReadinessReportRow>[] {
  const column = (
    field: string,
    value: CsvColumn<ReadinessReportRow>['value'],
  ): CsvColumn<ReadinessReportRow> => ({
    header: format === 'csv' ? field : t(`readinessReport.${field}`),
    value,
  });
  return [
    column('on', (row) => row.on),
    column('municipalityCode', (row) => row.municipalityCode),
    column('municipality', (row) => row.municipality),
    column('shifts', (row) => row.shifts),
    column('ready', (row) => row.ready),
    column('overridden', (row) => row.overridden),
    column('notReady', (row) => row.notReady),
    ...REASON_CODES.map((code) => column(code, (row) => row.notReadyBy[code])),
  ];
}
