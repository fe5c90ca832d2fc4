import { Body, Controller, Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { idempotentCall } from '../../../common/http/idempotent.decorator.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { blankForm, formKey, formWithErrors, parseForm, type FormModel } from '../../../web/forms/form.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { queryString } from '../../../web/query-string.js';
import { Page } from '../../../web/render/page.decorator.js';
import { PageReply, SeeOther } from '../../../web/render/page-reply.js';
import { SURVEY_TEMPLATE } from './survey-template.js';
import { SurveyQueries } from './survey.queries.js';
import { SurveyService } from './survey.service.js';
import { fewestAnswers, newSurvey, surveyChange } from './surveys.schemas.js';

const SHOWN = 50;
const whole = z.coerce.number();
const ticked = z.literal('on').transform(() => true);
const fields = z.object({
  title: newSurvey.shape.title,
  year: whole.pipe(newSurvey.shape.year),
  k: whole.pipe(fewestAnswers),
  closesOn: newSurvey.shape.closesOn,
  isBaseline: ticked.default(false),
});
const changed = z.object({
  title: surveyChange.shape.title.unwrap(),
  k: whole.pipe(fewestAnswers),
  closesOn: newSurvey.shape.closesOn,
  isBaseline: ticked.default(false),
  version: whole.pipe(surveyChange.shape.version),
});
const listQuery = z.object({ cursor: z.string().max(500).optional() });

/** The waves there are; the secretariat makes and changes them. */
@Controller('trivsel')
export class SurveyListPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly surveys: SurveyQueries,
    private readonly service: SurveyService,
  ) {}

  @Get()
  @Roles('secretariat', 'leader')
  @Page('wellbeing/list')
  async list(
    @Query({ schema: listQuery }) { cursor }: z.output<typeof listQuery>,
    @Current() principal: Principal,
  ) {
    const { items, nextCursor } = await this.surveys.list(principal, { limit: SHOWN, cursor });
    return {
      surveys: items,
      mayChange: principal.roles.includes('secretariat'),
      firstQuery: cursor && '',
      nextQuery: nextCursor && queryString({ cursor: nextCursor }),
    };
  }

  @Get('ny')
  @Roles('secretariat')
  @Page('wellbeing/new')
  begin() {
    const year = localDateOf(this.clock.now(), this.env.TZ_NAME).slice(0, 4);
    return this.model(blankForm({ year, k: '5' }));
  }

  @Post('ny')
  @Roles('secretariat')
  @Page('wellbeing/new')
  async create(@Body() body: unknown, @Current() principal: Principal, @Req() request: AppRequest) {
    try {
      const survey = parseForm(fields, body);
      const call = idempotentCall(request, formKey(body));
      const made = await this.service.create(survey, principal.personId, call);
      return new SeeOther(`/trivsel/${made.id}?done=survey_created`);
    } catch (error) {
      return new PageReply(this.model(formWithErrors(body, error, requestLanguage(request))), 400);
    }
  }

  @Get(':id/ret')
  @Roles('secretariat')
  @Page('wellbeing/edit')
  async edit(@Param('id', { schema: id }) surveyId: number, @Current() principal: Principal) {
    const survey = await this.surveys.find(principal, surveyId);
    const form = blankForm({
      title: survey.title,
      k: String(survey.k),
      closesOn: survey.closesOn ?? '',
      isBaseline: survey.isBaseline ? 'on' : '',
      version: String(survey.version),
    });
    return { survey, form };
  }

  @Post(':id/ret')
  @Roles('secretariat')
  @Page('wellbeing/edit')
  async change(
    @Param('id', { schema: id }) surveyId: number,
    @Body() body: unknown,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const survey = await this.surveys.find(principal, surveyId);
    try {
      await this.service.change(surveyId, parseForm(changed, body), principal.personId);
      return new SeeOther(`/trivsel/${surveyId}?done=survey_changed`);
    } catch (error) {
      return new PageReply({ survey, form: formWithErrors(body, error, requestLanguage(request)) }, 400);
    }
  }

  private model(form: FormModel) {
    return { form, key: randomToken(), questions: SURVEY_TEMPLATE.length };
  }
}
