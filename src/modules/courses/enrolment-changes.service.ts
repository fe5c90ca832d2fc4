import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '../../common/access/principal.js';
import { scopeCondition, scopeOf } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { instantAt, localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { EnrolmentState } from './completion.rules.js';
import { EnrolmentService } from './enrolment.service.js';
import { Waiver } from './entities/waiver.entity.js';
import type { WaiverReason } from './waiver.rules.js';

/** A completion that somebody vouches for. */
export interface ManualCompletion {
  completedOn: LocalDate;
  note?: string | undefined;
}

/** Where completions by hand are said to come from. */
export const MANUAL_SOURCE = 'manual';

interface LockedEnrolment {
  id: number;
  personId: number;
  state: EnrolmentState;
}

/** What people say about an enrolment: a completion by hand, a waiver, and taking either back. */
@Injectable()
export class EnrolmentChangesService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly enrolments: EnrolmentService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Registers a completion by hand.
   * @throws DomainError `not_found`, `in_the_future`
   */
  complete(
    enrolmentId: number,
    completion: ManualCompletion,
    by: Principal,
    call: IdempotentCall,
  ): Promise<void> {
    return this.idempotency.run(call, async (tx) => {
      await this.lock(tx, enrolmentId, by);
      await this.completeWithin(tx, enrolmentId, completion, MANUAL_SOURCE, by.personId);
    });
  }

  /** The same inside a unit of work, for one who has been allowed to. */
  async completeWithin(
    tx: Tx,
    enrolmentId: number,
    { completedOn, note }: ManualCompletion,
    source: string,
    actorPersonId: number,
  ): Promise<void> {
    if (completedOn > localDateOf(this.clock.now(), this.env.TZ_NAME))
      throw new DomainError('in_the_future', 'rule', {
        faults: [{ field: 'completedOn', code: 'in_the_future' }],
      });
    const noon = instantAt(completedOn, '12:00', this.env.TZ_NAME);
    await this.enrolments.record(tx, enrolmentId, {
      occurredAt: noon < this.clock.now() ? noon : this.clock.now(),
      // Whoever registers it says that the course is finished, whatever its credit rule asks for.
      completion: 'completed',
      success: 'passed',
      scoreScaled: null,
      seconds: null,
      source,
      inboxMessageId: null,
      note: note ?? null,
      recordedByPersonId: actorPersonId,
    });
    await this.note(tx, 'enrolment.completed_by_hand', enrolmentId, actorPersonId, { on: completedOn });
  }

  /** Takes a completion by hand back, because it was wrong; the event stays as evidence. @throws DomainError `not_found` */
  async annul(enrolmentId: number, eventId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lock(tx, enrolmentId, by);
      const { affected } = await execute(
        tx,
        `UPDATE completion_event SET annulledAt = ?
          WHERE id = ? AND enrolmentId = ? AND recordedByPersonId IS NOT NULL AND annulledAt IS NULL`,
        [this.clock.now(), eventId, enrolmentId],
      );
      if (affected !== 1) throw new DomainError('not_found', 'not_found');
      await this.enrolments.derive(tx, enrolmentId);
      await this.note(tx, 'enrolment.completion_annulled', enrolmentId, by.personId, { event: eventId });
    });
  }

  /** Lets a learner off. @throws DomainError `not_found`, `already_completed`, `already_waived` */
  waive(enrolmentId: number, reason: WaiverReason, by: Principal, call: IdempotentCall): Promise<void> {
    return this.idempotency.run(call, async (tx) => {
      const { state } = await this.lock(tx, enrolmentId, by);
      if (state === 'completed') throw new DomainError('already_completed', 'conflict');
      if (state === 'waived') throw new DomainError('already_waived', 'conflict');
      const createdAt = this.clock.now();
      await tx.insert(Waiver, { enrolmentId, reason, byPersonId: by.personId, createdAt });
      await this.enrolments.waive(tx, enrolmentId);
      await this.note(tx, 'enrolment.waived', enrolmentId, by.personId, { reason });
    });
  }

  /** Takes a waiver back: the course must be taken after all. @throws DomainError `not_found`, `not_waived` */
  async revokeWaiver(enrolmentId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.lock(tx, enrolmentId, by);
      const { affected } = await execute(
        tx,
        'UPDATE waiver SET revokedAt = ?, revokedByPersonId = ? WHERE enrolmentId = ? AND revokedAt IS NULL',
        [this.clock.now(), by.personId, enrolmentId],
      );
      if (affected === 0) throw new DomainError('not_waived', 'conflict');
      await this.enrolments.derive(tx, enrolmentId);
      await this.note(tx, 'enrolment.waiver_revoked', enrolmentId, by.personId);
    });
  }

  /** The enrolment of a learner within what the caller may see, its row locked. */
  private async lock(tx: Tx, enrolmentId: number, by: Principal): Promise<LockedEnrolment> {
    const [row] = await selectRows<LockedEnrolment>(
      tx,
      `SELECT id, personId, state FROM enrolment WHERE id = ?${lockClause(tx)}`,
      [enrolmentId],
    );
    const seen = scopeCondition(scopeOf(by), 'm.municipalityCode', 'p.id');
    const [mine] = await selectRows(
      tx,
      `SELECT p.id FROM person p LEFT JOIN agent a ON a.personId = p.id LEFT JOIN employment m ON m.openAgentId = a.id
        WHERE p.id = ? AND (${seen.sql})`,
      [row?.personId ?? 0, ...seen.values],
    );
    if (!row || !mine) throw new DomainError('not_found', 'not_found');
    return row;
  }

  private async note(
    tx: Tx,
    action: string,
    enrolmentId: number,
    actorPersonId: number,
    detail?: Record<string, string | number>,
  ): Promise<void> {
    await this.audit.record(tx, {
      actorPersonId,
      action,
      subjectType: 'enrolment',
      subjectId: enrolmentId,
      ...(detail && { detail }),
    });
  }
}
