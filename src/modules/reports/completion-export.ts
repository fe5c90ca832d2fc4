import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/scope.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import { completionColumns } from './completion-report.columns.js';
import { CompletionReport, type CompletionFilter } from './completion-report.queries.js';
import type { ExportFormat } from './completion-report.schemas.js';
import { tableStream } from './table-stream.js';

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
    return tableStream(format, columns, this.report.rows(scope, filter), this.env.TZ_NAME);
  }
}
