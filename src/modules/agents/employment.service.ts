import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { insertRow, isUniqueViolation, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { PeopleService } from '../identity/index.js';
import { AgentLifecycle } from './agent-lifecycle.js';
import { conflictWith } from './agents.rules.js';
import { effectiveFrom } from './employment.rules.js';
import { Agent } from './entities/agent.entity.js';
import { Employment, type AgentKind } from './entities/employment.entity.js';

/** What begins with a registration. */
export interface NewEmployment {
  personId: number;
  /** Whether the person was made in this unit of work. */
  isNewPerson: boolean;
  municipalityCode: string;
  leaderId: number | null;
  kind: AgentKind;
  startOn: LocalDate;
  firstShiftOn: LocalDate | null;
  phoneSystemId: string | null;
  onboardingAttendedOn: LocalDate | null;
}

/** Begins periods of employment. */
@Injectable()
export class EmploymentService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly people: PeopleService,
    private readonly clock: Clock,
    private readonly lifecycle: AgentLifecycle,
  ) {}

  /**
   * Begins a period: for a new agent, or for one who left and comes back with the history.
   * @throws DomainError `agent_already_registered`, `agent_known_elsewhere`, `phone_system_id_taken`
   */
  async begin(
    tx: Tx,
    employment: NewEmployment,
  ): Promise<{ agentId: number; returns: boolean; registeredAt: Date }> {
    const { agentId, isNew } = await this.agentOf(tx, employment);
    const previousEndOn = isNew ? null : await this.lastDay(tx, agentId);
    const registeredAt = this.clock.now();
    await this.open(tx, { agentId, registeredAt, previousEndOn }, employment);
    await this.people.grantRole(tx, employment.personId, 'agent', { agentId });
    const { personId, isNewPerson, municipalityCode, startOn } = employment;
    const event = { agentId, personId, municipalityCode, on: startOn, isNew: isNew && isNewPerson };
    await this.lifecycle.tell('joined', tx, event);
    return { agentId, returns: !isNew, registeredAt };
  }

  private async agentOf(tx: Tx, employment: NewEmployment): Promise<{ agentId: number; isNew: boolean }> {
    const { personId, phoneSystemId, onboardingAttendedOn } = employment;
    try {
      const createdAt = this.clock.now();
      const row = { personId, phoneSystemId, onboardingAttendedOn, createdAt, version: 1 };
      return { agentId: await insertRow<Agent>(tx, 'agent', row), isNew: true };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const known = await tx.findOneBy(Agent, { personId });
      if (!known) throw phoneSystemIdTaken();
      await this.refresh(tx, known.id, employment);
      return { agentId: known.id, isNew: false };
    }
  }

  /** A returning agent keeps what the new registration does not tell. */
  private async refresh(
    tx: Tx,
    agentId: number,
    { phoneSystemId, onboardingAttendedOn }: NewEmployment,
  ): Promise<void> {
    const told = {
      ...(phoneSystemId && { phoneSystemId }),
      ...(onboardingAttendedOn && { onboardingAttendedOn }),
    };
    if (Object.keys(told).length === 0) return;
    try {
      await tx.update(Agent, { id: agentId }, told);
    } catch (error) {
      throw isUniqueViolation(error) ? phoneSystemIdTaken() : error;
    }
  }

  /** The last day of the period before. */
  private async lastDay(tx: Tx, agentId: number): Promise<LocalDate | null> {
    const [last] = await selectRows<{ endOn: LocalDate | null }>(
      tx,
      'SELECT MAX(endOn) AS endOn FROM employment WHERE agentId = ?',
      [agentId],
    );
    return last?.endOn ?? null;
  }

  private async open(
    tx: Tx,
    period: { agentId: number; registeredAt: Date; previousEndOn: LocalDate | null },
    employment: NewEmployment,
  ): Promise<void> {
    const { agentId, registeredAt, previousEndOn } = period;
    const { municipalityCode, leaderId, kind, startOn, firstShiftOn } = employment;
    try {
      await insertRow<Employment>(tx, 'employment', {
        agentId,
        openAgentId: agentId,
        municipalityCode,
        leaderId,
        kind,
        startOn,
        effectiveFromOn: effectiveFrom(startOn, localDateOf(registeredAt, this.env.TZ_NAME), previousEndOn),
        endOn: null,
        endReason: null,
        firstShiftOn,
        createdAt: registeredAt,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const open = await tx.findOneByOrFail(Employment, { openAgentId: agentId });
      throw refusal(conflictWith({ agentId, municipalityCode: open.municipalityCode }, municipalityCode));
    }
  }
}

function phoneSystemIdTaken(): DomainError {
  return new DomainError('phone_system_id_taken', 'conflict', {
    faults: [{ field: 'phoneSystemId', code: 'phone_system_id_taken' }],
  });
}

function refusal(conflict: ReturnType<typeof conflictWith>): DomainError {
  return new DomainError(conflict.code, 'conflict', {
    faults: [{ field: 'email', code: conflict.code }],
    ...('agentId' in conflict && { args: { agentId: conflict.agentId } }),
  });
}
