import { Controller, Get, Param, Query, Req, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { Roles, Scoped } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { chartFile, ApiChartImage } from '../../web/charts/chart-image.js';
import { requestLanguage } from '../../web/i18n/request-language.js';
import { InsightAnswers } from './insight-answers.js';
import {
  chartFilters,
  insightFilters,
  insightKey,
  insightList,
  insightView,
  type InsightFilters,
} from './insights.schemas.js';
import { insightSvg } from './telling/insight-chart.js';
import { insightCsv } from './telling/insight-csv.js';

/** What the data answer, and what they do not. */
@ApiTags('insights')
@Controller('api/v1/insights')
@Roles('secretariat', 'leader')
export class InsightsController {
  constructor(private readonly answers: InsightAnswers) {}

  /** All questions as they are usually asked. */
  @Get()
  @Scoped('insights:read')
  @ApiOkResponse({ standardSchema: insightList })
  async list(@Current() principal: Principal, @Req() request: AppRequest) {
    return { items: await this.answers.all(principal, requestLanguage(request)), nextCursor: null };
  }

  /**
   * One question with its answer, or why there is none. Leaders get what may be shared, rounded, beside the value of the own municipality
   * where at least five people stand behind it; filters are for the secretariat and programs.
   */
  @Get(':key')
  @Scoped('insights:read')
  @ApiOkResponse({ standardSchema: insightView })
  async show(
    @Param('key', { schema: insightKey }) key: string,
    @Query({ schema: insightFilters }) filters: InsightFilters,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    return (await this.answers.of(key, filters, principal, requestLanguage(request))).view;
  }

  /** The answer as a picture. */
  @Get(':key/chart.svg')
  @Scoped('insights:read')
  @ApiChartImage()
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

  /** What the answer was reckoned from: sums and groups, never people. */
  @Get(':key/data.csv')
  @Scoped('insights:read')
  @ApiProduces('text/csv')
  async data(
    @Param('key', { schema: insightKey }) key: string,
    @Query({ schema: insightFilters }) filters: InsightFilters,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    const { finding, view } = await this.answers.of(key, filters, principal, requestLanguage(request));
    return new StreamableFile(insightCsv(finding, view), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${view.key}.csv"`,
    });
  }
}
