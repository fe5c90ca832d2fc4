import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id, localDate, municipalityCode } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { BeginRoundModel } from './begin-round.model.js';
import { InvitationRoundService } from './invitation-round.service.js';

const LISTS = ['agents', 'municipalities'];
const agents = z.array(id).min(1).max(5000);
const choice = z.object({
  answerBy: localDate,
  agents: agents.optional(),
  municipalities: z.array(municipalityCode).optional(),
});
const round = z.object({ answerBy: localDate, agents });

/** The secretariat chooses whom to invite to a day, sees what will be mailed, and only then sends it. */
@Controller('onboardingdage/:id/runder')
@Roles('secretariat')
export class BeginRoundPages {
  constructor(
    private readonly model: BeginRoundModel,
    private readonly rounds: InvitationRoundService,
  ) {}

  @Get('ny')
  @Page('onboarding-days/round-choose')
  async choose(@Param('id', { schema: id }) dayId: number) {
    return this.model.choice(dayId);
  }

  @Post('ny')
  @Page('onboarding-days/round-preview')
  async preview(
    @Param('id', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Req() request: AppRequest,
  ) {
    try {
      return await this.model.preview(dayId, parseForm(choice, body, LISTS));
    } catch (error) {
      return this.again(dayId, body, request, error);
    }
  }

  @Post()
  @Page('onboarding-days/round-choose')
  async send(
    @Param('id', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { agents: agentIds, answerBy } = parseForm(round, body, LISTS);
      const call = idempotentCall(request, formKey(body));
      const begun = await this.rounds.begin(dayId, { agentIds, answerBy }, principal, call);
      return new SeeOther(`/onboardingdage/runder/${begun.id}?done=round_begun`);
    } catch (error) {
      return this.again(dayId, body, request, error);
    }
  }

  private async again(dayId: number, body: unknown, request: AppRequest, error: unknown) {
    const form = formWithErrors(body, error, requestLanguage(request));
    const model = await this.model.choice(dayId, { ...blankForm(), ...form });
    return new PageReply(model, 400, 'onboarding-days/round-choose');
  }
}
