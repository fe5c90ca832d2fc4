import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import type { OnboardingDayRow } from '../onboarding-days/index.js';
import { AgentQueries } from './agent.queries.js';
import { viewAgent, type AgentView } from './agent-view.js';
import { JourneyQueries } from './journey.queries.js';

/** The answer to a registration, read back inside its unit of work. */
@Injectable()
export class RegisteredAgents {
  constructor(
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
  ) {}

  async view(
    tx: Tx,
    agentId: number,
    nextDay: OnboardingDayRow | undefined,
    t: Translator,
  ): Promise<AgentView> {
    const agent = await this.agents.find({ kind: 'all' }, agentId, tx);
    if (!agent) throw new Error(`Agent ${agentId} was registered but is not there.`);
    return viewAgent(agent, await this.journeys.within(agent, nextDay, tx), t);
  }
}
