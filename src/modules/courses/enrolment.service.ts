import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import type { Condition } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import {
  execute,
  insertIgnore,
  insertRow,
  lockClause,
  randomHex,
  selectRows,
  shareClause,
} from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { OutboxService } from '../notifications/index.js';
import {
  factsOf,
  givesCredit,
  mergeFacts,
  NO_FACTS,
  standing,
  type CreditRule,
  type EnrolmentState,
  type LearningEvent,
  type LearningFacts,
  type Standing,
} from './completion.rules.js';
import { EnrolmentEvents } from './enrolment-events.js';
import { CompletionEvent } from './entities/enrolment.entity.js';
import type { CourseAudience } from './entities/course.entity.js';

/** An event with where it was read from. */
export interface RecordedEvent extends LearningEvent {
  seconds: number | null;
  inboxMessageId: number | null;
  /** The attempt in our own player, and the version it is of. */
  attempt?: { id: number; versionId: number };
  /** What was written about it, and by whom, when it was registered by hand. */
  note?: string | null;
  recordedByPersonId?: number | null;
}

/** An enrolment whose row is locked, as it stands. */
export interface LockedEnrolment {
  id: number;
  state: EnrolmentState;
  facts: string;
  courseId: number;
  creditRule: CreditRule;
  /** The version that is to be taken although an earlier one is completed. */
  retakeVersionId: number | null;
}

/** Enrols learners and merges what is said about them; always inside somebody else's unit of work. */
@Injectable()
export class EnrolmentService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly events: EnrolmentEvents,
  ) {}

  /** Enrols a person in every published course for the audience; existing enrolments stay as they are. */
  async enrolInCurrent(
    tx: Tx,
    personId: number,
    audience: CourseAudience,
    enrolledOn?: LocalDate,
  ): Promise<void> {
    const now = this.clock.now();
    await execute(
      tx,
      `${insertIgnore(tx)} INTO enrolment
          (reference, personId, courseId, state, facts, enrolledOn, createdAt, version)
        SELECT ${randomHex(tx)}, ?, c.id, 'not_started', ?, ?, ?, 1 FROM course c
         WHERE c.audience = ?
           AND EXISTS (SELECT 1 FROM course_version v WHERE v.courseId = c.id AND v.state = 'published')
         ORDER BY c.id${shareClause(tx)}`,
      [personId, JSON.stringify(NO_FACTS), enrolledOn ?? localDateOf(now, this.env.TZ_NAME), now, audience],
    );
  }

  /**
   * Enrols a person in one course, unless it is enrolled already.
   * @param enrolledOn the first day on which reports count it; today when left out
   */
  async enrol(tx: Tx, personId: number, courseId: number, enrolledOn?: LocalDate): Promise<void> {
    const now = this.clock.now();
    await execute(
      tx,
      `${insertIgnore(tx)} INTO enrolment
          (reference, personId, courseId, state, facts, enrolledOn, createdAt, version)
        VALUES (?, ?, ?, 'not_started', ?, ?, ?, 1)`,
      [
        randomBytes(16).toString('hex'),
        personId,
        courseId,
        JSON.stringify(NO_FACTS),
        enrolledOn ?? localDateOf(now, this.env.TZ_NAME),
        now,
      ],
    );
  }

  /** Enrols the people whom the condition on `p.id` finds in one course, except those who are enrolled already. */
  async enrolAll(tx: Tx, courseId: number, people: Condition): Promise<void> {
    const now = this.clock.now();
    await execute(
      tx,
      `${insertIgnore(tx)} INTO enrolment
          (reference, personId, courseId, state, facts, enrolledOn, createdAt, version)
        SELECT ${randomHex(tx)}, p.id, ?, 'not_started', ?, ?, ?, 1 FROM person p
         WHERE (${people.sql}) AND NOT EXISTS (SELECT 1 FROM enrolment x WHERE x.personId = p.id AND x.courseId = ?)
         ORDER BY p.id`,
      [
        courseId,
        JSON.stringify(NO_FACTS),
        localDateOf(now, this.env.TZ_NAME),
        now,
        ...people.values,
        courseId,
      ],
    );
  }

  /** The one enrolment the condition finds, its row locked until the unit of work ends. */
  async lock(tx: Tx, where: Condition): Promise<LockedEnrolment | undefined> {
    // The subquery locks nothing; a join would lock the course's row, and all its learners would wait for each other.
    const [enrolment] = await selectRows<LockedEnrolment>(
      tx,
      `SELECT id, state, facts, courseId, retakeVersionId,
              (SELECT creditRule FROM course WHERE course.id = enrolment.courseId) AS creditRule
         FROM enrolment WHERE ${where.sql}${lockClause(tx)}`,
      where.values,
    );
    return enrolment;
  }

  /**
   * Adds an event to an enrolment and derives its state anew. Two at once wait for each other at the row; since the
   * merge knows no order, it does not matter who comes first.
   */
  async record(tx: Tx, enrolmentId: number, event: RecordedEvent): Promise<void> {
    const enrolment = await this.lock(tx, { sql: 'id = ?', values: [enrolmentId] });
    if (!enrolment) throw new Error(`There is no enrolment ${enrolmentId}.`);
    await this.recordOn(tx, enrolment, event);
  }

  /** The same for an enrolment whose row is locked and read already. */
  async recordOn(tx: Tx, enrolment: LockedEnrolment, event: RecordedEvent): Promise<void> {
    const { occurredAt, completion, success, scoreScaled, seconds, source, inboxMessageId } = event;
    await insertRow<CompletionEvent>(tx, 'completion_event', {
      enrolmentId: enrolment.id,
      occurredAt,
      completion,
      success,
      scoreScaled,
      seconds,
      source,
      inboxMessageId,
      attemptId: event.attempt?.id ?? null,
      note: event.note ?? null,
      recordedByPersonId: event.recordedByPersonId ?? null,
      annulledAt: null,
    });
    const facts = mergeFacts(JSON.parse(enrolment.facts) as LearningFacts, factsOf(event));
    const state = await this.write(tx, enrolment, standing(facts, enrolment.creditRule), facts);
    // When it was completed may change with every message, to an earlier instant.
    if (state === 'completed') await this.events.changed(tx, enrolment.id);
    if (enrolment.retakeVersionId !== null) await this.settleRetake(tx, enrolment, event);
  }

  /** Whoever completes the newer version, here or after it was published elsewhere, has taken the course again. */
  private async settleRetake(tx: Tx, enrolment: LockedEnrolment, event: RecordedEvent): Promise<void> {
    if (!givesCredit(event, enrolment.creditRule)) return;
    await execute(
      tx,
      `UPDATE enrolment SET retakeVersionId = NULL
        WHERE id = ? AND EXISTS (SELECT 1 FROM course_version v LEFT JOIN course_version t ON t.id = ?
          WHERE v.id = enrolment.retakeVersionId
            AND (t.number >= v.number OR (t.id IS NULL AND v.publishedAt <= ?)))`,
      [enrolment.id, event.attempt?.versionId ?? null, event.occurredAt],
    );
  }

  /** Notes that a learner is let off, and reminds no more. */
  async waive(tx: Tx, enrolmentId: number): Promise<void> {
    await execute(tx, "UPDATE enrolment SET state = 'waived', version = version + 1 WHERE id = ?", [
      enrolmentId,
    ]);
    await this.outbox.cancelAbout(tx, 'elearning-reminder', { type: 'enrolment', id: enrolmentId });
    await this.events.changed(tx, enrolmentId);
  }

  /** Derives the state anew from the waivers and events that still count; the caller holds the enrolment's row. */
  async derive(tx: Tx, enrolmentId: number): Promise<void> {
    const [enrolment] = await selectRows<{ creditRule: CreditRule; waivers: number | string }>(
      tx,
      `SELECT c.creditRule,
              (SELECT COUNT(*) FROM waiver w WHERE w.enrolmentId = e.id AND w.revokedAt IS NULL) AS waivers
         FROM enrolment e JOIN course c ON c.id = e.courseId WHERE e.id = ?`,
      [enrolmentId],
    );
    const events = await tx.findBy(CompletionEvent, { enrolmentId, annulledAt: IsNull() });
    const facts = events.map(factsOf).reduce(mergeFacts, NO_FACTS);
    const before = Number(enrolment!.waivers) > 0 ? 'waived' : 'not_started';
    await this.write(tx, { id: enrolmentId, state: before }, standing(facts, enrolment!.creditRule), facts);
    await this.events.changed(tx, enrolmentId);
  }

  private async write(
    tx: Tx,
    { id, state: before }: Pick<LockedEnrolment, 'id' | 'state'>,
    now: Standing,
    facts: LearningFacts,
  ): Promise<EnrolmentState> {
    const state = before === 'waived' && now.state !== 'completed' ? 'waived' : now.state;
    await execute(
      tx,
      `UPDATE enrolment SET state = ?, success = ?, scoreScaled = ?, begunAt = ?, completedAt = ?, source = ?,
              facts = ?, version = version + 1
        WHERE id = ?`,
      [
        state,
        now.success,
        now.scoreScaled,
        now.begunAt,
        now.completedAt,
        now.source,
        JSON.stringify(facts),
        id,
      ],
    );
    if (state === 'completed' && before !== 'completed')
      await this.outbox.cancelAbout(tx, 'elearning-reminder', { type: 'enrolment', id });
    return state;
  }
}
