import { Controller, Get, Inject, Query, Req } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { localDate, municipalityCode } from '../../common/fields.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { pageOfWhole, pageQuery } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { translator } from '../../web/i18n/translate.js';
import { REASON_CODES } from '../readiness/index.js';
import { EXPORT_FORMATS } from './completion-report.schemas.js';
import { readinessColumns } from './readiness-report.columns.js';
import { ReadinessReport } from './readiness-report.queries.js';
import { reportDownload, XLSX_TYPE } from './report-download.js';
import { tableStream } from './table-stream.js';

const readinessReportQuery = z.strictObject({
  municipality: municipalityCode.optional(),
  from: localDate.optional().meta({ description: 'first day; today when left out' }),
  to: localDate.optional().meta({ description: 'last day; 13 days after the first when left out' }),
  format: z.enum(EXPORT_FORMATS).optional(),
  ...pageQuery,
});

const readinessReport = z.object({
  items: z.array(
    z.object({
      on: z.string(),
      municipalityCode: z.string(),
      municipality: z.string(),
      shifts: z.number(),
      ready: z.number(),
      overridden: z.number(),
      notReady: z.number(),
      notReadyBy: z
        .record(z.enum(REASON_CODES), z.number())
        .meta({ description: 'shifts that are not ready by what blocks them; one may have several reasons' }),
    }),
  ),
  nextCursor: z.string().nullable(),
});

/** How many shifts have agents who are ready, by day and municipality. */
@ApiTags('reports')
@Controller('api/v1/reports/readiness')
export class ReadinessReportController {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly report: ReadinessReport,
  ) {}

  /** Rows as JSON, or all of them as CSV or XLSX; the answers are those of now, for past shifts too. */
  @Get()
  @Roles('secretariat', 'leader')
  @Scoped('reports:read')
  @ApiProduces('application/json', 'text/csv', XLSX_TYPE)
  @ApiOkResponse({ standardSchema: readinessReport })
  async show(
    @Query({ schema: readinessReportQuery }) filter: z.output<typeof readinessReportQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const rows = await this.report.rows(scopeOf(principal), filter);
    if (!filter.format) return pageOfWhole(rows, filter);
    const columns = readinessColumns(filter.format, translator(requestLanguage(request)));
    const file = await tableStream(filter.format, columns, each(rows), this.env.TZ_NAME);
    return reportDownload(file, 'readiness', filter.format);
  }
}

// The writers of tables take rows as they come.
// eslint-disable-next-line @typescript-eslint/require-await
async function* each<T>(rows: readonly T[]): AsyncGenerator<T> {
  yield* rows;
}
