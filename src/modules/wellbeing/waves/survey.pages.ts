import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { InvitationService } from '../answering/invitation.service.js';
import { ClosingService } from '../results/closing.service.js';
import { PublicationService } from '../results/publication.service.js';
import { SurveyModel } from './survey-model.js';
import { newPublication, resultQuery } from './surveys.schemas.js';

type ResultQuery = z.output<typeof resultQuery>;

/** A wave on its way: what it asks, how many have answered, what it came to, and what is done about it. */
@Controller('trivsel/:id')
export class SurveyPages {
  constructor(
    private readonly model: SurveyModel,
    private readonly invitations: InvitationService,
    private readonly closing: ClosingService,
    private readonly publications: PublicationService,
  ) {}

  @Get()
  @Roles('secretariat', 'leader')
  @Page('wellbeing/survey')
  show(
    @Param('id', { schema: id }) surveyId: number,
    @Query() query: Record<string, unknown>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.of(surveyId, query, principal, request);
  }

  @Post('send')
  @Roles('secretariat')
  @Page('wellbeing/survey')
  async send(
    @Param('id', { schema: id }) surveyId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.again(surveyId, body, principal, request, async () => {
      const call = idempotentCall(request, formKey(body));
      const { kind } = await this.invitations.send(surveyId, principal.personId, call);
      return kind === 'invitation' ? 'survey_opened' : 'survey_reminded';
    });
  }

  @Post('luk')
  @Roles('secretariat')
  @Page('wellbeing/survey')
  async close(
    @Param('id', { schema: id }) surveyId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.again(surveyId, body, principal, request, async () => {
      await this.closing.close(surveyId, principal.personId);
      return 'survey_closed';
    });
  }

  @Post('udgiv')
  @Roles('secretariat')
  @Page('wellbeing/survey')
  async publish(
    @Param('id', { schema: id }) surveyId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.again(surveyId, body, principal, request, async () => {
      const message = parseForm(newPublication, body);
      const call = idempotentCall(request, formKey(body));
      await this.publications.publish(surveyId, message, principal.personId, call);
      return 'survey_published';
    });
  }

  /** The page again with what went wrong, or on to it with what was done. */
  private async again(
    surveyId: number,
    body: unknown,
    principal: Principal,
    request: AppRequest,
    work: () => Promise<string>,
  ) {
    try {
      return new SeeOther(`/trivsel/${surveyId}?done=${await work()}`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.of(surveyId, {}, principal, request, form), 400);
    }
  }

  private of(
    surveyId: number,
    query: Record<string, unknown>,
    principal: Principal,
    request: AppRequest,
    form: FormModel = blankForm(),
  ) {
    const parsed = resultQuery.partial().safeParse({ by: query['by'] });
    const by: ResultQuery['by'] = (parsed.success && parsed.data.by) || 'total';
    return this.model.of(surveyId, by, principal, requestLanguage(request), form);
  }
}
