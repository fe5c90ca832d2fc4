import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { OnboardingDayRow } from '../onboarding-days/index.js';
import { AgentQueries, type AgentRow } from './agent.queries.js';
import { viewAgent, type AgentView } from './agent-view.js';
import { JourneyQueries } from './journey.queries.js';

/** The answer to a registration, read back inside its unit of work. */
@Injectable()
export class RegisteredAgents {
  constructor(
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
  ) {}

  /** The agent as it was just written. */
  async find(tx: Tx, agentId: number): Promise<AgentRow> {
    const agent = await this.agents.find({ kind: 'all' }, agentId, tx);
    if (!agent) throw new Error(`Agent ${agentId} was registered but is not there.`);
    return agent;
  }

  /** The answer, with the journey. */
  async view(
    tx: Tx,
    agent: AgentRow,
    nextDay: OnboardingDayRow | undefined,
    t: Translator,
  ): Promise<AgentView> {
    return viewAgent(agent, await this.journeys.within(agent, nextDay, tx), t);
  }
}
