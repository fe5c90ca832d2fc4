import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { AgentDayModel } from './agent-day-model.js';
import { BookingService } from './booking.service.js';
import { withoutFields } from '../days/day-model.js';

const moveForm = z.object({ dayId: id });

/** An agent's own onboarding day. */
@Controller('mit/onboardingdag')
@RolesOrLink('agent')
export class OwnDayPages {
  constructor(
    private readonly model: AgentDayModel,
    private readonly bookings: BookingService,
  ) {}

  @Get()
  @Page('onboarding-days/mine')
  show(@Current() principal: Principal) {
    return this.page(principal, blankForm());
  }

  @Post('flyt')
  @Page('onboarding-days/mine')
  async move(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    const own = asAgent(principal);
    try {
      const { dayId } = parseForm(moveForm, body);
      const call = idempotentCall(request, formKey(body));
      const { status } = await this.bookings.book(dayId, own.agentId, own, call);
      const done = status === 'booked' ? 'own_seat_booked' : 'own_seat_waitlisted';
      return new SeeOther(`/mit/onboardingdag?done=${done}`);
    } catch (error) {
      return this.again(principal, request, error);
    }
  }

  @Post('tilmeldinger/:booking/afmeld')
  @Page('onboarding-days/mine')
  async leave(
    @Param('booking', { schema: id }) bookingId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      const { seat, wait } = await this.model.of(asAgent(principal).agentId, asAgent(principal));
      const place = [seat, wait].find((one) => one?.bookingId === bookingId);
      if (!place) throw new DomainError('not_found', 'not_found');
      await this.bookings.cancel(place.day.id, bookingId, asAgent(principal));
      return new SeeOther('/mit/onboardingdag?done=own_seat_left');
    } catch (error) {
      return this.again(principal, request, error);
    }
  }

  private async again(principal: Principal, request: AppRequest, error: unknown) {
    const form = withoutFields(formWithErrors({}, error, requestLanguage(request)));
    return new PageReply(await this.page(principal, form), 400);
  }

  private async page(principal: Principal, form: FormModel) {
    const own = asAgent(principal);
    return { ...(await this.model.of(own.agentId, own)), form };
  }
}

/** The person as an agent only: who is a leader, too, does not book the own seat as one. @throws DomainError `not_found` */
function asAgent(principal: Principal): Principal & { agentId: number } {
  if (principal.agentId === null) throw new DomainError('not_found', 'not_found');
  return { ...principal, agentId: principal.agentId, roles: ['agent'] };
}
