import { Body, Controller, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { seesAll } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { formKey, formWithErrors, parseForm } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { AgentDayModel } from './agent-day-model.js';
import { BookingService } from './booking.service.js';
import { DayModel, withoutFields } from '../days/day-model.js';

const bookingForm = z.object({ agentId: id });
/** The agent from whose page a button was pressed, to which its answer leads back. */
const origin = z.object({ agent: id.optional().catch(undefined) });

type Origin = z.output<typeof origin>;

/** Leaders and the secretariat book agents and take them off. */
@Controller('onboardingdage/:id')
@Roles('secretariat', 'leader')
export class SeatsPages {
  constructor(
    private readonly bookings: BookingService,
    private readonly dayModel: DayModel,
    private readonly agentModel: AgentDayModel,
  ) {}

  @Post('tilmeld')
  @Page('onboarding-days/day')
  async book(
    @Param('id', { schema: id }) dayId: number,
    @Query({ schema: origin }) from: Origin,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { agentId } = parseForm(bookingForm, body);
      const call = idempotentCall(request, formKey(body));
      const { status } = await this.bookings.book(dayId, agentId, principal, call);
      return back(dayId, from, status === 'booked' ? 'agent_booked' : 'agent_waitlisted');
    } catch (error) {
      return this.again(dayId, from, principal, request, error);
    }
  }

  @Post('tilmeldinger/:booking/afmeld')
  @Page('onboarding-days/day')
  async takeOff(
    @Param('id', { schema: id }) dayId: number,
    @Param('booking', { schema: id }) bookingId: number,
    @Query({ schema: origin }) from: Origin,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.bookings.cancel(dayId, bookingId, principal);
      return back(dayId, from, 'agent_taken_off');
    } catch (error) {
      return this.again(dayId, from, principal, request, error);
    }
  }

  /** The page on which the button was, with what went wrong. */
  private async again(
    dayId: number,
    { agent }: Origin,
    principal: Principal,
    request: AppRequest,
    error: unknown,
  ) {
    const language = requestLanguage(request);
    const form = withoutFields(formWithErrors({}, error, language));
    if (agent === undefined)
      return new PageReply(await this.dayModel.of(dayId, principal, language, {}, form), 400);
    const model = await this.agentModel.of(agent, principal);
    return new PageReply({ ...model, form, isSecretariat: seesAll(principal) }, 400, 'onboarding-days/agent');
  }
}

function back(dayId: number, { agent }: Origin, done: string): SeeOther {
  const page = agent === undefined ? dayId : `agent/${agent}`;
  return new SeeOther(`/onboardingdage/${page}?done=${done}`);
}
