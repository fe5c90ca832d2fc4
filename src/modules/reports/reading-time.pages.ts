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
import { ReadingTimeReport } from './reading-time.queries.js';
import { MOST_DAYS, periodFault, readingPeriod } from './reading-time.rules.js';
import { readingTimePageQuery } from './reading-time.schemas.js';
import { ReportChoices } from './report-choices.js';
import { reportLinks } from './report-links.js';
import { SavedReportService } from './saved-report.service.js';

const ROWS = 50;

/** The reading-time report as a page. */
@Controller('rapporter/laesetid')
@Roles('secretariat', 'leader')
export class ReadingTimePages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: ReadingTimeReport,
    private readonly choices: ReportChoices,
    private readonly saved: SavedReportService,
  ) {}

  @Get()
  @Page('reports/reading-time')
  async show(
    @Query({ schema: readingTimePageQuery }) filter: z.output<typeof readingTimePageQuery>,
    @Current() principal: Principal,
  ) {
    const scope = scopeOf(principal);
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const asked = readingPeriod(filter, today);
    const fault = periodFault(asked);
    // A period that cannot be shown is said to be so, and the usual one shown instead.
    const period = fault ? readingPeriod({}, today) : asked;
    const by = filter.by ?? 'municipality';
    const question = { ...period, municipality: filter.municipality, by };
    const [page, totals] = await Promise.all([
      this.report.page(scope, { ...question, cursor: filter.cursor, limit: ROWS }),
      this.report.totals(scope, question),
    ]);
    const links = reportLinks(
      fault ? { ...filter, from: undefined, to: undefined } : filter,
      page.nextCursor,
    );
    return {
      filter: { ...filter, by },
      fault,
      mostDays: MOST_DAYS,
      ...period,
      totals,
      rows: page.items,
      isByAgent: by === 'agent',
      ...links,
      // Programs get agents unless they ask for municipalities; the page the other way round.
      exportQuery: filter.by ? links.exportQuery : `${links.exportQuery}&by=${by}`,
      saved: await this.saved.list(principal.personId),
      ...(await this.choices.who(principal, today)),
    };
  }
}
