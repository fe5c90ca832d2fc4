import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { LeaderMailService } from '../identity/index.js';
import { TaskService } from '../tasks/index.js';

/** What follows from a transfer request: the releasing leader and the secretariat are told, and it is written down. */
@Injectable()
export class TransferFollowUp {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly mails: LeaderMailService,
    private readonly tasks: TaskService,
    private readonly audit: AuditService,
  ) {}

  /** A request was made; `agent` is undefined when it is about nobody. */
  async requested(
    tx: Tx,
    requestId: number,
    by: Principal,
    agent: { agentId: number; municipalityCode: string; leaderId: number | null } | undefined,
  ): Promise<void> {
    await this.audit.record(tx, {
      actorPersonId: by.personId,
      action: 'transfer.requested',
      subjectType: 'transfer_request',
      subjectId: requestId,
    });
    if (!agent) return;
    const [names] = await selectRows<{ toName: string }>(
      tx,
      'SELECT name AS toName FROM municipality WHERE code = ?',
      [by.municipalityCodes[0]],
    );
    await this.mails.queue(tx, {
      template: 'transfer-request',
      leaderId: agent.leaderId,
      municipalityCode: agent.municipalityCode,
      variables: { ...names, url: `${this.env.PUBLIC_URL}/agenter/overflytninger` },
      about: { type: 'transfer_request', id: requestId },
    });
    await this.tasks.open(tx, {
      kind: 'transfer_waiting',
      subjectType: 'transfer_request',
      subjectId: requestId,
      municipalityCode: agent.municipalityCode,
      occasion: 1,
    });
  }

  /** A request was decided on. */
  async decided(tx: Tx, requestId: number, state: 'approved' | 'declined', by: Principal): Promise<void> {
    // The transfer that follows is noted by itself, so this request is settled here.
    await execute(
      tx,
      'UPDATE transfer_request SET state = ?, decidedByPersonId = ?, decidedAt = ?, appliedAt = ? WHERE id = ?',
      [state, by.personId, this.clock.now(), this.clock.now(), requestId],
    );
    await this.tasks.settle(tx, 'transfer_waiting', 'transfer_request', requestId);
    await this.audit.record(tx, {
      actorPersonId: by.personId,
      action: `transfer.${state}`,
      subjectType: 'transfer_request',
      subjectId: requestId,
    });
  }
}
