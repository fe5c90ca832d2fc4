import { Controller, Get, Query, Req, type StreamableFile } from '@nestjs/common';
import type { z } from 'zod';
import { Roles } from '../../../common/access/access.decorator.js';
import { Current } from '../../../common/access/current.decorator.js';
import type { Principal } from '../../../common/access/principal.js';
import { DomainError } from '../../../common/domain-error.js';
import type { AppRequest } from '../../../common/http/app-request.js';
import { chartFile, ChartImage } from '../../../web/charts/chart-image.js';
import { requestLanguage } from '../../../web/i18n/request-language.js';
import { AgentChart } from './agent-chart.js';
import { chartQuery } from './overview.schemas.js';

/** An agent's own figures as an image; the page around it is the agent's own page of figures. */
@Controller('mit/tal')
@Roles('agent')
export class OwnChartPages {
  constructor(private readonly chart: AgentChart) {}

  @Get('chart.svg')
  @ChartImage()
  async image(
    @Query({ schema: chartQuery }) { size }: z.output<typeof chartQuery>,
    @Current() principal: Principal,
    @Req() request: AppRequest,
  ): Promise<StreamableFile> {
    const { agentId, personId } = principal;
    if (agentId === null) throw new DomainError('not_found', 'not_found');
    // The own record, whatever other roles the person holds.
    const svg = await this.chart.svg({ kind: 'person', personId }, agentId, size, requestLanguage(request));
    return chartFile(svg);
  }
}
