import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import { EnrolmentQueries, type LearnerCourse } from '../courses/index.js';
import { AgentQueries, type AgentRow } from './agent.queries.js';
import { viewAgent, type AgentView } from './agent-view.js';
import { JourneyQueries, type KnownOfJourney } from './journey.queries.js';

/** The answer to a registration, read back inside its unit of work. */
@Injectable()
export class RegisteredAgents {
  constructor(
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
    private readonly enrolments: EnrolmentQueries,
  ) {}

  /** The agent as it was just written. */
  async find(tx: Tx, agentId: number): Promise<AgentRow> {
    const agent = await this.agents.find({ kind: 'all' }, agentId, tx);
    if (!agent) throw new Error(`Agent ${agentId} was registered but is not there.`);
    return agent;
  }

  /** The courses the agent was enrolled in. */
  courses(tx: Tx, agent: AgentRow): Promise<LearnerCourse[]> {
    return this.enrolments.coursesOf(agent.personId, tx);
  }

  /** The answer, with the journey. */
  async view(tx: Tx, agent: AgentRow, known: KnownOfJourney, t: Translator): Promise<AgentView> {
    return viewAgent(agent, await this.journeys.within(agent, known, tx), t);
  }
}
