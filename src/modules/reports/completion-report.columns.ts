import type { CsvColumn } from '../../common/csv.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { ExportFormat } from './completion-report.schemas.js';
import type { CompletionRow } from './completion-report.queries.js';

/** The columns of the export: field names for machines, headings and words in the reader's language for Excel. */
export function completionColumns(format: ExportFormat, t: Translator): CsvColumn<CompletionRow>[] {
  const isExcel = format !== 'csv';
  const column = (field: string, value: CsvColumn<CompletionRow>['value']): CsvColumn<CompletionRow> => ({
    header: isExcel ? t(`report.column.${field}`) : field,
    value,
  });
  return [
    column('agentId', (row) => row.agentId),
    column('lastName', (row) => row.lastName),
    column('firstName', (row) => row.firstName),
    column('email', (row) => row.email),
    column('municipalityCode', (row) => row.municipalityCode),
    column('municipality', (row) => row.municipality),
    column('leader', (row) => row.leader),
    column('courseCode', (row) => row.courseCode),
    column('course', (row) => row.course),
    column('state', (row) => (isExcel ? t(`enrolment.state.${row.state}`) : row.state)),
    column('completedAt', (row) => row.completedAt),
    column('source', (row) => row.source),
    column('startOn', (row) => row.startOn),
    column('firstShiftOn', (row) => row.firstShiftOn),
    column('onboardingAttendedOn', (row) => row.onboardingAttendedOn),
    column('onboardingSeatOn', (row) => row.onboardingSeatOn),
  ];
}
