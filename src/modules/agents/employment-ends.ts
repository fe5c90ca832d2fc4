import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { PeopleService } from '../identity/index.js';
import { TaskService } from '../tasks/index.js';
import { AgentLifecycle } from './agent-lifecycle.js';
import type { EndReason } from './entities/employment.entity.js';
import type { OpenEmploymentRow } from './open-employments.js';

/** The end of a period and what follows from it; always inside somebody else's unit of work. */
@Injectable()
export class EmploymentEnds {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly tasks: TaskService,
    private readonly lifecycle: AgentLifecycle,
    private readonly audit: AuditService,
  ) {}

  /** Notes a last day that is still to come, or takes it back. */
  async plan(tx: Tx, open: OpenEmploymentRow, on: LocalDate | null, actorPersonId: number): Promise<void> {
    await execute(tx, 'UPDATE employment SET endOn = ?, endReason = ? WHERE id = ?', [
      on,
      on && 'departed',
      open.id,
    ]);
    await this.audit.record(tx, {
      actorPersonId,
      action: on ? 'agent.departure_planned' : 'agent.departure_cancelled',
      subjectType: 'agent',
      subjectId: open.agentId,
      detail: { on },
    });
    const { agentId, personId, municipalityCode } = open;
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    await this.lifecycle.tell('periodChanged', tx, { agentId, personId, municipalityCode, on: today });
  }

  /** Whoever has left is not moved any more, nor asked for. */
  private async closeRequests(tx: Tx, agentId: number): Promise<void> {
    const now = this.clock.now();
    const open = await selectRows<{ id: number }>(
      tx,
      "SELECT id FROM transfer_request WHERE agentId = ? AND state = 'waiting' ORDER BY id",
      [agentId],
    );
    for (const { id } of open) await this.tasks.settle(tx, 'transfer_waiting', 'transfer_request', id);
    await execute(
      tx,
      `UPDATE transfer_request SET state = 'declined', decidedAt = ?, appliedAt = ?
        WHERE agentId = ? AND appliedAt IS NULL AND state IN ('waiting', 'approved')`,
      [now, now, agentId],
    );
  }

  /** Ends a period for good: no role, no sign-in, no mail under way. */
  async end(
    tx: Tx,
    open: OpenEmploymentRow,
    on: LocalDate,
    reason: EndReason,
    actorPersonId: number | null,
  ): Promise<void> {
    await execute(tx, 'UPDATE employment SET endOn = ?, endReason = ?, openAgentId = NULL WHERE id = ?', [
      on,
      reason,
      open.id,
    ]);
    await this.people.endAgentRole(tx, open.personId);
    await this.closeRequests(tx, open.agentId);
    const { agentId, personId, municipalityCode } = open;
    await this.lifecycle.tell('departed', tx, { agentId, personId, municipalityCode, on });
    await this.audit.record(tx, {
      actorPersonId,
      action: 'agent.departed',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { on, reason },
    });
  }
}
