import type { CsvColumn } from '../../common/csv.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { AttendanceReportRow } from './attendance-report.queries.js';
import type { ExportFormat } from './completion-report.schemas.js';

/** The columns of the export: field names for machines, headings and words in the reader's language for Excel. */
export function attendanceColumns(format: ExportFormat, t: Translator): CsvColumn<AttendanceReportRow>[] {
  const isExcel = format !== 'csv';
  const column = (
    field: string,
    value: CsvColumn<AttendanceReportRow>['value'],
  ): CsvColumn<AttendanceReportRow> => ({
    header: isExcel ? t(`report.column.${field}`) : field,
    value,
  });
  const word = (kind: string, value: string | null) =>
    isExcel && value !== null ? t(`attendance.${kind}.${value}`) : value;
  return [
    column('dayId', (row) => row.dayId),
    column('on', (row) => row.on),
    column('venue', (row) => row.venue),
    column('agentId', (row) => row.agentId),
    column('lastName', (row) => row.lastName),
    column('firstName', (row) => row.firstName),
    column('municipalityCode', (row) => row.municipalityCode),
    column('municipality', (row) => row.municipality),
    column('leader', (row) => row.leader),
    column('booking', (row) => word('booking', row.booking)),
    column('status', (row) => word('status', row.status)),
    column('mustAttendAgain', (row) => yesOrNo(row.mustAttendAgain, isExcel ? t : undefined)),
    column('reason', (row) => word('reason', row.reason)),
    column('source', (row) => word('source', row.source)),
    column('markedAt', (row) => row.markedAt),
    column('markedBy', (row) => row.markedBy),
  ];
}

function yesOrNo(value: boolean | null, t: Translator | undefined): string | null {
  if (value === null) return null;
  return t ? t(value ? 'attendance.yes' : 'attendance.no') : String(value);
}
