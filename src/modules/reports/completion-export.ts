import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/scope.js';
import { csvStream } from '../../common/csv.js';
import { xlsxStream } from '../../common/xlsx.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import { completionColumns } from './completion-report.columns.js';
import { CompletionReport, type CompletionFilter } from './completion-report.queries.js';
import type { ExportFormat } from './completion-report.schemas.js';

/** The whole completion report as a file. */
@Injectable()
export class CompletionExport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly report: CompletionReport,
  ) {}

  /** All rows in the wished form; CSV is streamed. @throws DomainError `too_many_rows` for XLSX */
  async stream(
    scope: Scope,
    filter: CompletionFilter,
    format: ExportFormat,
    language: string,
  ): Promise<Readable> {
    const columns = completionColumns(format, translator(language));
    const rows = this.report.rows(scope, filter);
    return format === 'xlsx'
      ? xlsxStream(columns, rows, this.env.TZ_NAME)
      : csvStream(format, columns, rows, this.env.TZ_NAME);
  }
}
