import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Condition } from '../../common/access/scope.js';
import { localDateOf } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { placeholders, selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';
import { worksHere, type AskedCourse } from './course-progress.queries.js';
import {
  followedUpUntil,
  lateness,
  retakeDueOn,
  type Lateness,
  type LateReason,
} from './late-learners.rules.js';
import { ELEARNING_DUE_ON, PENDING_ELEARNING, WELCOME_WAITS } from './pending-elearning.js';
import { remindable, type Remindable } from './remind-now.rules.js';
import { REMINDER_TEMPLATE, RETAKE_REMINDER_TEMPLATE } from './reminder.mail.js';

/** Somebody who should have completed a course, or is about to be late. */
export interface LateLearner extends Lateness {
  enrolmentId: number;
  personId: number;
  reason: LateReason;
  dueOn: string;
  name: string;
  firstName: string;
  email: string;
  language: string;
  /** Null for a leader. */
  agentId: number | null;
  municipalityCode: string | null;
  municipalityName: string | null;
  leaderId: number | null;
  leaderName: string | null;
  /** The latest reminder to the person in any course, whatever has become of it; 0 when there was none. */
  lastReminderId: number;
  lastReminderAt: Date | null;
  remindable: Remindable;
}

type Raw = Omit<LateLearner, keyof Lateness | 'lastReminderAt' | 'remindable'> & {
  lastReminderAt: string | Date | null;
  isOnItsWay: number;
  isWelcomeWaiting: number;
};

/** Which of them are asked for; all when left out. */
export interface LateSelection {
  limit?: number;
  cursor?: string | undefined;
  enrolmentIds?: readonly number[];
}

const MAIL = `FROM mail w WHERE w.toPersonId = x.personId
    AND w.template IN ('${REMINDER_TEMPLATE}', '${RETAKE_REMINDER_TEMPLATE}')`;

/** Reads who is late with a course. */
@Injectable()
export class LateLearners {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
  ) {}

  /** A page of them, those who are most late first. */
  async page(
    course: AskedCourse,
    now: Date,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<LateLearner>> {
    const rows = await this.select(course, now, { limit: limit + 1, cursor });
    return toPage(rows, limit, (row) => [row.dueOn, row.enrolmentId]);
  }

  /** Some of them or all, in the same order; inside a unit of work through its tx. */
  async select(
    course: AskedCourse,
    now: Date,
    selection: LateSelection = {},
    source: EntityManager = this.database.reader.manager,
  ): Promise<LateLearner[]> {
    const late = await this.late(source, course, now);
    const chosen = chosenOf(late, selection);
    const rows = await selectRows<Raw>(source, detailsOf(course, chosen.sql), chosen.values);
    const today = localDateOf(now, this.env.TZ_NAME);
    return rows.map((row) => toLearner(row, today, now));
  }

  /** Everyone who is late, without order: enrolment, person, reason, day. */
  private async late(source: EntityManager, course: AskedCourse, now: Date): Promise<Condition> {
    const today = localDateOf(now, this.env.TZ_NAME);
    const retakes = await this.retakesDue(source, course.id, followedUpUntil('retake', today));
    const firstShift = {
      sql: `SELECT e.id AS enrolmentId, e.personId, 'first_shift' AS reason, ${ELEARNING_DUE_ON} AS dueOn
              ${PENDING_ELEARNING} AND e.courseId = ? AND ${ELEARNING_DUE_ON} <= ?`,
      values: [course.id, followedUpUntil('first_shift', today)],
    };
    if (retakes.length === 0) return firstShift;
    const retake = lateRetakes(course, retakes);
    return {
      sql: `${firstShift.sql} UNION ALL ${retake.sql}`,
      values: [...firstShift.values, ...retake.values],
    };
  }

  /** The versions that should have been taken again by the day. */
  private async retakesDue(source: EntityManager, courseId: number, until: string): Promise<DueRetake[]> {
    const versions = await selectRows<{ id: number; publishedAt: string | Date }>(
      source,
      `SELECT id, publishedAt FROM course_version
        WHERE courseId = ? AND state = 'published' AND publishedAt IS NOT NULL ORDER BY id`,
      [courseId],
    );
    return versions
      .map(({ id, publishedAt }) => ({
        id,
        dueOn: retakeDueOn(localDateOf(toInstant(publishedAt), this.env.TZ_NAME)),
      }))
      .filter(({ dueOn }) => dueOn <= until);
  }
}

interface DueRetake {
  id: number;
  dueOn: string;
}

function lateRetakes(course: AskedCourse, retakes: readonly DueRetake[]): Condition {
  return {
    sql: `SELECT e.id AS enrolmentId, e.personId, 'retake' AS reason,
                 CASE e.retakeVersionId ${retakes.map(() => 'WHEN ? THEN ?').join(' ')} END AS dueOn
            FROM enrolment e JOIN person p ON p.id = e.personId
           WHERE e.courseId = ? AND e.state = 'completed' AND e.retakeVersionId IN (${placeholders(retakes)})
             AND ${worksHere(course.audience)}`,
    values: [...retakes.flatMap(({ id, dueOn }) => [id, dueOn]), course.id, ...retakes.map(({ id }) => id)],
  };
}

/** Chosen before anything else is read about them, so that a page costs as much as a page. */
function chosenOf(late: Condition, { limit, cursor, enrolmentIds }: LateSelection): Condition {
  const after = decodeCursor(cursor, ['string', 'number']);
  const conditions = [
    ...(after ? ['(y.dueOn > ? OR (y.dueOn = ? AND y.enrolmentId > ?))'] : []),
    ...(enrolmentIds ? [`y.enrolmentId IN (${placeholders(enrolmentIds)})`] : []),
  ];
  return {
    sql: `SELECT y.enrolmentId, y.personId, y.reason, y.dueOn FROM (${late.sql}) y
           ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
           ORDER BY y.dueOn, y.enrolmentId ${limit === undefined ? '' : 'LIMIT ?'}`,
    values: [
      ...late.values,
      ...(after ? [after[0], after[0], after[1]] : []),
      ...(enrolmentIds ?? []),
      ...(limit === undefined ? [] : [limit]),
    ],
  };
}

function detailsOf({ audience }: AskedCourse, chosen: string): string {
  const works =
    audience === 'leader'
      ? "LEFT JOIN role_assignment m ON m.personId = x.personId AND m.role = 'leader'"
      : 'LEFT JOIN employment m ON m.openAgentId = a.id';
  const leader = audience === 'leader' ? 'NULL' : 'm.leaderId';
  return `SELECT x.enrolmentId, x.personId, x.reason, x.dueOn, CONCAT(p.firstName, ' ', p.lastName) AS name,
      p.firstName, p.email, p.language, ${audience === 'leader' ? 'NULL' : 'a.id'} AS agentId,
      m.municipalityCode, u.name AS municipalityName, ${leader} AS leaderId,
      CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leaderName,
      COALESCE((SELECT MAX(w.id) ${MAIL}), 0) AS lastReminderId,
      (SELECT MAX(w.sentAt) ${MAIL} AND w.state = 'sent') AS lastReminderAt,
      EXISTS (SELECT 1 ${MAIL} AND w.state IN ('queued', 'sending', 'retrying')) AS isOnItsWay,
      ${WELCOME_WAITS} AS isWelcomeWaiting
    FROM (${chosen}) x
    JOIN person p ON p.id = x.personId
    LEFT JOIN agent a ON a.personId = x.personId
    ${works}
    LEFT JOIN municipality u ON u.code = m.municipalityCode
    LEFT JOIN person l ON l.id = ${leader}
    ORDER BY x.dueOn, x.enrolmentId`;
}

function toLearner({ isOnItsWay, isWelcomeWaiting, ...row }: Raw, today: string, now: Date): LateLearner {
  const lastReminderAt = toInstantOrNull(row.lastReminderAt);
  const before = {
    isOnItsWay: isOnItsWay === 1,
    isWelcomeWaiting: isWelcomeWaiting === 1,
    lastSentAt: lastReminderAt,
  };
  return {
    ...row,
    ...lateness(row.dueOn, today),
    lastReminderAt,
    remindable: remindable(before, now),
  };
}
