import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Page } from '../../web/render/page.decorator.js';
import { AttendanceReport, ATTENDANCE_STATES } from './attendance-report.queries.js';
import { attendancePageQuery } from './attendance-report.schemas.js';
import { ReportChoices } from './report-choices.js';
import { reportLinks } from './report-links.js';
import { SavedReportService } from './saved-report.service.js';

const ROWS = 50;

/** The attendance report as a page. */
@Controller('rapporter/fremmoede')
@Roles('secretariat', 'leader')
export class AttendanceReportPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: AttendanceReport,
    private readonly choices: ReportChoices,
    private readonly saved: SavedReportService,
  ) {}

  @Get()
  @Page('reports/attendance')
  async show(
    @Query({ schema: attendancePageQuery }) filter: z.output<typeof attendancePageQuery>,
    @Current() principal: Principal,
  ) {
    const scope = scopeOf(principal);
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const [page, totals] = await Promise.all([
      this.report.page(scope, { ...filter, limit: ROWS }),
      this.report.totals(scope, filter),
    ]);
    return {
      filter,
      totals,
      rows: page.items,
      statuses: ATTENDANCE_STATES,
      ...reportLinks(filter, page.nextCursor),
      days: await this.choices.days(today),
      saved: await this.saved.list(principal.personId),
      ...(await this.choices.who(principal, today)),
    };
  }
}
