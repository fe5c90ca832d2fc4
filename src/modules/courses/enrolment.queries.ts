import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, scopeCondition, type Scope } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { selectRows, toInstantOrNull } from '../../database/sql.js';
import type { EnrolmentState } from './completion.rules.js';

/** An enrolment as the API shows it. */
export interface EnrolmentRow {
  id: number;
  reference: string;
  personId: number;
  courseId: number;
  state: EnrolmentState;
  success: 'passed' | 'failed' | null;
  scoreScaled: number | null;
  completedAt: string | null;
  source: string | null;
}

/** An enrolment with what a person needs to take the course. */
export interface LearnerCourse {
  enrolmentId: number;
  reference: string;
  title: string;
  estimatedMinutes: number;
  requiredBeforeFirstShift: boolean;
  state: EnrolmentState;
  success: 'passed' | 'failed' | null;
  completedAt: Date | null;
  launchUrl: string | null;
}

/** What a list of enrolments may be narrowed to. */
export interface EnrolmentFilter {
  agentId?: number | undefined;
  personId?: number | undefined;
  courseId?: number | undefined;
  state?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<EnrolmentRow, 'completedAt'> & { completedAt: string | Date | null };
type RawCourse = Omit<LearnerCourse, 'completedAt' | 'requiredBeforeFirstShift'> & {
  completedAt: string | Date | null;
  requiredBeforeFirstShift: number | boolean;
};

const LEARNER_COURSE = `SELECT e.id AS enrolmentId, e.reference, c.title, c.estimatedMinutes, c.requiredBeforeFirstShift,
    e.state, e.success, e.completedAt,
    (SELECT v.launchUrl FROM course_version v WHERE v.courseId = c.id AND v.state = 'published'
      ORDER BY v.number DESC LIMIT 1) AS launchUrl
  FROM enrolment e JOIN course c ON c.id = e.courseId`;

/** Reads enrolments. */
@Injectable()
export class EnrolmentQueries {
  constructor(private readonly database: Database) {}

  /** Enrolments within the scope, oldest first. A leader sees those of the agents now employed in the municipality. */
  async list(scope: Scope, filter: EnrolmentFilter): Promise<Page<EnrolmentRow>> {
    const cursor = decodeCursor(filter.cursor, ['number']);
    const where = allOf([
      scopeCondition(scope, 'm.municipalityCode', 'e.personId'),
      columnIs('a.id', filter.agentId),
      columnIs('e.personId', filter.personId),
      columnIs('e.courseId', filter.courseId),
      columnIs('e.state', filter.state),
      cursor && { sql: 'e.id > ?', values: cursor },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT e.id, e.reference, e.personId, e.courseId, e.state, e.success, e.scoreScaled, e.completedAt, e.source
         FROM enrolment e
         LEFT JOIN agent a ON a.personId = e.personId
         LEFT JOIN employment m ON m.openAgentId = a.id
        WHERE ${where.sql} ORDER BY e.id LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    const items = rows.map((row) => ({
      ...row,
      completedAt: toInstantOrNull(row.completedAt)?.toISOString() ?? null,
    }));
    return toPage(items, filter.limit, (row) => [row.id]);
  }

  /**
   * The courses a person is enrolled in, those required before the first shift first; read inside a unit of work when
   * `source` is its tx.
   */
  async coursesOf(
    personId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<LearnerCourse[]> {
    const rows = await selectRows<RawCourse>(
      source,
      `${LEARNER_COURSE} WHERE e.personId = ? ORDER BY c.requiredBeforeFirstShift DESC, c.title, e.id`,
      [personId],
    );
    return rows.map(toLearnerCourse);
  }

  /** One enrolment of the person, or undefined. */
  async courseOf(personId: number, enrolmentId: number): Promise<LearnerCourse | undefined> {
    const row = await this.database.selectOne<RawCourse>(
      `${LEARNER_COURSE} WHERE e.personId = ? AND e.id = ?`,
      [personId, enrolmentId],
    );
    return row && toLearnerCourse(row);
  }
}

function toLearnerCourse(row: RawCourse): LearnerCourse {
  return {
    ...row,
    completedAt: toInstantOrNull(row.completedAt),
    requiredBeforeFirstShift: Boolean(row.requiredBeforeFirstShift),
  };
}
