import { Controller, Get, Inject, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { csvStream } from '../../common/csv.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { ENV, type Env } from '../../config/env.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { completionColumns } from './completion-report.columns.js';
import { CompletionReport } from './completion-report.queries.js';
import { completionQuery, completionReport } from './completion-report.schemas.js';

/** Reports for the secretariat; a leader gets the own municipality's part of each. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly completions: CompletionReport,
  ) {}

  /** Who is through the e-learning: rows and totals as JSON, or all rows as CSV. */
  @Get('completions')
  @Roles('secretariat', 'leader')
  @ApiProduces('application/json', 'text/csv')
  @ApiOkResponse({ standardSchema: completionReport })
  async completionReport(
    @Query({ schema: completionQuery }) filter: z.output<typeof completionQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    if (filter.format) {
      const columns = completionColumns(filter.format, translator(requestLanguage(request)));
      const csv = csvStream(filter.format, columns, this.completions.rows(scope, filter), this.env.TZ_NAME);
      return new StreamableFile(csv, {
        type: 'text/csv; charset=utf-8',
        disposition: 'attachment; filename="completions.csv"',
      });
    }
    const [page, totals] = await Promise.all([
      this.completions.page(scope, filter),
      this.completions.totals(scope, filter),
    ]);
    return { ...page, totals };
  }
}
