import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Translator } from '../../web/i18n/translate.js';
import { EmploymentService } from '../agents/index.js';
import { AuditService } from '../audit/index.js';
import { PeopleService, type LeaderRow } from '../identity/index.js';
import type { MunicipalityRow } from '../municipalities/index.js';
import type { AgentView } from './agent-view.js';
import { HistoryService } from './history.service.js';
import { RegisteredAgents } from './registered-agents.js';
import type { RegisterAgent } from './registration.schemas.js';
import { RegistrationFollowUp } from './registration-follow-up.js';

/** A registration with everything it refers to. */
export interface Registration {
  input: RegisterAgent;
  municipality: MunicipalityRow;
  leader: LeaderRow | null;
  today: LocalDate;
  /** Whether the onboarding days are held from the beginning. */
  holdsDays: boolean;
  actorId: number;
  isSecretariat: boolean;
}

/** Writes a registration: person, employment, enrolments, audit, seat and mails, inside one unit of work. */
@Injectable()
export class AgentRegistrar {
  constructor(
    private readonly people: PeopleService,
    private readonly employments: EmploymentService,
    private readonly history: HistoryService,
    private readonly followUp: RegistrationFollowUp,
    private readonly audit: AuditService,
    private readonly views: RegisteredAgents,
  ) {}

  /** @throws DomainError `agent_already_registered`, `agent_known_elsewhere`, `phone_system_id_taken`; SeatGone unless the days are held */
  async register(tx: Tx, registration: Registration, t: Translator): Promise<AgentView> {
    const { input, municipality, leader, actorId } = registration;
    const person = await this.people.findOrCreate(tx, input);
    if (!person.isNew) await this.greetKnown(tx, person.id, registration);
    const { agentId, returns, registeredAt } = await this.employments.begin(tx, {
      personId: person.id,
      isNewPerson: person.isNew,
      municipalityCode: municipality.code,
      leaderId: leader?.personId ?? null,
      kind: input.kind,
      startOn: input.startOn,
      firstShiftOn: input.firstShiftOn ?? null,
      phoneSystemId: input.phoneSystemId ?? null,
      onboardingAttendedOn: input.onboardingAttendedOn ?? null,
    });
    await this.history.enrol(tx, person.id, {
      startOn: input.startOn,
      completedOn: input.elearningCompletedOn,
      actorPersonId: actorId,
    });
    await this.audit.record(tx, {
      actorPersonId: actorId,
      action: 'agent.registered',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { municipality: municipality.code, kind: input.kind, returns },
    });
    const courses = await this.views.courses(tx, person.id);
    const written = { personId: person.id, agentId, isNew: person.isNew && !returns, registeredAt };
    const agent = await this.views.find(tx, written, registration, courses);
    const { known, takeSeat } = await this.followUp.follow(tx, agent, registration, { courses, returns });
    const view = await this.views.view(tx, agent, { courses, ...known }, t);
    await takeSeat();
    return view;
  }

  /** Somebody who leads or works in the secretariat elsewhere is for the secretariat to register, not for a leader. */
  private async greetKnown(tx: Tx, personId: number, { input, municipality, isSecretariat }: Registration) {
    const staffOf = await this.people.staffMunicipalities(tx, personId);
    if (!isSecretariat && staffOf.some((code) => code !== municipality.code))
      throw new DomainError('agent_known_elsewhere', 'conflict', {
        faults: [{ field: 'email', code: 'agent_known_elsewhere' }],
      });
    if (await this.people.isLockedOutUser(tx, personId))
      throw new DomainError('user_locked_out', 'conflict', {
        faults: [{ field: 'email', code: 'user_locked_out' }],
      });
    await this.people.refresh(tx, personId, input);
  }
}
