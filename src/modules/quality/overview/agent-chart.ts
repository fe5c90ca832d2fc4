import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import type { ChartSize } from '../../../web/charts/chart-size.js';
import { translator } from '../../../web/i18n/translate.js';
import { ratedBy } from './agent-months.rules.js';
import { AgentTrends } from './agent-trends.js';
import { trendSvg } from './trend-chart.js';

/** Draws how it has gone for an agent: twelve months with their intervals, the threshold, and all of DDH. */
@Injectable()
export class AgentChart {
  constructor(private readonly trends: AgentTrends) {}

  /** The image. @throws DomainError `not_found` for whoever may not see the agent's figures */
  async svg(scope: Scope, agentId: number, size: ChartSize, language: string): Promise<string> {
    const { agent, months, policy } = await this.trends.of(scope, agentId);
    const t = translator(language);
    const own = {
      name: `${agent.firstName} ${agent.lastName}`,
      rates: months.map((month) => ratedBy(policy, month)),
      hasBand: true,
    };
    const all = { name: t('quality.allOfDdh'), rates: months.map(({ ddh }) => ddh) };
    const lines = size === 'small' ? [{ ...own, hasBand: false }] : [own, all];
    return trendSvg({ months: months.map(({ month }) => month), lines, policy, language }, size);
  }
}
