import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { FigureHistories } from '../closing/figure-histories.js';
import { addMonths, monthsFrom, type Month } from '../month.rules.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { streakAt, type Streak } from '../streak.rules.js';
import { AgentFigures, type FiguresAgent } from './agent-figures.queries.js';
import { agentMonths, type AgentMonth } from './agent-months.rules.js';
import { ownOf } from './quality-overview.js';
import { QualityTrend } from './quality-trend.js';
import { rated, sumOfCalls, type RatedCalls } from './rate.rules.js';

/** So many months are shown of an agent. */
export const MONTHS_SHOWN = 12;

/** How it has gone for one agent. */
export interface AgentTrend {
  agent: FiguresAgent;
  /** Null while nobody has decided one. */
  policy: PolicyInForce | null;
  /** The twelve months up to the last one that has been imported; none while nothing has been. */
  months: AgentMonth[];
  /** All of them together. */
  pooled: RatedCalls;
  /** What the last month leads to; null without a policy or without a month. */
  streak: Streak | null;
}

/** Reads how it has gone for agents, some statements for any number of them. */
@Injectable()
export class AgentTrends {
  constructor(
    private readonly database: Database,
    private readonly agents: AgentFigures,
    private readonly trends: QualityTrend,
    private readonly policies: QualityPolicies,
    private readonly histories: FigureHistories,
  ) {}

  /** One agent. @throws DomainError `not_found` for whoever may not see the agent's figures */
  async of(scope: Scope, agentId: number): Promise<AgentTrend> {
    const agent = await this.agents.agent(scope, agentId);
    if (!agent) throw new DomainError('not_found', 'not_found');
    const [trend] = await this.ofAgents(scope, [agent], await this.lastMonth());
    return trend!;
  }

  /** Those who work in some municipalities and have figures, by name, up to a month. */
  async ofMunicipalities(scope: Scope, codes: readonly string[], month: Month): Promise<AgentTrend[]> {
    return this.ofAgents(scope, await this.agents.agentsOf(codes), month);
  }

  private async ofAgents(
    scope: Scope,
    agents: readonly FiguresAgent[],
    last: Month | undefined,
  ): Promise<AgentTrend[]> {
    const policy = await this.policies.current();
    if (last === undefined) return agents.map((agent) => emptyTrend(agent, policy));
    const months = monthsFrom(addMonths(last, 1 - MONTHS_SHOWN), last);
    const ids = agents.map(({ id }) => id);
    const [first] = months as [Month];
    const { shown } = await this.trends.ofAll(last, ownOf(scope));
    const figures = await this.agents.figures(scope, ids, first, last);
    const ground = {
      months,
      imported: await this.histories.imported(this.database.reader.manager, first, last),
      all: new Map(shown.map((total) => [total.month, total])),
      policy,
    };
    const streaks = policy ? await this.streaks(last, policy, ids) : new Map<number, Streak>();
    return agents.map((agent) => {
      const own = figures.get(agent.id)!;
      return {
        agent,
        policy,
        months: agentMonths({ ...ground, figures: own }),
        pooled: rated(sumOfCalls([...own.values()])),
        streak: streaks.get(agent.id) ?? null,
      };
    });
  }

  private async streaks(month: Month, policy: PolicyInForce, ids: readonly number[]) {
    const histories = await this.histories.of(this.database.reader.manager, month, policy, ids);
    return new Map(histories.map(({ agentId, history }) => [agentId, streakAt(month, history, policy)]));
  }

  private async lastMonth(): Promise<Month | undefined> {
    const [last] = await this.trends.months();
    return last;
  }
}

function emptyTrend(agent: FiguresAgent, policy: PolicyInForce | null): AgentTrend {
  return { agent, policy, months: [], pooled: rated(sumOfCalls([])), streak: null };
}
