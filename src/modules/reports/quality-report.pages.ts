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
import { FEW_CALLS, FigureLooks, QualityTrend } from '../quality/index.js';
import { QualityReport } from './quality-report.queries.js';
import { qualityPageQuery } from './quality-report.schemas.js';
import { ReportChoices } from './report-choices.js';
import { reportLinks } from './report-links.js';

const ROWS = 50;

/** The quality report as a page; whoever looks is noted. */
@Controller('rapporter/kvalitet')
@Roles('secretariat', 'leader')
export class QualityReportPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: QualityReport,
    private readonly choices: ReportChoices,
    private readonly trend: QualityTrend,
    private readonly looks: FigureLooks,
  ) {}

  @Get()
  @Page('reports/quality')
  async show(
    @Query({ schema: qualityPageQuery }) filter: z.output<typeof qualityPageQuery>,
    @Current() principal: Principal,
  ) {
    const scope = scopeOf(principal);
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const [page, totals] = await Promise.all([
      this.report.page(scope, { ...filter, limit: ROWS }),
      this.report.totals(scope, filter),
    ]);
    await this.looks.record(
      principal,
      page.items.map(({ agentId }) => agentId),
      'report',
    );
    return {
      filter,
      totals,
      rows: page.items,
      months: await this.trend.months(),
      few: FEW_CALLS,
      fewest: FEW_CALLS - 1,
      ...reportLinks(filter, page.nextCursor),
      ...(await this.choices.who(principal, today)),
    };
  }
}
