import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { ENV, type Env } from '../../config/env.js';
import { translator } from '../../web/i18n/translate.js';
import { FigureLooks } from '../quality/index.js';
import type { ExportFormat } from './completion-report.schemas.js';
import { qualityColumns } from './quality-report.columns.js';
import { QualityReport, type QualityFilter } from './quality-report.queries.js';
import { tableStream } from './table-stream.js';

/** The whole quality report as a file. */
@Injectable()
export class QualityExport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly report: QualityReport,
    private readonly looks: FigureLooks,
  ) {}

  /** All rows in the wished form; the look at each agent in it is noted. @throws DomainError `too_many_rows` for XLSX */
  async stream(
    principal: Principal,
    filter: QualityFilter,
    format: ExportFormat,
    language: string,
  ): Promise<Readable> {
    const scope = scopeOf(principal);
    await this.looks.record(principal, await this.report.agents(scope, filter), 'report');
    const columns = qualityColumns(format, translator(language));
    return tableStream(format, columns, this.report.rows(scope, filter), this.env.TZ_NAME);
  }
}
