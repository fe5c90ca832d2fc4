import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { ReadingTimeExport } from './reading-time-export.js';
import { ReadingTimeReport } from './reading-time.queries.js';
import { MOST_DAYS, periodFault, readingPeriod } from './reading-time.rules.js';
import { readingTimeQuery, readingTimeReport } from './reading-time.schemas.js';
import { reportDownload, XLSX_TYPE } from './report-download.js';

/** How much time reading takes, by estimate, against shifts worked. */
@ApiTags('reports')
@Controller('api/v1/reports/reading-time')
export class ReadingTimeController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: ReadingTimeReport,
    private readonly exports: ReadingTimeExport,
  ) {}

  /**
   * Rows by month and totals as JSON, or all rows as CSV or XLSX. A leader gets those who worked for the own municipality on the day.
   * Minutes are what a version is estimated to take; nobody's reading is timed.
   */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('reports:read')
  @ApiProduces('application/json', 'text/csv', XLSX_TYPE)
  @ApiOkResponse({ standardSchema: readingTimeReport })
  async show(
    @Query({ schema: readingTimeQuery }) query: z.output<typeof readingTimeQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const scope = scopeOf(principal);
    const period = readingPeriod(query, localDateOf(this.clock.now(), this.env.TZ_NAME));
    const fault = periodFault(period);
    const args = { days: MOST_DAYS };
    if (fault) throw new DomainError(fault, 'rule', { args, faults: [{ field: 'from', code: fault, args }] });
    const filter = { ...query, ...period };
    if (filter.format) {
      const file = await this.exports.stream(scope, filter, filter.format, requestLanguage(request));
      return reportDownload(file, 'reading-time', filter.format);
    }
    const [page, totals] = await Promise.all([
      this.report.page(scope, filter),
      this.report.totals(scope, filter),
    ]);
    return { ...period, ...page, totals };
  }
}
