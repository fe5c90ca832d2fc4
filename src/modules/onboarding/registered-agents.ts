import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import { EnrolmentQueries, type LearnerCourse } from '../courses/index.js';
import type { Registration } from './agent-registrar.js';
import { AgentQueries, type AgentRow } from './agent.queries.js';
import { viewAgent, type AgentView } from './agent-view.js';
import { JourneyQueries, type KnownOfJourney } from './journey.queries.js';
import { isThrough } from './journey.rules.js';

/** What a registration wrote. */
export interface Written {
  personId: number;
  agentId: number;
  /** Whether neither the person nor the agent was known before, so that nothing but the registration tells of them. */
  isNew: boolean;
  registeredAt: Date;
}

/** The answer to a registration, inside its unit of work. */
@Injectable()
export class RegisteredAgents {
  constructor(
    private readonly agents: AgentQueries,
    private readonly journeys: JourneyQueries,
    private readonly enrolments: EnrolmentQueries,
  ) {}

  /** The agent as it was just written; one who was known before is read back. */
  async find(
    tx: Tx,
    written: Written,
    registration: Registration,
    courses: LearnerCourse[],
  ): Promise<AgentRow> {
    if (written.isNew) return newAgent(written, registration, courses);
    const agent = await this.agents.find({ kind: 'all' }, written.agentId, tx);
    if (!agent) throw new Error(`Agent ${written.agentId} was registered but is not there.`);
    return agent;
  }

  /** The courses the agent was enrolled in. */
  courses(tx: Tx, personId: number): Promise<LearnerCourse[]> {
    return this.enrolments.coursesOf(personId, tx);
  }

  /** The answer, with the journey. */
  async view(tx: Tx, agent: AgentRow, known: KnownOfJourney, t: Translator): Promise<AgentView> {
    return viewAgent(agent, await this.journeys.within(agent, known, tx), t);
  }
}

/** What a query would read back of somebody who was not known before. */
function newAgent(
  { agentId, personId, registeredAt }: Written,
  { input, municipality, leader }: Registration,
  courses: LearnerCourse[],
): AgentRow {
  const required = courses.filter((course) => course.requiredBeforeFirstShift);
  const isReady = required.length > 0 && required.every((course) => isThrough(course.state));
  return {
    id: agentId,
    personId,
    firstName: input.firstName,
    lastName: input.lastName,
    email: input.email,
    phone: input.phone ?? null,
    language: input.language ?? 'da',
    municipalityCode: municipality.code,
    municipalityName: municipality.name,
    leaderId: leader?.personId ?? null,
    leaderName: leader && `${leader.firstName} ${leader.lastName}`,
    kind: input.kind,
    startOn: input.startOn,
    endOn: null,
    endReason: null,
    firstShiftOn: input.firstShiftOn ?? null,
    phoneSystemId: input.phoneSystemId ?? null,
    onboardingAttendedOn: input.onboardingAttendedOn ?? null,
    attendedOn: input.onboardingAttendedOn ?? null,
    registeredAt: registeredAt.toISOString(),
    version: 1,
    status: input.kind === 'existing' || isReady ? 'ready' : 'onboarding',
  };
}
