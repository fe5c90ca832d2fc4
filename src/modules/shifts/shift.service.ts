import { Inject, Injectable } from '@nestjs/common';
import { scopeCondition, type Scope } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { lockClause, selectRows, toInstant } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { ShiftSource } from './entities/shift.entity.js';
import { PlanAge } from './plan-age.js';
import { ShiftWriter, type NewShift } from './shift-writer.js';
import { shiftFault } from './shifts.rules.js';

/** A shift as the API shows it. */
export interface ShiftView {
  id: number;
  agentId: number;
  startsAt: string;
  endsAt: string;
  version: number;
}

/** What an edit changes; `version` is the one that was seen. */
export type ShiftChange = Partial<NewShift> & { version: number };

/** Plans, moves and cancels single shifts. Nobody is refused for not being ready. */
@Injectable()
export class ShiftService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly writer: ShiftWriter,
    private readonly audit: AuditService,
    private readonly age: PlanAge,
  ) {}

  /** @throws DomainError `not_found`, `shift_taken`, `shift_ends_before_start`, `shift_too_long` */
  plan(
    scope: Scope,
    shift: NewShift,
    by: { personId: number; source: ShiftSource },
    call: IdempotentCall,
  ): Promise<ShiftView> {
    return this.idempotency.run(call, async (tx) => {
      checkTimes(shift);
      await this.holdSeen(tx, scope, [shift.agentId]);
      await this.assertOwnDay(tx, scope, shift);
      const id = await this.writer.add(tx, shift, by.source);
      await this.record(tx, by.personId, 'shift.planned', id);
      return view(id, shift, 1);
    });
  }

  /** Moves a shift or gives it to somebody else. @throws DomainError as for `plan`, and `stale_version` */
  change(
    scope: Scope,
    shiftId: number,
    { version, ...changes }: ShiftChange,
    byPersonId: number,
  ): Promise<ShiftView> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.lock(tx, scope, shiftId);
      const shift = { ...before, ...changes };
      if (before.version !== version) throw new DomainError('stale_version', 'conflict');
      checkTimes(shift);
      await this.holdSeen(tx, scope, [before.agentId, shift.agentId]);
      await this.assertOwnDay(tx, scope, shift);
      await this.writer.change(tx, shiftId, shift);
      await this.writer.tell(tx, [before.agentId, shift.agentId]);
      await this.record(tx, byPersonId, 'shift.changed', shiftId);
      return view(shiftId, shift, version + 1);
    });
  }

  /** Takes a shift out of the plan. @throws DomainError `not_found` */
  cancel(scope: Scope, shiftId: number, byPersonId: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const { agentId } = await this.lock(tx, scope, shiftId);
      await this.writer.remove(tx, [shiftId]);
      await this.writer.tell(tx, [agentId]);
      await this.record(tx, byPersonId, 'shift.cancelled', shiftId);
    });
  }

  private async lock(tx: Tx, scope: Scope, shiftId: number): Promise<NewShift & { version: number }> {
    // The agents are held before the shift, as everywhere; which agent it is may change meanwhile, so it is read again.
    const [known] = await selectRows<{ agentId: number }>(tx, 'SELECT agentId FROM shift WHERE id = ?', [
      shiftId,
    ]);
    if (!known) throw new DomainError('not_found', 'not_found');
    await this.holdSeen(tx, scope, [known.agentId]);
    const [row] = await selectRows<ShiftRow>(
      tx,
      `SELECT agentId, startsAt, endsAt, version FROM shift WHERE id = ? AND agentId = ?${lockClause(tx)}`,
      [shiftId, known.agentId],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    const shift = { ...row, startsAt: toInstant(row.startsAt), endsAt: toInstant(row.endsAt) };
    await this.assertOwnDay(tx, scope, shift);
    return shift;
  }

  /** Holds the agents, all of whom the caller must see. */
  private async holdSeen(tx: Tx, scope: Scope, agentIds: readonly number[]): Promise<void> {
    const each = [...new Set(agentIds)];
    await this.writer.hold(tx, each);
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    // A leader plans for those who work there now, not for those who once did.
    const isOpen = scope.kind === 'all' ? '1 = 1' : 'm.openAgentId IS NOT NULL';
    for (const agentId of each) {
      const found = await selectRows(
        tx,
        `SELECT 1 FROM agent a JOIN employment m ON m.agentId = a.id AND ${isOpen} WHERE a.id = ? AND (${seen.sql}) LIMIT 1`,
        [agentId, ...seen.values],
      );
      if (found.length === 0) throw new DomainError('not_found', 'not_found', notFoundFault);
    }
  }

  /**
   * Somebody who has moved works for one municipality on some days and for another on others; the day is the one's whose period covers
   * it, else that of the last period before it, else that of the first.
   */
  private async assertOwnDay(tx: Tx, scope: Scope, { agentId, startsAt }: NewShift): Promise<void> {
    if (scope.kind === 'all') return;
    const on = localDateOf(startsAt, this.env.TZ_NAME);
    const [period] = await selectRows<{ municipalityCode: string }>(
      tx,
      `SELECT municipalityCode FROM employment WHERE agentId = ?
        ORDER BY CASE WHEN effectiveFromOn <= ? THEN 0 ELSE 1 END,
          CASE WHEN effectiveFromOn <= ? THEN effectiveFromOn END DESC, effectiveFromOn LIMIT 1`,
      [agentId, on, on],
    );
    const isOwn = scope.kind === 'municipalities' && period && scope.codes.includes(period.municipalityCode);
    if (!isOwn) throw new DomainError('not_found', 'not_found', notFoundFault);
  }

  private async record(tx: Tx, actorPersonId: number, action: string, subjectId: number): Promise<void> {
    await this.audit.record(tx, { actorPersonId, action, subjectType: 'shift', subjectId });
    await this.age.edited(tx);
  }
}

type ShiftRow = { agentId: number; startsAt: string | Date; endsAt: string | Date; version: number };

const notFoundFault = { faults: [{ field: 'agentId', code: 'unknown_agent' }] };

function checkTimes(shift: NewShift): void {
  const code = shiftFault(shift);
  if (code) throw new DomainError(code, 'rule', { faults: [{ field: 'endsAt', code }] });
}

function view(id: number, { agentId, startsAt, endsAt }: NewShift, version: number): ShiftView {
  return { id, agentId, startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), version };
}
