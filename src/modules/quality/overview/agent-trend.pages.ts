import { Controller, Get, Param, Query, Req, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf } from '../../../common/access/scope.js';
import { id } from '../../../common/fields.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { chartFile, ChartImage } from '../../../web/charts/chart-image.js';
import { chartView } from '../../../web/charts/chart-size.js';
import { formatMonth } from '../../../web/format.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { translator } from '../../../web/i18n/translate.js';
import { Page } from '../../../web/render/page.decorator.js';
import { FigureLooks } from '../figure-looks.js';
import { AgentChart } from './agent-chart.js';
import { AgentTrends, MONTHS_SHOWN, type AgentTrend } from './agent-trends.js';
import { chartQuery } from './overview.schemas.js';
import { FEW_CALLS } from './rate.rules.js';

/** How it has gone for one agent; whoever looks is noted. */
@Controller('kvalitet/agenter/:id')
@Roles('secretariat', 'leader')
export class AgentTrendPages {
  constructor(
    private readonly trends: AgentTrends,
    private readonly chart: AgentChart,
    private readonly looks: FigureLooks,
  ) {}

  @Get()
  @Page('quality/agent')
  async show(
    @Param('id', { schema: id }) agentId: number,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ) {
    const trend = await this.trends.of(scopeOf(principal), agentId);
    await this.looks.record(principal, [agentId], 'agent');
    return modelOf(trend, requestLanguage(request));
  }

  @Get('chart.svg')
  @ChartImage()
  async image(
    @Param('id', { schema: id }) agentId: number,
    @Query({ schema: chartQuery }) { size }: z.output<typeof chartQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    const svg = await this.chart.svg(scopeOf(principal), agentId, size, requestLanguage(request));
    await this.looks.record(principal, [agentId], 'agent');
    return chartFile(svg);
  }
}

function modelOf({ agent, policy, months, pooled, streak }: AgentTrend, language: string) {
  const name = `${agent.firstName} ${agent.lastName}`;
  const known = months.filter(({ state }) => state === 'figure');
  const period = known.length > 0 && {
    from: formatMonth(months[0]!.month, language),
    to: formatMonth(months.at(-1)!.month, language),
  };
  return {
    agent: { ...agent, name },
    pageTitle: name,
    policy,
    months: months.toReversed(),
    pooled,
    streak,
    hasFigures: known.length > 0,
    chart:
      period &&
      chartView(
        `/kvalitet/agenter/${agent.id}/chart.svg`,
        translator(language)('quality.trendAlt', { name, ...period }),
      ),
    monthsShown: MONTHS_SHOWN,
    few: FEW_CALLS,
  };
}
