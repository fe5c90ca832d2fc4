import { Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import { execute, isUniqueViolation, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AgentLifecycle, type OpenEmploymentRow } from '../agents/index.js';
import { AuditService } from '../audit/index.js';
import { PeopleService } from '../identity/index.js';
import { OutboxService } from '../notifications/index.js';
import type { AgentChanges } from './agent-changes.schemas.js';
import type { AgentRow } from './agent.queries.js';

/** Writes the parts of an edit, each to its own table; always inside somebody else's unit of work. */
@Injectable()
export class AgentChangeWriter {
  constructor(
    private readonly people: PeopleService,
    private readonly lifecycle: AgentLifecycle,
    private readonly outbox: OutboxService,
    private readonly audit: AuditService,
  ) {}

  /** The agent's own row; whoever read another version is refused here. @throws DomainError `stale_version`, `phone_system_id_taken` */
  async agent(tx: Tx, before: AgentRow, changes: AgentChanges): Promise<void> {
    const phoneSystemId = changes.phoneSystemId === undefined ? before.phoneSystemId : changes.phoneSystemId;
    const attendedOn =
      changes.onboardingAttendedOn === undefined ? before.onboardingAttendedOn : changes.onboardingAttendedOn;
    try {
      const { affected } = await execute(
        tx,
        'UPDATE agent SET phoneSystemId = ?, onboardingAttendedOn = ?, version = version + 1 WHERE id = ? AND version = ?',
        [phoneSystemId, attendedOn, before.id, changes.version],
      );
      if (affected !== 1) throw new DomainError('stale_version', 'conflict');
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new DomainError('phone_system_id_taken', 'conflict', {
        faults: [{ field: 'phoneSystemId', code: 'phone_system_id_taken' }],
      });
    }
  }

  /** The person; the data of somebody who is a user too are for the secretariat to change. @throws DomainError `agent_is_user` */
  async person(tx: Tx, before: AgentRow, changes: AgentChanges, isSecretariat: boolean): Promise<void> {
    const { firstName, lastName, email, phone, language } = changes;
    if ([firstName, lastName, email, phone, language].every((value) => value === undefined)) return;
    const isUser = (await this.people.staffMunicipalities(tx, before.personId)).length > 0;
    if (isUser && !isSecretariat) {
      if (changesPerson(before, changes)) throw new DomainError('agent_is_user', 'conflict');
      return;
    }
    await this.people.rename(tx, before.personId, {
      firstName: firstName ?? before.firstName,
      lastName: lastName ?? before.lastName,
      phone: phone === undefined ? before.phone : phone,
      language: language ?? before.language,
    });
  }

  /** The period of employment. A reminder for a day that no longer holds is not sent. @throws DomainError `invalid_registration` */
  async employment(tx: Tx, open: OpenEmploymentRow, changes: AgentChanges, today: LocalDate): Promise<void> {
    const leaderId = changes.leaderId === undefined ? open.leaderId : changes.leaderId;
    if (
      leaderId !== null &&
      leaderId !== open.leaderId &&
      !(await this.people.leads(tx, leaderId, open.municipalityCode))
    )
      throw new DomainError('invalid_registration', 'rule', {
        faults: [{ field: 'leaderId', code: 'unknown_leader' }],
      });
    const startOn = changes.startOn ?? open.startOn;
    const firstShiftOn = changes.firstShiftOn === undefined ? open.firstShiftOn : changes.firstShiftOn;
    if (startOn !== open.startOn) await this.assertAfterPrevious(tx, open, startOn);
    await execute(
      tx,
      `UPDATE employment SET leaderId = ?, startOn = ?, firstShiftOn = ?,
              effectiveFromOn = CASE WHEN effectiveFromOn > ? THEN ? ELSE effectiveFromOn END WHERE id = ?`,
      [leaderId, startOn, firstShiftOn, startOn, startOn, open.id],
    );
    if (startOn !== open.startOn || firstShiftOn !== open.firstShiftOn)
      await this.outbox.cancelTemplateTo(tx, 'elearning-reminder', open.personId);
    const { agentId, personId, municipalityCode } = open;
    if (startOn !== open.startOn || changes.onboardingAttendedOn !== undefined)
      await this.lifecycle.tell('periodChanged', tx, { agentId, personId, municipalityCode, on: today });
  }

  /** Periods of one agent never overlap. @throws DomainError `invalid_registration` */
  private async assertAfterPrevious(tx: Tx, open: OpenEmploymentRow, startOn: LocalDate): Promise<void> {
    const [previous] = await selectRows<{ endOn: LocalDate | null }>(
      tx,
      'SELECT MAX(endOn) AS endOn FROM employment WHERE agentId = ? AND id <> ?',
      [open.agentId, open.id],
    );
    if (previous?.endOn && startOn <= previous.endOn)
      throw new DomainError('invalid_registration', 'rule', {
        faults: [{ field: 'startOn', code: 'before_previous_end' }],
      });
  }

  /** The address, with everything that hangs on it; the modules above are told. @throws DomainError `email_taken`, `shared_mailbox` */
  async address(tx: Tx, open: OpenEmploymentRow, email: string, today: LocalDate): Promise<void> {
    const { agentId, personId, municipalityCode } = open;
    await this.people.changeEmail(tx, personId, email);
    await this.lifecycle.tell('emailChanged', tx, { agentId, personId, municipalityCode, on: today });
  }

  /** Which fields were changed, and by whom; never what they hold. */
  async note(tx: Tx, before: AgentRow, changes: AgentChanges, by: Principal): Promise<void> {
    const fields = Object.keys(changes).filter(
      (field) =>
        field !== 'version' && changes[field as keyof AgentChanges] !== before[field as keyof AgentRow],
    );
    await this.audit.record(tx, {
      actorPersonId: by.personId,
      action: 'agent.changed',
      subjectType: 'agent',
      subjectId: before.id,
      detail: { fields: fields.join(' ') },
    });
  }
}

function changesPerson(before: AgentRow, changes: AgentChanges): boolean {
  return (['firstName', 'lastName', 'email', 'phone', 'language'] as const).some(
    (field) => changes[field] !== undefined && changes[field] !== before[field],
  );
}
