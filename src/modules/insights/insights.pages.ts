import { Controller, Get, Inject, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { seesAll } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { ENV, type Env } from '../../config/env.js';
import { chartFile, ChartImage } from '../../web/charts/chart-image.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { Page } from '../../web/render/page.decorator.js';
import { Definitions } from './definitions.js';
import { InsightAnswers } from './insight-answers.js';
import { chartFilters, insightKey, pageFilters } from './insights.schemas.js';
import { QUESTION_PLANS } from './question-plans.js';
import { insightSvg } from './telling/insight-chart.js';
import { cardOf, storyOf } from './telling/insight-page.js';

/** What the data answer, as cards and as whole stories. */
@Controller('indsigter')
@Roles('secretariat', 'leader')
export class InsightsPages {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly answers: InsightAnswers,
    private readonly definitions: Definitions,
  ) {}

  @Get()
  @Page('insights/list')
  async list(@Current() principal: Principal, @Req() request: AppRequest) {
    const views = await this.answers.all(principal, requestLanguage(request));
    return { cards: views.map(cardOf) };
  }

  @Get(':key')
  @Page('insights/insight')
  async show(
    @Param('key', { schema: insightKey }) key: string,
    @Query({ schema: pageFilters }) query: z.output<typeof pageFilters>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const language = requestLanguage(request);
    const mayFilter = seesAll(principal);
    const given = mayFilter ? query : {};
    const { fault, answer } = await this.answered(key, given, principal, language);
    const { view } = answer;
    const { filters } = QUESTION_PLANS[view.key];
    const hasSurvey = mayFilter && filters.includes('survey');
    const story = storyOf(view, language, this.env.PUBLIC_URL);
    return {
      ...story,
      fault,
      filter: { ...view.definition.filters, ...(fault && query) },
      hasFilters: mayFilter,
      showsMunicipalities: view.municipalities.length > 0 || (!mayFilter && story.hasMunicipalities),
      hasPeriod: filters.includes('from'),
      hasThreshold: filters.includes('threshold'),
      waves: hasSurvey ? await this.definitions.waves() : [],
    };
  }

  /** The picture of the page, in its language. */
  @Get(':key/chart.svg')
  @ChartImage()
  async chart(
    @Param('key', { schema: insightKey }) key: string,
    @Query({ schema: chartFilters }) { size, ...filters }: z.output<typeof chartFilters>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    const language = requestLanguage(request);
    const { view } = await this.answers.of(key, filters, principal, language);
    return chartFile(await insightSvg(view, size, language));
  }

  /** A period that cannot be shown is said to be so, and the usual one shown instead. */
  private async answered(
    key: string,
    query: z.output<typeof pageFilters>,
    principal: Principal,
    language: string,
  ) {
    try {
      return { fault: null, answer: await this.answers.of(key, query, principal, language) };
    } catch (error) {
      const fault =
        error instanceof DomainError && error.kind === 'malformed' ? error.options.faults?.[0] : null;
      if (!fault) throw error;
      return { fault, answer: await this.answers.of(key, {}, principal, language) };
    }
  }
}
