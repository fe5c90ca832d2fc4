import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, type Scope } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { ShiftReadinessQueries, type ShiftReadiness } from '../board/shift-readiness.queries.js';
import type { ReadinessOverride } from '../entities/readiness-override.entity.js';
import { RequirementWriter } from '../requirement-writer.js';
import { overrideFault } from './override.rules.js';
import type { NewOverride, OverrideView } from './override.schemas.js';

/** Lets an agent take one shift although something is missing, and takes that back. */
@Injectable()
export class OverrideService {
  constructor(
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly shifts: ShiftReadinessQueries,
    private readonly writer: RequirementWriter,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `not_found`, `shift_over`, `already_overridden`, `already_ready` */
  make(wanted: NewOverride, by: Principal, call: IdempotentCall): Promise<OverrideView> {
    return this.idempotency.run(call, async (tx) => {
      const shift = await this.lock(tx, wanted.shiftId, by);
      const { ready, endsAt, override } = shift;
      const fault = overrideFault({ ready, endsAt, isOverridden: override !== null }, this.clock.now());
      if (fault) throw new DomainError(fault, 'conflict');
      const made = await this.insert(tx, shift, wanted, by);
      await this.record(tx, 'readiness_override.made', shift, by.personId, made.reason);
      return made;
    });
  }

  /** @throws DomainError `not_found`, also for one that has lapsed because the shift was moved */
  async takeBack(overrideId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [row] = await selectRows<{ shiftId: number }>(
        tx,
        'SELECT shiftId FROM readiness_override WHERE id = ?',
        [overrideId],
      );
      const shift = await this.lock(tx, row?.shiftId ?? 0, by);
      if (shift.override?.id !== overrideId) throw new DomainError('not_found', 'not_found');
      await execute(tx, 'DELETE FROM readiness_override WHERE id = ?', [overrideId]);
      await this.record(tx, 'readiness_override.taken_back', shift, by.personId, shift.override.reason);
    });
  }

  /** The shift with its answer, its agent held: whoever moves it waits. */
  private async lock(tx: Tx, shiftId: number, by: Principal): Promise<ShiftReadiness> {
    const [known] = await selectRows<{ agentId: number }>(tx, 'SELECT agentId FROM shift WHERE id = ?', [
      shiftId,
    ]);
    if (!known) throw new DomainError('not_found', 'not_found');
    await this.writer.hold(tx, [known.agentId]);
    const shift = await this.shifts.find(writable(scopeOf(by)), shiftId, tx);
    if (shift?.agentId !== known.agentId) throw new DomainError('not_found', 'not_found');
    return shift;
  }

  private async insert(
    tx: Tx,
    { shiftId, agentId, at }: ShiftReadiness,
    { reason, note }: NewOverride,
    { personId, name }: Principal,
  ): Promise<OverrideView> {
    // One that lapsed may still be there when a shift was moved before this was watched.
    await execute(tx, 'DELETE FROM readiness_override WHERE shiftId = ?', [shiftId]);
    const row = { shiftId, agentId, reason, note: note ?? null, byPersonId: personId };
    const createdAt = this.clock.now();
    const id = await insertRow<ReadinessOverride>(tx, 'readiness_override', {
      ...row,
      startsAt: at,
      createdAt,
    });
    return {
      id,
      ...row,
      byName: name,
      startsAt: at.toISOString(),
      createdAt: createdAt.toISOString(),
    };
  }

  private record(
    tx: Tx,
    action: string,
    { shiftId, agentId, at }: ShiftReadiness,
    actorPersonId: number,
    reason: string,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId,
      action,
      subjectType: 'agent',
      subjectId: agentId,
      detail: { shift: shiftId, startsAt: at.toISOString(), reason },
    });
  }
}

/** Seeing one's own record is one thing, answering for it another. */
function writable(scope: Scope): Scope {
  return scope.kind === 'all' ? scope : { ...scope, personId: 0 };
}
