import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/scope.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import { attendanceColumns } from './attendance-report.columns.js';
import { AttendanceReport, type AttendanceFilter } from './attendance-report.queries.js';
import type { ExportFormat } from './completion-report.schemas.js';
import { tableStream } from './table-stream.js';

/** The whole attendance report as a file. */
@Injectable()
export class AttendanceExport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly report: AttendanceReport,
  ) {}

  /** All rows in the wished form; CSV is streamed. @throws DomainError `too_many_rows` for XLSX */
  async stream(
    scope: Scope,
    filter: AttendanceFilter,
    format: ExportFormat,
    language: string,
  ): Promise<Readable> {
    const columns = attendanceColumns(format, translator(language));
    return tableStream(format, columns, this.report.rows(scope, filter), this.env.TZ_NAME);
  }
}
