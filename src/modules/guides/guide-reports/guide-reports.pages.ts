import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles, RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { viewerOf } from '../guide-viewer.js';
import { GuideQueries } from '../reading/guide.queries.js';
import { GuideReportQueries } from './guide-report.queries.js';
import { GuideReportService } from './guide-report.service.js';
import { guideReportForm } from './guide-reports.schemas.js';

const listQuery = z.object({
  tilstand: z.enum(['open', 'settled']).default('open').catch('open'),
  cursor: z.string().max(500).optional(),
});
const formQuery = z.object({ guide: id.optional().catch(undefined) });
const A_PAGE = 25;

/** Agents and leaders report that a guide was missing or wrong; the secretariat settles it. */
@Controller('guides')
export class GuideReportsPages {
  constructor(
    private readonly reports: GuideReportService,
    private readonly queries: GuideReportQueries,
    private readonly guides: GuideQueries,
  ) {}

  @Get('meld')
  @RolesOrLink('leader', 'agent')
  @Page('guides/report')
  blank(
    @Query({ schema: formQuery }) { guide }: z.output<typeof formQuery>,
    @Current() principal: Principal,
  ) {
    return this.model(principal, blankForm({ kind: guide ? 'wrong' : 'missing' }), guide);
  }

  @Post('meld')
  @RolesOrLink('leader', 'agent')
  @Page('guides/report')
  async report(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const by = { personId: principal.personId, viewer: viewerOf(principal) };
      const call = idempotentCall(request, formKey(body));
      await this.reports.report(parseForm(guideReportForm, body), by, call);
      return new SeeOther('/guides?done=guide_reported');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      const guide = id.safeParse(form.values['guideId']).data;
      return new PageReply(await this.model(principal, form, guide), 400);
    }
  }

  @Get('meldinger')
  @Roles('secretariat')
  @Page('guides/reports')
  async list(@Query({ schema: listQuery }) { tilstand, cursor }: z.output<typeof listQuery>) {
    const isSettled = tilstand === 'settled';
    const page = await this.queries.list({ isSettled, cursor, limit: A_PAGE });
    return {
      isSettled,
      reports: page.items,
      firstQuery: cursor && queryString({ tilstand }),
      nextQuery: page.nextCursor && queryString({ tilstand, cursor: page.nextCursor }),
    };
  }

  @Post('meldinger/:id/afslut')
  @Roles('secretariat')
  @Page('guides/reports')
  async settle(@Param('id', { schema: id }) reportId: number, @Current() principal: Principal) {
    await this.reports.setSettled(reportId, true, principal.personId);
    return new SeeOther('/guides/meldinger?done=guide_report_settled');
  }

  @Post('meldinger/:id/aaben')
  @Roles('secretariat')
  @Page('guides/reports')
  async reopen(@Param('id', { schema: id }) reportId: number, @Current() principal: Principal) {
    await this.reports.setSettled(reportId, false, principal.personId);
    return new SeeOther('/guides/meldinger?done=guide_report_reopened');
  }

  private async model(principal: Principal, form: FormModel, guideId: number | undefined) {
    const guide = guideId === undefined ? null : await this.guides.find(viewerOf(principal), guideId);
    return { form, guide, key: randomToken() };
  }
}
