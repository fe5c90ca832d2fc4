import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { FigureLooks } from '../quality/index.js';
import { QualityExport } from './quality-export.js';
import { QualityReport } from './quality-report.queries.js';
import { qualityQuery, qualityReport } from './quality-report.schemas.js';
import { reportDownload, XLSX_TYPE } from './report-download.js';

/** First-contact resolution by agent and month. */
@ApiTags('reports')
@Controller('api/v1/reports/quality')
export class QualityReportController {
  constructor(
    private readonly report: QualityReport,
    private readonly exports: QualityExport,
    private readonly looks: FigureLooks,
  ) {}

  /**
   * Rows and totals as JSON, or all rows as CSV or XLSX. A leader gets months in which an agent worked for the own municipality and
   * no other. Figures of single agents: the look is noted, and programs need a scope of its own.
   */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('figures:read')
  @ApiProduces('application/json', 'text/csv', XLSX_TYPE)
  @ApiOkResponse({ standardSchema: qualityReport })
  async show(
    @Query({ schema: qualityQuery }) filter: z.output<typeof qualityQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    if (filter.format) {
      const file = await this.exports.stream(principal, filter, filter.format, requestLanguage(request));
      return reportDownload(file, 'quality', filter.format);
    }
    const scope = scopeOf(principal);
    const [page, totals] = await Promise.all([
      this.report.page(scope, filter),
      this.report.totals(scope, filter),
    ]);
    await this.looks.record(
      principal,
      page.items.map(({ agentId }) => agentId),
      'report',
    );
    return { ...page, totals };
  }
}
