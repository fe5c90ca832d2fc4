import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { z } from 'zod';
import { Public, RolesOrLink } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { parseForm } from '../../../web/forms/form.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply } from '../../../web/render/page-reply.js';
import { CheckInService, type CheckInStep } from './check-in.service.js';
import { opensAt } from './check-in.rules.js';
import type { OnboardingDayRow } from '../onboarding-days.queries.js';

const form = z.object({ ticket: z.string().max(100).default('') });

/** What an agent sees who has scanned the code on the wall. Opening it changes nothing, since a phone may open it unasked. */
@Controller('tjek-ind/:day')
export class CheckInPages {
  constructor(private readonly checkIns: CheckInService) {}

  @Get(':code')
  @Public()
  @Page('onboarding-days/check-in')
  async show(
    @Param('day', { schema: id }) dayId: number,
    @Param('code') code: string,
    @Req() { principal, url }: AppRequest,
  ) {
    const day = await this.checkIns.day(dayId);
    return modelOf(day, await this.checkIns.look(day, code, principal), url);
  }

  @Post()
  @RolesOrLink('secretariat', 'leader', 'agent')
  @Page('onboarding-days/check-in')
  async checkIn(
    @Param('day', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
  ) {
    const day = await this.checkIns.day(dayId);
    const step = await this.checkIns.checkIn(day, parseForm(form, body).ticket, principal);
    return new PageReply(modelOf(day, step, '/'), step.step === 'checked_in' ? 200 : 400);
  }
}

function modelOf(day: OnboardingDayRow, step: CheckInStep, here: string) {
  return { day, opensAt: opensAt(day), ...step, here: encodeURIComponent(here) };
}
