import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { FigureLooks } from '../figure-looks.js';
import { CaseClosingService } from './case-closing.service.js';
import { CasePageModel } from './case-page-model.js';
import type { CaseState } from './case-state.rules.js';
import { CaseQueries } from './case.queries.js';
import { OPEN_STATES } from './case.rules.js';
import { caseClosingForm } from './case.schemas.js';

const A_PAGE = 25;
const STATES: Record<'open' | 'ended', readonly CaseState[]> = {
  open: OPEN_STATES,
  ended: ['closed', 'withdrawn'],
};
const listQuery = z.object({
  tilstand: z.enum(['open', 'ended']).default('open').catch('open'),
  cursor: z.string().max(500).optional(),
});

/** Cases for the secretariat, and for a leader those of which the leader has been told. */
@Controller('kvalitet/sager')
@Roles('secretariat', 'leader')
export class CasePages {
  constructor(
    private readonly queries: CaseQueries,
    private readonly model: CasePageModel,
    private readonly closings: CaseClosingService,
    private readonly looks: FigureLooks,
  ) {}

  @Get()
  @Page('quality/cases')
  async list(
    @Query({ schema: listQuery }) { tilstand, cursor }: z.output<typeof listQuery>,
    @Current() principal: Principal,
  ) {
    const page = await this.queries.list(scopeOf(principal), {
      states: STATES[tilstand],
      cursor,
      limit: A_PAGE,
    });
    return {
      hasEnded: tilstand === 'ended',
      cases: page.items,
      isSecretariat: seesAll(principal),
      firstQuery: cursor && queryString({ tilstand }),
      nextQuery: page.nextCursor && queryString({ tilstand, cursor: page.nextCursor }),
    };
  }

  @Get(':id')
  @Page('quality/case')
  show(
    @Param('id', { schema: id }) caseId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.page(caseId, principal, request);
  }

  @Post(':id/afslut')
  @Page('quality/case')
  async close(
    @Param('id', { schema: id }) caseId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const fields = parseForm(caseClosingForm, body);
      await this.closings.close(scopeOf(principal), caseId, fields, principal.personId);
      return new SeeOther(`/kvalitet/sager/${caseId}?done=case_closed`);
    } catch (error) {
      const closing = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.page(caseId, principal, request, closing), 400);
    }
  }

  private async page(caseId: number, principal: Principal, request: AppRequest, closing?: FormModel) {
    const kase = await this.queries.find(scopeOf(principal), caseId);
    if (!kase) throw new DomainError('not_found', 'not_found');
    const language = requestLanguage(request);
    const viewer = { isSecretariat: seesAll(principal), t: translator(language), language };
    const model = await this.model.of(kase, viewer, closing);
    await this.looks.record(principal, [kase.agentId], 'case');
    return model;
  }
}
