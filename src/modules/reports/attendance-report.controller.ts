import { Controller, Get, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { AttendanceExport } from './attendance-export.js';
import { AttendanceReport } from './attendance-report.queries.js';
import { attendanceQuery, attendanceReport } from './attendance-report.schemas.js';
import { reportDownload, XLSX_TYPE } from './report-download.js';

/** Who was expected on onboarding days, and who came. */
@ApiTags('reports')
@Controller('api/v1/reports/attendance')
export class AttendanceReportController {
  constructor(
    private readonly report: AttendanceReport,
    private readonly exports: AttendanceExport,
  ) {}

  /** Rows and totals as JSON, or all rows as CSV or XLSX. A leader gets those who worked for the own municipality on the day. */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('reports:read')
  @ApiProduces('application/json', 'text/csv', XLSX_TYPE)
  @ApiOkResponse({ standardSchema: attendanceReport })
  async show(
    @Query({ schema: attendanceQuery }) filter: z.output<typeof attendanceQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    if (filter.format) {
      const file = await this.exports.stream(scope, filter, filter.format, requestLanguage(request));
      return reportDownload(file, 'attendance', filter.format);
    }
    const [page, totals] = await Promise.all([
      this.report.page(scope, filter),
      this.report.totals(scope, filter),
    ]);
    return { ...page, totals };
  }
}
