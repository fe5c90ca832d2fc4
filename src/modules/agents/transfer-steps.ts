import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { addDays } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { LeaderMailService, PeopleService } from '../identity/index.js';
import { AgentLifecycle } from './agent-lifecycle.js';
import { dayFault } from './employment.rules.js';
import { Employment } from './entities/employment.entity.js';
import type { OpenEmploymentRow } from './open-employments.js';
import type { NewTransfer } from './transfer.service.js';

/** The steps of a transfer; always inside somebody else's unit of work. */
@Injectable()
export class TransferSteps {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly lifecycle: AgentLifecycle,
    private readonly mails: LeaderMailService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Whether the agent can move there on that day.
   * @returns who becomes the leader: the one named, else the first leader
   * @throws DomainError `same_municipality`, `not_a_member`, `unknown_leader`, `before_start`
   */
  async check(
    tx: Tx,
    open: OpenEmploymentRow,
    { municipalityCode, leaderId, on }: NewTransfer,
  ): Promise<number | null> {
    const fault = dayFault(open, on, 'transfer');
    if (fault) throw refusal('on', fault);
    if (municipalityCode === open.municipalityCode) throw refusal('municipalityCode', 'same_municipality');
    const [target] = await selectRows<{ primaryLeaderId: number | null }>(
      tx,
      `SELECT u.primaryLeaderId FROM municipality u JOIN membership s ON s.municipalityCode = u.code
        WHERE u.code = ? AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)`,
      [municipalityCode, on, on],
    );
    if (!target) throw refusal('municipalityCode', 'not_a_member');
    if (leaderId === undefined) return target.primaryLeaderId;
    if (!(await this.people.leads(tx, leaderId, municipalityCode)))
      throw refusal('leaderId', 'unknown_leader');
    return leaderId;
  }

  /** Ends the old period the day before and begins the new one; the history stays with the agent. */
  async apply(
    tx: Tx,
    open: OpenEmploymentRow,
    { municipalityCode, leaderId, on }: NewTransfer,
    actorPersonId: number | null,
  ): Promise<void> {
    const { agentId, personId, kind, firstShiftOn, endOn } = open;
    await execute(
      tx,
      "UPDATE employment SET endOn = ?, endReason = 'transferred', openAgentId = NULL WHERE id = ?",
      [addDays(on, -1), open.id],
    );
    await tx.insert(Employment, {
      agentId,
      openAgentId: agentId,
      municipalityCode,
      leaderId: leaderId ?? null,
      kind,
      startOn: on,
      effectiveFromOn: on,
      firstShiftOn: firstShiftOn && firstShiftOn >= on ? firstShiftOn : null,
      // A departure that was planned before is still planned.
      endOn: endOn && endOn >= on ? endOn : null,
      endReason: endOn && endOn >= on ? 'departed' : null,
      createdAt: this.clock.now(),
    });
    await this.lifecycle.tell('moved', tx, { agentId, personId, municipalityCode, on });
    await this.audit.record(tx, {
      actorPersonId,
      action: 'agent.transferred',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { from: open.municipalityCode, to: municipalityCode, on },
    });
    await this.tellLeaders(tx, open, { municipalityCode, leaderId, on });
  }

  /** Takes back what waits for its day. @throws DomainError `no_planned_transfer` */
  async cancelPlanned(tx: Tx, agentId: number, actorPersonId: number): Promise<void> {
    const now = this.clock.now();
    const { affected } = await execute(
      tx,
      `UPDATE transfer_request SET state = 'declined', decidedByPersonId = ?, decidedAt = ?, appliedAt = ?
        WHERE agentId = ? AND state = 'approved' AND appliedAt IS NULL`,
      [actorPersonId, now, now, agentId],
    );
    if (affected === 0) throw new DomainError('no_planned_transfer', 'conflict');
    await this.audit.record(tx, {
      actorPersonId: actorPersonId,
      action: 'agent.transfer_cancelled',
      subjectType: 'agent',
      subjectId: agentId,
    });
  }

  private async tellLeaders(tx: Tx, open: OpenEmploymentRow, to: NewTransfer): Promise<void> {
    const [names] = await selectRows<{ agentName: string; fromName: string; toName: string }>(
      tx,
      `SELECT CONCAT(p.firstName, ' ', p.lastName) AS agentName, f.name AS fromName, u.name AS toName
         FROM person p JOIN municipality f ON f.code = ? JOIN municipality u ON u.code = ? WHERE p.id = ?`,
      [open.municipalityCode, to.municipalityCode, open.personId],
    );
    const variables = {
      ...names,
      on: to.on,
      lastDay: addDays(to.on, -1),
      agentUrl: `${this.env.PUBLIC_URL}/agenter/${open.agentId}`,
    };
    const about = { type: 'agent', id: open.agentId };
    const mail = { template: 'agent-transferred', about } as const;
    await this.mails.queue(tx, {
      ...mail,
      leaderId: to.leaderId ?? null,
      municipalityCode: to.municipalityCode,
      variables: { ...variables, isReceiving: true },
    });
    await this.mails.queue(tx, {
      ...mail,
      leaderId: open.leaderId,
      municipalityCode: open.municipalityCode,
      variables: { ...variables, isReceiving: false },
    });
  }
}

function refusal(field: string, code: string): DomainError {
  return new DomainError(code, 'rule', { faults: [{ field, code }] });
}
