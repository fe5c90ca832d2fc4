import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, scopeCondition, type Scope } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';
import type { CourseAudience } from './entities/course.entity.js';
import type { EnrolmentState } from './completion.rules.js';
import type { WaiverReason } from './waiver.rules.js';

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
  /** Where the newest version is taken elsewhere. */
  launchUrl: string | null;
  /** The package of the newest version, when it is played here. */
  packageId: number | null;
  /** The newest version. */
  versionNumber: number | null;
  /** Whether it is to be taken again although it is completed. */
  isRetake: boolean;
}

/** A completion that somebody vouched for. */
export interface HandMadeRow {
  id: number;
  enrolmentId: number;
  occurredAt: string;
  note: string | null;
  source: string;
  byName: string;
}

/** A waiver that counts. */
export interface WaiverRow {
  enrolmentId: number;
  reason: WaiverReason;
  createdAt: string;
  byName: string;
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
type RawCourse = Omit<LearnerCourse, 'completedAt' | 'requiredBeforeFirstShift' | 'isRetake'> & {
  completedAt: string | Date | null;
  requiredBeforeFirstShift: number | boolean;
  isRetake: number;
};

const LEARNER_COURSE = `SELECT e.id AS enrolmentId, e.reference, c.title, c.estimatedMinutes, c.requiredBeforeFirstShift,
    e.state, e.success, e.completedAt, v.launchUrl, v.packageId, v.number AS versionNumber,
    CASE WHEN e.retakeVersionId IS NULL THEN 0 ELSE 1 END AS isRetake
  FROM enrolment e JOIN course c ON c.id = e.courseId
  LEFT JOIN course_version v ON v.courseId = c.id AND v.number = (SELECT MAX(x.number) FROM course_version x
    WHERE x.courseId = c.id AND x.state = 'published')`;

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

  /** One enrolment within the scope. @throws DomainError `not_found` */
  async find(scope: Scope, enrolmentId: number): Promise<EnrolmentRow> {
    const seen = scopeCondition(scope, 'm.municipalityCode', 'e.personId');
    const row = await this.database.selectOne<Raw>(
      `SELECT e.id, e.reference, e.personId, e.courseId, e.state, e.success, e.scoreScaled, e.completedAt, e.source
         FROM enrolment e LEFT JOIN agent a ON a.personId = e.personId LEFT JOIN employment m ON m.openAgentId = a.id
        WHERE e.id = ? AND (${seen.sql})`,
      [enrolmentId, ...seen.values],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return { ...row, completedAt: toInstantOrNull(row.completedAt)?.toISOString() ?? null };
  }

  /** What people said about the enrolments of a person: completions by hand and waivers that still count. */
  async byHand(personId: number): Promise<{ completions: HandMadeRow[]; waivers: WaiverRow[] }> {
    const completions = await this.database.select<HandMadeRow & { occurredAt: string | Date }>(
      `SELECT v.id, v.enrolmentId, v.occurredAt, v.note, v.source, CONCAT(p.firstName, ' ', p.lastName) AS byName
         FROM completion_event v JOIN enrolment e ON e.id = v.enrolmentId JOIN person p ON p.id = v.recordedByPersonId
        WHERE e.personId = ? AND v.annulledAt IS NULL ORDER BY v.id`,
      [personId],
    );
    const waivers = await this.database.select<WaiverRow & { createdAt: string | Date }>(
      `SELECT w.enrolmentId, w.reason, w.createdAt, CONCAT(p.firstName, ' ', p.lastName) AS byName
         FROM waiver w JOIN enrolment e ON e.id = w.enrolmentId JOIN person p ON p.id = w.byPersonId
        WHERE e.personId = ? AND w.revokedAt IS NULL ORDER BY w.id`,
      [personId],
    );
    return {
      completions: completions.map((row) => ({
        ...row,
        occurredAt: toInstant(row.occurredAt).toISOString(),
      })),
      waivers: waivers.map((row) => ({ ...row, createdAt: toInstant(row.createdAt).toISOString() })),
    };
  }

  /**
   * The courses a person is enrolled in as an agent (or as a leader), those required before the first shift first; read inside a unit of work when
   * `source` is its tx.
   */
  async coursesOf(
    personId: number,
    source: EntityManager = this.database.reader.manager,
    audience: CourseAudience = 'agent',
  ): Promise<LearnerCourse[]> {
    const rows = await selectRows<RawCourse>(
      source,
      `${LEARNER_COURSE} WHERE e.personId = ? AND c.audience = ? ORDER BY c.requiredBeforeFirstShift DESC, c.title, e.id`,
      [personId, audience],
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
    isRetake: row.isRetake === 1,
  };
}
