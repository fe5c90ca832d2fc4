import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { blankForm, formValues, formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { RollCallModel } from './roll-call-model.js';
import { RollCallService } from './roll-call.service.js';

const query = z.object({ q: z.string().trim().max(100).default('').catch('') });
const walkInForm = z.object({ agentId: id });

/** The roll call of an onboarding day. */
@Controller('onboardingdage/:id/fremmoede')
@Roles('secretariat')
export class RollCallPages {
  constructor(
    private readonly rollCall: RollCallService,
    private readonly model: RollCallModel,
  ) {}

  @Get()
  @Page('onboarding-days/roll-call')
  show(@Param('id', { schema: id }) dayId: number, @Query({ schema: query }) { q }: z.output<typeof query>) {
    return this.model.of(dayId, q, blankForm());
  }

  /** Without JavaScript: all rows at once, of which those count that were changed. */
  @Post()
  @Page('onboarding-days/roll-call')
  async save(
    @Param('id', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.rollCall.take(dayId, formValues(body), principal.personId);
      return new SeeOther(`/onboardingdage/${dayId}/fremmoede?done=roll_call_saved`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply(await this.model.of(dayId, '', form), 400);
    }
  }

  /** Somebody who came without a seat. */
  @Post('uden-plads')
  @Page('onboarding-days/roll-call')
  async admit(
    @Param('id', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.rollCall.admit(dayId, parseForm(walkInForm, body).agentId, principal.personId);
      return new SeeOther(`/onboardingdage/${dayId}/fremmoede?done=walk_in_marked`);
    } catch (error) {
      const form = formWithErrors({}, error, requestLanguage(request));
      return new PageReply(await this.model.of(dayId, '', form), 400);
    }
  }
}
