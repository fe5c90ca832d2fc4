import { Injectable } from '@nestjs/common';
import type { Condition } from '../../common/access/scope.js';
import { Database } from '../../database/database.js';
import { toInstant, toInstantOrNull } from '../../database/sql.js';
import type { CourseRow } from '../courses/index.js';
import { FUNNEL_STEPS, type Funnel, type TimeSpent } from './course-progress.rules.js';
import type { StalledUnit } from './stalled.rules.js';

/** The course that is asked about. */
export type AskedCourse = Pick<CourseRow, 'id' | 'audience'>;

const BEGUN = `(e.begunAt IS NOT NULL OR e.state IN ('in_progress', 'completed')
    OR EXISTS (SELECT 1 FROM attempt b WHERE b.enrolmentId = e.id))`;

/**
 * Whether the person `p` works for DDH now in the course's audience: an agent with an open employment, or a leader in office. It is
 * asked of each row, so that nobody with several roles is counted twice.
 */
export function worksHere(audience: CourseRow['audience']): string {
  const role =
    audience === 'leader'
      ? "SELECT 1 FROM role_assignment r WHERE r.personId = p.id AND r.role = 'leader'"
      : 'SELECT 1 FROM agent h JOIN employment o ON o.openAgentId = h.id WHERE h.personId = p.id';
  return `(p.deactivatedAt IS NULL AND EXISTS (${role}))`;
}

/** Reads how a course goes; only counts and anonymous times leave it. */
@Injectable()
export class CourseProgressQueries {
  constructor(private readonly database: Database) {}

  /** How far people have come: those who work for DDH now, and those who have left. */
  async funnels({ id, audience }: AskedCourse): Promise<{ current: Funnel; left: Funnel }> {
    const rows = await this.database.select<{ isHere: number } & Record<keyof Funnel, number | string>>(
      `SELECT f.isHere, COUNT(*) AS enrolled, SUM(f.begun) AS begun, SUM(f.completed) AS completed, SUM(f.passed) AS passed,
              SUM(f.waived) AS waived, SUM(f.retake) AS retake
         FROM (SELECT CASE WHEN ${worksHere(audience)} THEN 1 ELSE 0 END AS isHere,
                      CASE WHEN ${BEGUN} THEN 1 ELSE 0 END AS begun,
                      CASE WHEN e.state = 'completed' THEN 1 ELSE 0 END AS completed,
                      CASE WHEN e.success = 'passed' THEN 1 ELSE 0 END AS passed,
                      CASE WHEN e.state = 'waived' THEN 1 ELSE 0 END AS waived,
                      CASE WHEN e.retakeVersionId IS NULL THEN 0 ELSE 1 END AS retake
                 FROM enrolment e JOIN person p ON p.id = e.personId WHERE e.courseId = ?) f
        GROUP BY f.isHere`,
      [id],
    );
    const funnel = (isHere: number) => funnelOf(rows.find((row) => row.isHere === isHere));
    return { current: funnel(1), left: funnel(0) };
  }

  /** Time in the content in each attempt that was completed here, looking back at it afterwards left out. */
  timesSpent(courseId: number): Promise<TimeSpent[]> {
    return this.database.select<TimeSpent>(
      `SELECT v.number AS version, t.enrolmentId, SUM(l.seconds) AS seconds
         FROM course_version v
         JOIN attempt t ON t.courseVersionId = v.id AND t.enrolmentId IS NOT NULL AND t.completedAt IS NOT NULL
         JOIN launch l ON l.attemptId = t.id AND l.mode = 'normal'
        WHERE v.courseId = ? GROUP BY v.number, t.enrolmentId, t.number, t.id ORDER BY t.enrolmentId, t.number`,
      [courseId],
    );
  }

  /** When those who have completed were enrolled and were through. */
  async completions(courseId: number): Promise<{ enrolledOn: string; completedAt: Date }[]> {
    const rows = await this.database.select<{ enrolledOn: string; completedAt: string | Date }>(
      `SELECT enrolledOn, completedAt FROM enrolment
        WHERE courseId = ? AND state = 'completed' AND completedAt IS NOT NULL`,
      [courseId],
    );
    return rows.map((row) => ({ ...row, completedAt: toInstant(row.completedAt) }));
  }

  /**
   * What those have stored in their latest attempt who have begun, are not through, work for DDH now and have not been heard of after
   * the instant: one row for each unit, at least one for each of them.
   */
  async stalled(course: AskedCourse, since: Date): Promise<StalledUnit[]> {
    const silent = silentSince(since);
    const rows = await this.database.select<
      Omit<StalledUnit, 'updatedAt'> & { updatedAt: string | Date | null }
    >(
      `SELECT e.id AS enrolmentId, v.number AS version, v.packageId, s.scoIndex AS unit, s.completion, s.place, s.updatedAt
         FROM enrolment e JOIN person p ON p.id = e.personId
         LEFT JOIN attempt t ON t.enrolmentId = e.id
              AND t.number = (SELECT MAX(x.number) FROM attempt x WHERE x.enrolmentId = e.id)
         LEFT JOIN course_version v ON v.id = t.courseVersionId
         LEFT JOIN sco_state s ON s.attemptId = t.id
        WHERE e.courseId = ? AND e.state IN ('not_started', 'in_progress') AND ${BEGUN}
          AND ${worksHere(course.audience)} AND ${silent.sql}
        ORDER BY e.id, s.scoIndex`,
      [course.id, ...silent.values],
    );
    return rows.map((row) => ({ ...row, updatedAt: toInstantOrNull(row.updatedAt)?.getTime() ?? null }));
  }
}

/** Nothing was heard after the instant, neither from our player nor from a host elsewhere. */
function silentSince(since: Date): Condition {
  return {
    sql: `(t.id IS NULL OR t.startedAt <= ?)
      AND NOT EXISTS (SELECT 1 FROM launch l WHERE l.attemptId = t.id AND l.lastSeenAt > ?)
      AND NOT EXISTS (SELECT 1 FROM completion_event n
                       WHERE n.enrolmentId = e.id AND n.annulledAt IS NULL AND n.occurredAt > ?)`,
    values: [since, since, since],
  };
}

function funnelOf(row: Record<keyof Funnel, number | string> | undefined): Funnel {
  return Object.fromEntries(
    FUNNEL_STEPS.map((step) => [step, Number(row?.[step] ?? 0)]),
  ) as unknown as Funnel;
}
