import { Body, Controller, Get, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { blankForm, formWithErrors, parseForm, type FormModel } from '../../web/forms/form.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../web/render/page-reply.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import { ReadinessPolicyService } from './readiness-policy.service.js';
import { UNREAD_GUIDE_EFFECTS } from './readiness.rules.js';

const policyForm = z.object({ unreadGuide: z.enum(UNREAD_GUIDE_EFFECTS) });

/** The secretariat decides whether an unread guide blocks a shift or is only said. */
@Controller('indstillinger/vagtklar')
@Roles('secretariat')
export class ReadinessPolicyPages {
  constructor(
    private readonly queries: ReadinessPolicyQueries,
    private readonly service: ReadinessPolicyService,
  ) {}

  @Get()
  @Page('readiness/policy')
  show() {
    return this.model(blankForm());
  }

  @Post()
  @Page('readiness/policy')
  async decide(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { unreadGuide } = parseForm(policyForm, body);
      await this.service.decide(unreadGuide, principal.personId);
      return new SeeOther('/indstillinger/vagtklar?done=readiness_policy_decided');
    } catch (error) {
      return new PageReply(await this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  private async model(form: FormModel) {
    const policy = await this.queries.current();
    return {
      policy,
      form,
      effects: UNREAD_GUIDE_EFFECTS,
      chosen: form.values['unreadGuide'] ?? policy.unreadGuide,
    };
  }
}
