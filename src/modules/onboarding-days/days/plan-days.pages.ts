import { Body, Controller, Get, Inject, Post, Req } from '@nestjs/common';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, formKey, formWithErrors, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { inFormFields, readDay, refusePast, valuesAfter } from './day-form.js';
import { OnboardingDayQueries } from '../onboarding-days.queries.js';
import { OnboardingDayService } from '../onboarding-days.service.js';
import { proposeYear } from './planning.rules.js';
import { atRows, readYear, YEAR_ROWS, yearValues, yearWithErrors, type YearOfDays } from './year-form.js';

/** The secretariat plans onboarding days, one or the four of a year. */
@Controller('onboardingdage')
@Roles('secretariat')
export class PlanDaysPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: OnboardingDayService,
    private readonly queries: OnboardingDayQueries,
  ) {}

  @Get('ny')
  @Page('onboarding-days/new')
  async blank() {
    const { latest, proposal } = await this.proposal();
    return this.model(blankForm(valuesAfter(latest, proposal[0]!, this.env.TZ_NAME)));
  }

  @Post('ny')
  @Page('onboarding-days/new')
  async plan(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const { id } = await inFormFields(async () => {
        const { day } = readDay(body, this.env.TZ_NAME);
        refusePast(day, this.clock.now(), this.env.TZ_NAME);
        return this.days.plan(day, principal.personId, idempotentCall(request, formKey(body)));
      });
      return new SeeOther(`/onboardingdage/${id}?done=day_planned`);
    } catch (error) {
      return new PageReply(this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  @Get('aar')
  @Page('onboarding-days/year')
  async year() {
    const { latest, proposal } = await this.proposal();
    return this.model(blankForm(yearValues(latest, proposal, this.env.TZ_NAME)));
  }

  @Post('aar')
  @Page('onboarding-days/year')
  async planYear(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const year = readYear(body, this.env.TZ_NAME, this.today());
      await this.planTogether(year, principal, request);
      return new SeeOther('/onboardingdage?done=days_planned');
    } catch (error) {
      return new PageReply(this.model(yearWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  private async planTogether({ days, rows }: YearOfDays, principal: Principal, request: AppRequest) {
    try {
      const call = idempotentCall(request, formKey(request.body));
      await this.days.planTogether(days, principal.personId, call);
    } catch (error) {
      throw atRows(error, rows);
    }
  }

  private async proposal() {
    const latest = await this.queries.latest();
    return { latest, proposal: proposeYear(latest?.on ?? null, this.today()) };
  }

  private today() {
    return localDateOf(this.clock.now(), this.env.TZ_NAME);
  }

  private model(form: FormModel) {
    return {
      form,
      key: randomToken(),
      rows: YEAR_ROWS.map((row) => ({ number: row + 1, prefix: `r${row}-`, plan: `r${row}-plan` })),
    };
  }
}
