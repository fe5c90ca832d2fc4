import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/scope.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import type { ExportFormat } from './completion-report.schemas.js';
import { readingTimeColumns } from './reading-time.columns.js';
import { ReadingTimeReport, type ReadingTimeFilter } from './reading-time.queries.js';
import { tableStream } from './table-stream.js';

/** The whole reading-time report as a file. */
@Injectable()
export class ReadingTimeExport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly report: ReadingTimeReport,
  ) {}

  /** All rows in the wished form; CSV is streamed. @throws DomainError `too_many_rows` for XLSX */
  async stream(
    scope: Scope,
    filter: ReadingTimeFilter,
    format: ExportFormat,
    language: string,
  ): Promise<Readable> {
    const columns = readingTimeColumns(format, filter.by, translator(language));
    return tableStream(format, columns, this.report.rows(scope, filter), this.env.TZ_NAME);
  }
}
