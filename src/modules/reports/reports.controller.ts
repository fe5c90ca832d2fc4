import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { CompletionExport } from './completion-export.js';
import { CompletionReport } from './completion-report.queries.js';
import { completionQuery, completionReport } from './completion-report.schemas.js';
import { reportDownload, XLSX_TYPE } from './report-download.js';

/** Reports for the secretariat; a leader gets the own municipality's part of each. */
@ApiTags('reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    private readonly completions: CompletionReport,
    private readonly exports: CompletionExport,
  ) {}

  /** Who is through the e-learning: rows and totals as JSON, or all rows as CSV or XLSX. */
  @Get('completions')
  @Roles('secretariat', 'leader')
  @Scoped('reports:read')
  @ApiProduces('application/json', 'text/csv', XLSX_TYPE)
  @ApiOkResponse({ standardSchema: completionReport })
  async completionReport(
    @Query({ schema: completionQuery }) filter: z.output<typeof completionQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    if (filter.format) {
      const file = await this.exports.stream(scope, filter, filter.format, requestLanguage(request));
      return reportDownload(file, 'completions', filter.format);
    }
    const [page, totals] = await Promise.all([
      this.completions.page(scope, filter),
      this.completions.totals(scope, filter),
    ]);
    return { ...page, totals };
  }
}
