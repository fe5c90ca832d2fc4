import { Controller, Get, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf, type Scope } from '../../common/access/scope.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { CompletionExport } from './completion-export.js';
import { CompletionReport, type CompletionFilter } from './completion-report.queries.js';
import { completionQuery, completionReport, type ExportFormat } from './completion-report.schemas.js';

const XLSX_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

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
    if (filter.format) return this.download(scope, filter, filter.format, requestLanguage(request));
    const [page, totals] = await Promise.all([
      this.completions.page(scope, filter),
      this.completions.totals(scope, filter),
    ]);
    return { ...page, totals };
  }

  private async download(scope: Scope, filter: CompletionFilter, format: ExportFormat, language: string) {
    const isXlsx = format === 'xlsx';
    return new StreamableFile(await this.exports.stream(scope, filter, format, language), {
      type: isXlsx ? XLSX_TYPE : 'text/csv; charset=utf-8',
      disposition: `attachment; filename="completions.${isXlsx ? 'xlsx' : 'csv'}"`,
    });
  }
}
