import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { disputeForm } from './dispute.schemas.js';
import { DisputeService } from './dispute.service.js';
import { ownAgent } from './own-agent.js';
import { OwnFiguresModel } from './own-figures-model.js';

/** An agent's own figures with what they mean, and the button "the figure is wrong". Nobody else's, and not by the link of a mail. */
@Controller('mit/tal')
@Roles('agent')
export class OwnFiguresPages {
  constructor(
    private readonly model: OwnFiguresModel,
    private readonly disputes: DisputeService,
  ) {}

  @Get()
  @Page('quality/own-figures')
  show(@Current() principal: Principal, @Req() request: AppRequest) {
    return this.page(principal, request, blankForm());
  }

  @Post('forkert')
  @Page('quality/own-figures')
  async dispute(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const call = idempotentCall(request, formKey(body));
      await this.disputes.raise(parseForm(disputeForm, body), ownAgent(principal), call);
      return new SeeOther('/mit/tal?done=figure_disputed');
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.page(principal, request, form), 400);
    }
  }

  private page(principal: Principal, request: AppRequest, form: FormModel) {
    const language = requestLanguage(request);
    return this.model.of(ownAgent(principal).agentId, form, { t: translator(language), language });
  }
}
