import { Injectable } from '@nestjs/common';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import { EmploymentService } from '../agents/index.js';
import { AuditService } from '../audit/index.js';
import { PeopleService, type LeaderRow } from '../identity/index.js';
import type { MunicipalityRow } from '../municipalities/index.js';
import type { OnboardingDayRow } from '../onboarding-days/index.js';
import type { AgentView } from './agent-view.js';
import { HistoryService } from './history.service.js';
import { RegisteredAgents } from './registered-agents.js';
import type { RegisterAgent } from './registration.schemas.js';
import { WelcomeService } from './welcome.service.js';

/** A registration with everything it refers to. */
export interface Registration {
  input: RegisterAgent;
  municipality: MunicipalityRow;
  leader: LeaderRow | null;
  nextDay: OnboardingDayRow | undefined;
  actorId: number;
}

/** Writes a registration: person, employment, enrolments, mails and audit, inside one unit of work. */
@Injectable()
export class AgentRegistrar {
  constructor(
    private readonly people: PeopleService,
    private readonly employments: EmploymentService,
    private readonly history: HistoryService,
    private readonly welcome: WelcomeService,
    private readonly audit: AuditService,
    private readonly views: RegisteredAgents,
  ) {}

  /** @throws DomainError `agent_already_registered`, `agent_known_elsewhere`, `phone_system_id_taken` */
  async register(tx: Tx, registration: Registration, t: Translator): Promise<AgentView> {
    const { input, municipality, leader, actorId } = registration;
    const person = await this.people.findOrCreate(tx, input);
    const { agentId, returns } = await this.employments.begin(tx, {
      personId: person.id,
      municipalityCode: municipality.code,
      leaderId: leader?.personId ?? null,
      kind: input.kind,
      startOn: input.startOn,
      firstShiftOn: input.firstShiftOn ?? null,
      phoneSystemId: input.phoneSystemId ?? null,
      onboardingAttendedOn: input.onboardingAttendedOn ?? null,
    });
    if (!person.isNew) await this.people.refresh(tx, person.id, input);
    await this.history.enrol(tx, person.id, input.elearningCompletedOn);
    if (input.kind === 'new')
      await this.welcome.onRegistration(tx, { ...registration, agentId, personId: person.id });
    await this.audit.record(tx, {
      actorPersonId: actorId,
      action: 'agent.registered',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { municipality: municipality.code, kind: input.kind, returns },
    });
    return this.views.view(tx, agentId, registration.nextDay, t);
  }
}
