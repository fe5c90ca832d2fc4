import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { ENV, type Env } from '../../../config/env.js';
import { formKey, formWithErrors } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { atTalkFields, readOffer } from './talk-form.js';
import { TalkOfferModel } from './talk-offer-model.js';
import { TalkOfferService } from './talk-offer.service.js';
import { TalkRelevance } from './talk-relevance.service.js';

/** The secretariat decides whether a talk is relevant in a case, and offers it. */
@Controller('kvalitet/sager/:id/sparring')
@Roles('secretariat')
export class TalkOfferPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly model: TalkOfferModel,
    private readonly offers: TalkOfferService,
    private readonly relevance: TalkRelevance,
  ) {}

  @Get()
  @Page('quality/talk-offer')
  show(@Param('id', { schema: id }) caseId: number, @Req() request: AppRequest) {
    return this.model.of(caseId, requestLanguage(request));
  }

  @Post()
  @Page('quality/talk-offer')
  async offer(
    @Param('id', { schema: id }) caseId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const language = requestLanguage(request);
    try {
      const wish = readOffer(body, this.env.TZ_NAME);
      const call = idempotentCall(request, formKey(body));
      const talk = await atTalkFields(() => this.offers.offer(caseId, wish, principal.personId, call));
      const done = talk.state === 'prepared' ? 'talk_prepared' : 'talk_offered';
      return new SeeOther(`/kvalitet/sparring/${talk.id}?done=${done}`);
    } catch (error) {
      const form = formWithErrors(body, error, language);
      return new PageReply(await this.model.of(caseId, language, form), 400);
    }
  }

  @Post('ikke-relevant')
  @Page('quality/talk-offer')
  async notRelevant(@Param('id', { schema: id }) caseId: number, @Current() principal: Principal) {
    await this.relevance.decide(caseId, false, principal.personId);
    return new SeeOther(`/kvalitet/sager/${caseId}/sparring?done=talk_not_relevant`);
  }
}
