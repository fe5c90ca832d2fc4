import { Body, Controller, Get, Inject, Param, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { dayOverFault } from './day-changes.rules.js';
import { DayChangesService } from './day-changes.service.js';
import { dayValues, inFormFields, readDay } from './day-form.js';
import { DayListQueries } from './day-list.queries.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days.queries.js';
import { freeSeats, isOpen } from '../onboarding-days.rules.js';

/** The secretariat edits, moves and cancels an onboarding day. */
@Controller('onboardingdage/:id')
@Roles('secretariat')
export class ChangeDayPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly changes: DayChangesService,
    private readonly queries: OnboardingDayQueries,
    private readonly lists: DayListQueries,
  ) {}

  @Get('ret')
  @Page('onboarding-days/edit')
  async edit(@Param('id', { schema: id }) dayId: number) {
    const day = await this.changeable(dayId);
    return { day, form: blankForm(dayValues(day, this.env.TZ_NAME)) };
  }

  @Post('ret')
  @Page('onboarding-days/edit')
  async save(
    @Param('id', { schema: id }) dayId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await inFormFields(() => {
        const { day, version } = readDay(body, this.env.TZ_NAME);
        return this.changes.change(dayId, { ...day, version }, principal.personId);
      });
      return new SeeOther(`/onboardingdage/${dayId}?done=day_changed`);
    } catch (error) {
      const form = formWithErrors(body, error, requestLanguage(request));
      return new PageReply({ day: await this.changeable(dayId), form }, 400);
    }
  }

  @Get('aflys')
  @Page('onboarding-days/cancel')
  confirm(@Param('id', { schema: id }) dayId: number) {
    return this.cancelModel(dayId, blankForm());
  }

  @Post('aflys')
  @Page('onboarding-days/cancel')
  async cancel(
    @Param('id', { schema: id }) dayId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    try {
      await this.changes.cancel(dayId, principal.personId);
      return new SeeOther(`/onboardingdage/${dayId}?done=day_called_off`);
    } catch (error) {
      const form = formWithErrors({}, error, requestLanguage(request));
      return new PageReply(await this.cancelModel(dayId, form), 400);
    }
  }

  /** Who is moved, and whether there is room for them. */
  private async cancelModel(dayId: number, form: FormModel) {
    const day = await this.changeable(dayId);
    const today = this.today();
    const others = (await this.queries.ahead(today)).filter(
      (other) => other.id !== dayId && isOpen(other, today),
    );
    const free = others.reduce((sum, other) => sum + freeSeats(other), 0);
    const waiting = await this.lists.countWaiting(dayId);
    return { day, form, waiting, free, isShort: free < day.seatsTaken };
  }

  private async changeable(dayId: number): Promise<OnboardingDayRow> {
    const day = await this.queries.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    const fault = dayOverFault(day, this.today());
    if (fault) throw new DomainError(fault, 'conflict');
    return day;
  }

  private today() {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}
