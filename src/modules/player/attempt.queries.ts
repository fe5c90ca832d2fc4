import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { fromJson, toInstant, toInstantOrNull } from '../../database/sql.js';
import type { LaunchMode } from './entities/launch.entity.js';
import type { UnitStanding } from './rollup.rules.js';

/** An attempt as its learner sees it. */
export interface AttemptRow extends UnitStanding {
  id: number;
  number: number;
  versionNumber: number;
  startedAt: Date;
  completedAt: Date | null;
  lastSavedAt: Date | null;
  launches: number;
  /** Time in the content. */
  seconds: number;
}

/** An attempt with whom and what it is about. */
export interface AttemptSubject {
  id: number;
  number: number;
  enrolmentId: number | null;
  personId: number;
  learner: string;
  courseId: number;
  course: string;
  versionNumber: number;
}

/** Something that happened on the way, oldest first. */
export interface HistoryEntry {
  at: Date;
  kind: 'opened' | 'looked_back' | 'tried' | 'left' | 'said';
  versionNumber: number | null;
  completion: UnitStanding['completion'];
  success: UnitStanding['success'];
  source: string | null;
}

/** What a unit has stored. */
export interface UnitRuntime extends UnitStanding {
  scoIndex: number;
  cmi: Record<string, unknown> | null;
  place: string | null;
  updatedAt: Date;
}

type RawAttempt = Omit<AttemptRow, 'startedAt' | 'completedAt' | 'lastSavedAt' | 'launches' | 'seconds'> & {
  startedAt: string | Date;
  completedAt: string | Date | null;
  lastSavedAt: string | Date | null;
  launches: number | string;
  seconds: number | string | null;
};

interface RawLaunch {
  mode: LaunchMode;
  startedAt: string | Date;
  endedAt: string | Date | null;
  versionNumber: number;
}

type RawEvent = Pick<HistoryEntry, 'completion' | 'success' | 'source'> & { occurredAt: string | Date };

/** Reads attempts; the caller has made sure that the reader may see them. */
@Injectable()
export class AttemptQueries {
  constructor(private readonly database: Database) {}

  /** The attempts of an enrolment, newest first. */
  async of(enrolmentId: number): Promise<AttemptRow[]> {
    const rows = await this.database.select<RawAttempt>(
      `SELECT a.id, a.number, v.number AS versionNumber, a.completion, a.success, a.scoreScaled, a.startedAt, a.completedAt,
              (SELECT MAX(s.updatedAt) FROM sco_state s WHERE s.attemptId = a.id) AS lastSavedAt,
              (SELECT COUNT(*) FROM launch l WHERE l.attemptId = a.id) AS launches,
              (SELECT SUM(l.seconds) FROM launch l WHERE l.attemptId = a.id) AS seconds
         FROM attempt a JOIN course_version v ON v.id = a.courseVersionId
        WHERE a.enrolmentId = ? ORDER BY a.number DESC`,
      [enrolmentId],
    );
    return rows.map((row) => ({
      ...row,
      startedAt: toInstant(row.startedAt),
      completedAt: toInstantOrNull(row.completedAt),
      lastSavedAt: toInstantOrNull(row.lastSavedAt),
      launches: Number(row.launches),
      seconds: Number(row.seconds ?? 0),
    }));
  }

  /** The latest attempt of each of a person's enrolments that has one, by enrolment. */
  async latestOf(personId: number): Promise<Map<number, number>> {
    const rows = await this.database.select<{ enrolmentId: number; attemptId: number }>(
      `SELECT enrolmentId, MAX(id) AS attemptId FROM attempt
        WHERE personId = ? AND enrolmentId IS NOT NULL GROUP BY enrolmentId`,
      [personId],
    );
    return new Map(rows.map((row) => [row.enrolmentId, row.attemptId]));
  }

  /** The sittings of an attempt, newest first: when, and how long in seconds. */
  async launches(attemptId: number): Promise<{ startedAt: Date; seconds: number }[]> {
    const rows = await this.database.select<{ startedAt: string | Date; seconds: number }>(
      'SELECT startedAt, seconds FROM launch WHERE attemptId = ? ORDER BY id DESC LIMIT 50',
      [attemptId],
    );
    return rows.map((row) => ({ startedAt: toInstant(row.startedAt), seconds: row.seconds }));
  }

  /** Whom and what an attempt is about. */
  find(attemptId: number): Promise<AttemptSubject | undefined> {
    return this.database.selectOne<AttemptSubject>(
      `SELECT a.id, a.number, a.enrolmentId, a.personId, CONCAT(p.firstName, ' ', p.lastName) AS learner,
              c.id AS courseId, c.title AS course, v.number AS versionNumber
         FROM attempt a JOIN person p ON p.id = a.personId JOIN course_version v ON v.id = a.courseVersionId
         JOIN course c ON c.id = v.courseId WHERE a.id = ?`,
      [attemptId],
    );
  }

  /** Everything that happened to an enrolment, or in one attempt where there is no enrolment. */
  async history(subject: Pick<AttemptSubject, 'id' | 'enrolmentId'>): Promise<HistoryEntry[]> {
    const launches = await this.database.select<RawLaunch>(
      `SELECT l.mode, l.startedAt, l.endedAt, v.number AS versionNumber
         FROM launch l JOIN attempt a ON a.id = l.attemptId JOIN course_version v ON v.id = a.courseVersionId
        WHERE ${subject.enrolmentId === null ? 'a.id' : 'a.enrolmentId'} = ? ORDER BY l.id`,
      [subject.enrolmentId ?? subject.id],
    );
    const events = await this.database.select<RawEvent>(
      `SELECT occurredAt, completion, success, source FROM completion_event
        WHERE enrolmentId = ? AND annulledAt IS NULL ORDER BY id`,
      [subject.enrolmentId ?? 0],
    );
    return [...launches.flatMap(entriesOf), ...events.map(entryOf)].sort(
      (a, b) => a.at.getTime() - b.at.getTime(),
    );
  }

  /** What the units of an attempt have stored, in the manifest's order. */
  async runtime(attemptId: number): Promise<UnitRuntime[]> {
    const rows = await this.database.select<
      Omit<UnitRuntime, 'cmi' | 'updatedAt'> & { cmi: string | null; updatedAt: string | Date }
    >(
      `SELECT scoIndex, cmi, completion, success, scoreScaled, place, updatedAt
         FROM sco_state WHERE attemptId = ? ORDER BY scoIndex`,
      [attemptId],
    );
    return rows.map((row) => ({
      ...row,
      cmi: row.cmi === null ? null : fromJson<Record<string, unknown>>(row.cmi),
      updatedAt: toInstant(row.updatedAt),
    }));
  }
}

const NOTHING = { completion: null, success: null, source: null };
const KINDS = { normal: 'opened', review: 'looked_back', trial: 'tried' } as const;

function entriesOf({ mode, startedAt, endedAt, versionNumber }: RawLaunch): HistoryEntry[] {
  const opened = { at: toInstant(startedAt), kind: KINDS[mode], versionNumber, ...NOTHING };
  const left = toInstantOrNull(endedAt);
  return left ? [opened, { at: left, kind: 'left', versionNumber, ...NOTHING }] : [opened];
}

function entryOf({ occurredAt, ...said }: RawEvent): HistoryEntry {
  return { at: toInstant(occurredAt), kind: 'said', versionNumber: null, ...said };
}
