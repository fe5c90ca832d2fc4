import { Body, Controller, Get, Inject, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { id, line } from '../../common/fields.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { parseForm } from '../../web/forms/form.js';
import { Page } from '../../web/render/page.decorator.js';
import { SeeOther } from '../../web/render/page-reply.js';
import { CompletionReport } from './completion-report.queries.js';
import { completionPageQuery } from './completion-report.schemas.js';
import { ReportChoices } from './report-choices.js';
import { reportLinks } from './report-links.js';
import { SavedReportService } from './saved-report.service.js';

const ROWS = 50;
const savedReportForm = z.object({
  name: line(100),
  query: z
    .string()
    .max(1000)
    .regex(/^(?:\/(?:fremmoede|laesetid))?\?[\w%.&=+-]*$/)
    .default('?'),
});

/** The completion report as a page, and the reports that people have saved under a name. */
@Controller('rapporter')
@Roles('secretariat', 'leader')
export class ReportsPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly report: CompletionReport,
    private readonly choices: ReportChoices,
    private readonly saved: SavedReportService,
  ) {}

  @Get()
  @Page('reports/completions')
  async completions(
    @Query({ schema: completionPageQuery }) filter: z.output<typeof completionPageQuery>,
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
      ...reportLinks(filter, page.nextCursor),
      saved: await this.saved.list(principal.personId),
      ...(await this.choices.of(principal, filter.asOf ?? today)),
    };
  }

  @Post('gemte')
  @Page('reports/completions')
  async save(@Body() body: unknown, @Current() principal: Principal) {
    const { name, query } = parseForm(savedReportForm, body);
    await this.saved.save(principal.personId, name, query);
    return new SeeOther(`/rapporter${query}${query.endsWith('?') ? '' : '&'}done=report_saved`);
  }

  @Post('gemte/:id/slet')
  @Page('reports/completions')
  async remove(@Param('id', { schema: id }) reportId: number, @Current() principal: Principal) {
    await this.saved.remove(principal.personId, reportId);
    return new SeeOther('/rapporter?done=report_removed');
  }
}
