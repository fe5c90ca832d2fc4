import type { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { ExportFormat } from './completion-report.schemas.js';

/** Media type of an Excel workbook. */
export const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** The file as a download under the name, to which the ending is added. */
export function reportDownload(file: Readable, name: string, format: ExportFormat): StreamableFile {
  const isXlsx = format === 'xlsx';
  return new StreamableFile(file, {
    type: isXlsx ? XLSX_TYPE : 'text/csv; charset=utf-8',
    disposition: `attachment; filename="${name}.${isXlsx ? 'xlsx' : 'csv'}"`,
  });
}
