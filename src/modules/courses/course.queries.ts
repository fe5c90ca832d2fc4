import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import type { NewCourse } from './course.service.js';
import { launchWarnings, type LaunchWarning } from './launch.rules.js';

/** A course as lists show it. */
export interface CourseRow extends NewCourse {
  id: number;
  publishedVersion: number | null;
  enrolled: number;
  completed: number;
}

/** A version as lists show it. */
export interface CourseVersionRow {
  id: number;
  number: number;
  state: 'draft' | 'approved' | 'published';
  launchUrl: string | null;
  packageId: number | null;
  isRetake: boolean;
  changeNote: string | null;
  warnings: LaunchWarning[];
}

type Raw = Omit<CourseRow, 'requiredBeforeFirstShift' | 'enrolled' | 'completed'> & {
  requiredBeforeFirstShift: number | boolean;
  enrolled: number | string;
  completed: number | string;
};

const SELECT = `SELECT c.id, c.code, c.title, c.audience, c.creditRule, c.estimatedMinutes, c.requiredBeforeFirstShift,
    (SELECT MAX(v.number) FROM course_version v WHERE v.courseId = c.id AND v.state = 'published') AS publishedVersion,
    (SELECT COUNT(*) FROM enrolment e WHERE e.courseId = c.id) AS enrolled,
    (SELECT COUNT(*) FROM enrolment e WHERE e.courseId = c.id AND e.state = 'completed') AS completed
  FROM course c`;

/** Reads courses. There are a handful of them, so lists are whole. */
@Injectable()
export class CourseQueries {
  constructor(private readonly database: Database) {}

  /** All courses, sorted by title. */
  async list(): Promise<CourseRow[]> {
    return (await this.database.select<Raw>(`${SELECT} ORDER BY c.title, c.id`)).map(toRow);
  }

  /** One course, or undefined. */
  async find(courseId: number): Promise<CourseRow | undefined> {
    const raw = await this.database.selectOne<Raw>(`${SELECT} WHERE c.id = ?`, [courseId]);
    return raw && toRow(raw);
  }

  /** The versions of a course, newest first. */
  async versions(courseId: number): Promise<CourseVersionRow[]> {
    const rows = await this.database.select<
      Omit<CourseVersionRow, 'warnings' | 'isRetake'> & { isRetake: number | boolean }
    >(
      `SELECT id, number, state, launchUrl, packageId, isRetake, changeNote
         FROM course_version WHERE courseId = ? ORDER BY number DESC`,
      [courseId],
    );
    return rows.map((row) => ({
      ...row,
      isRetake: Boolean(row.isRetake),
      warnings: row.launchUrl === null ? [] : launchWarnings(row.launchUrl),
    }));
  }
}

function toRow(raw: Raw): CourseRow {
  return {
    ...raw,
    requiredBeforeFirstShift: Boolean(raw.requiredBeforeFirstShift),
    enrolled: Number(raw.enrolled),
    completed: Number(raw.completed),
  };
}
