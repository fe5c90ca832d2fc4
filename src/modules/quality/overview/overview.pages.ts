import { Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { chartFile, ChartImage } from '../../../web/charts/chart-image.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { Page } from '../../../web/render/page.decorator.js';
import { FigureLooks } from '../figure-looks.js';
import { OverviewModel } from './overview-model.js';
import { overviewPageQuery, trendChartQuery } from './overview.schemas.js';
import { TotalsChart } from './totals-chart.js';

/** How first-contact resolution goes, as a page: all for the secretariat, the own agents for a leader. */
@Controller('kvalitet')
@Roles('secretariat', 'leader')
export class OverviewPages {
  constructor(
    private readonly model: OverviewModel,
    private readonly chart: TotalsChart,
    private readonly looks: FigureLooks,
  ) {}

  @Get()
  @Page('quality/overview')
  async show(
    @Query({ schema: overviewPageQuery }) { month }: z.output<typeof overviewPageQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const { agentIds, ...page } = await this.model.of(scopeOf(principal), month, requestLanguage(request));
    await this.looks.record(principal, agentIds, 'overview');
    return page;
  }

  /** All of DDH, or one municipality, month by month. */
  @Get('chart.svg')
  @ChartImage()
  async trend(
    @Query({ schema: trendChartQuery }) query: z.output<typeof trendChartQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    return chartFile(await this.chart.svg(scopeOf(principal), query, requestLanguage(request)));
  }
}
