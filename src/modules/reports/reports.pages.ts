import { Controller, Get, Inject, Query } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { queryString } from '../../web/query-string.js';
import { Page } from '../../web/render/page.decorator.js';
import { CourseQueries } from '../courses/index.js';
import { PeopleQueries } from '../identity/index.js';
import { MunicipalityQueries } from '../municipalities/index.js';
import { CompletionReport } from './completion-report.queries.js';
import { completionPageQuery } from './completion-report.schemas.js';

const ROWS = 50;

/** The completion report as a page. */
@Controller('rapporter')
@Roles('secretariat', 'leader')
export class ReportsPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: CompletionReport,
    private readonly municipalities: MunicipalityQueries,
    private readonly courses: CourseQueries,
    private readonly people: PeopleQueries,
  ) {}

  @Get()
  @Page('reports/completions')
  async completions(
    @Query({ schema: completionPageQuery }) filter: z.output<typeof completionPageQuery>,
    @Current() principal: Principal,
  ) {
    const scope = scopeOf(principal);
    const isSecretariat = principal.roles.includes('secretariat');
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const [page, totals] = await Promise.all([
      this.report.page(scope, { ...filter, limit: ROWS }),
      this.report.totals(scope, filter),
    ]);
    const { cursor, ...filters } = filter;
    return {
      filter,
      totals,
      rows: page.items,
      nextQuery: page.nextCursor && queryString({ ...filters, cursor: page.nextCursor }),
      firstQuery: cursor && queryString(filters),
      exportQuery: queryString(filters)
        .replace(/^\?(?=.)/, '&')
        .replace(/^\?$/, ''),
      isFiltered: Object.values(filters).some((value) => value !== undefined),
      municipalities: isSecretariat ? await this.municipalities.members(today) : [],
      leaders: await this.people.leaders(isSecretariat ? undefined : principal.municipalityCodes),
      courses: (await this.courses.list()).filter((course) => course.audience === 'agent'),
      states: ['not_started', 'in_progress', 'completed', 'waived'],
    };
  }
}
