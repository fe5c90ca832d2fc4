import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { Idempotent } from '../../../common/http/idempotent.decorator.js';
import type { IdempotentCall } from '../../../database/idempotency.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { InvitationService } from '../answering/invitation.service.js';
import { ClosingService } from '../results/closing.service.js';
import { PublicationService } from '../results/publication.service.js';
import { SurveyResults } from '../results/survey-results.js';
import { SurveyQueries } from './survey.queries.js';
import { comparisonView, resultsView } from './results.schemas.js';
import { SurveyService } from './survey.service.js';
import {
  comparisonQuery,
  newPublication,
  newSurvey,
  resultQuery,
  surveyChange,
  surveyQuery,
  surveyView,
} from './surveys.schemas.js';

const nothing = z.strictObject({}).optional();

/** Waves of the wellbeing survey, and what they came to. */
@ApiTags('surveys')
@Controller('api/v1/surveys')
export class SurveysController {
  constructor(
    private readonly service: SurveyService,
    private readonly surveys: SurveyQueries,
    private readonly invitations: InvitationService,
    private readonly closing: ClosingService,
    private readonly publications: PublicationService,
    private readonly results: SurveyResults,
  ) {}

  /** Makes a wave that nobody is asked about yet; without `questions` it gets a short set on the work environment. */
  @Post()
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: surveyView })
  async create(
    @Body({ schema: newSurvey }) survey: z.output<typeof newSurvey>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    const made = await this.service.create(survey, principal.personId, call);
    return this.surveys.find(principal, made.id);
  }

  /** Waves, the latest year first; leaders see those that are open or published. */
  @Get()
  @Roles('secretariat', 'leader')
  @ApiOkResponse({
    standardSchema: z.object({ items: z.array(surveyView), nextCursor: z.string().nullable() }),
  })
  list(
    @Query({ schema: surveyQuery }) filter: z.output<typeof surveyQuery>,
    @Current() principal: Principal,
  ) {
    return this.surveys.list(principal, filter);
  }

  /** How a wave differs from another on each dimension, from the baseline when `base` is left out. */
  @Get('comparison')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: comparisonView })
  compare(
    @Query({ schema: comparisonQuery }) query: z.output<typeof comparisonQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.results.comparison(query.base, query.with, principal, requestLanguage(request));
  }

  /** One wave with its questions. */
  @Get(':id')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: surveyView.extend({ questions: z.array(z.looseObject({})) }) })
  async find(@Param('id', { schema: id }) surveyId: number, @Current() principal: Principal) {
    const survey = await this.surveys.find(principal, surveyId);
    return { ...survey, questions: await this.surveys.questions(surveyId) };
  }

  /** Changes a wave under its version. `k` can be raised until the wave closes, and never lowered. */
  @Patch(':id')
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: surveyView })
  async change(
    @Param('id', { schema: id }) surveyId: number,
    @Body({ schema: surveyChange }) change: z.output<typeof surveyChange>,
    @Current() principal: Principal,
  ) {
    await this.service.change(surveyId, change, principal.personId);
    return this.surveys.find(principal, surveyId);
  }

  /** Opens a draft and asks every agent; of an open wave everybody who was asked is reminded, once a day at most. */
  @Post(':id/invitations')
  @Roles('secretariat')
  @ApiCreatedResponse({
    standardSchema: z.object({ kind: z.enum(['invitation', 'reminder']), mails: z.number() }),
  })
  invite(
    @Param('id', { schema: id }) surveyId: number,
    @Body({ schema: nothing }) _: unknown,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.invitations.send(surveyId, principal.personId, call);
  }

  /** Closes an open wave before its last day: its figures are fixed and the links are gone. */
  @Post(':id/closings')
  @HttpCode(200)
  @Roles('secretariat')
  @ApiOkResponse({ standardSchema: surveyView })
  async close(@Param('id', { schema: id }) surveyId: number, @Current() principal: Principal) {
    await this.closing.close(surveyId, principal.personId);
    return this.surveys.find(principal, surveyId);
  }

  /** Publishes a closed wave to leaders and agents, with "you said, we do"; every agent is mailed. */
  @Post(':id/publications')
  @Roles('secretariat')
  @ApiCreatedResponse({ standardSchema: z.object({ mails: z.number() }) })
  publish(
    @Param('id', { schema: id }) surveyId: number,
    @Body({ schema: newPublication }) message: z.output<typeof newPublication>,
    @Current() principal: Principal,
    @Idempotent() call: IdempotentCall,
  ) {
    return this.publications.publish(surveyId, message, principal.personId, call);
  }

  /** What a closed wave came to, from 0 to 100; of an open one nothing but how many have answered, in steps of five and once a day. */
  @Get(':id/results')
  @Roles('secretariat', 'leader')
  @ApiOkResponse({ standardSchema: resultsView })
  async show(
    @Param('id', { schema: id }) surveyId: number,
    @Query({ schema: resultQuery }) { by }: z.output<typeof resultQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return this.results.of(surveyId, by, principal, requestLanguage(request));
  }
}
