import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { hashToken } from '../../common/crypto.js';
import { Database } from '../../database/database.js';
import { fromJson, toInstant, toInstantOrNull } from '../../database/sql.js';
import { PackageQueries, type PackageRow } from '../packages/index.js';
import type { LaunchMode } from './entities/launch.entity.js';
import { UNTOUCHED, type UnitStanding } from './rollup.rules.js';
import type { StoredUnit } from './starting-data.rules.js';

/** A launch that a token opens. */
export interface OpenLaunch {
  id: number;
  attemptId: number;
  /** Null while a version is only being tried. */
  enrolmentId: number | null;
  versionId: number;
  courseTitle: string;
  mode: LaunchMode;
  learner: { personId: number; firstName: string; lastName: string; language: string };
  startedAt: Date;
  package: PackageRow;
}

/** Why a token opens nothing: never made, or its time, its sign-in or its course is over. */
export type ClosedLaunch = 'unknown' | 'expired' | 'ended';

interface RawLaunch {
  id: number;
  attemptId: number;
  enrolmentId: number | null;
  versionId: number;
  packageId: number | null;
  courseTitle: string;
  mode: LaunchMode;
  personId: number;
  firstName: string;
  lastName: string;
  language: string;
  startedAt: string | Date;
  expiresAt: string | Date;
  endedAt: string | Date | null;
  sessionId: number | null;
}

interface RawUnit extends UnitStanding {
  scoIndex: number;
  cmi: string | object | null;
  secondsBefore: number;
  secondsNow: number;
  isClosed: number | boolean;
}

const SELECT_LAUNCH = `SELECT l.id, l.attemptId, a.enrolmentId, v.id AS versionId, v.packageId, c.title AS courseTitle, l.mode,
    p.id AS personId, p.firstName, p.lastName, p.language, l.startedAt, l.expiresAt, l.endedAt, s.id AS sessionId
  FROM launch l JOIN attempt a ON a.id = l.attemptId JOIN person p ON p.id = a.personId
  JOIN course_version v ON v.id = a.courseVersionId JOIN course c ON c.id = v.courseId
  LEFT JOIN session s ON s.id = l.sessionId AND s.revokedAt IS NULL AND p.deactivatedAt IS NULL`;

/** Packages never change, so those in use are remembered. */
const MOST_REMEMBERED = 50;

/** Reads launches for the content host, which knows people by the token of a launch alone. */
@Injectable()
export class LaunchQueries {
  private readonly remembered = new Map<number, PackageRow>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly packages: PackageQueries,
  ) {}

  /** The launch a token opens now, or why it opens none. */
  async open(token: string): Promise<OpenLaunch | ClosedLaunch> {
    const raw = await this.database.selectOne<RawLaunch>(`${SELECT_LAUNCH} WHERE l.tokenHash = ?`, [
      hashToken(token),
    ]);
    if (!raw || raw.packageId === null) return 'unknown';
    if (toInstantOrNull(raw.endedAt)) return 'ended';
    if (raw.sessionId === null || toInstant(raw.expiresAt) <= this.clock.now()) return 'expired';
    const content = await this.packageOf(raw.packageId);
    if (!content) return 'unknown';
    const { id, attemptId, enrolmentId, versionId, courseTitle, mode } = raw;
    const { personId, firstName, lastName, language } = raw;
    return {
      id,
      attemptId,
      enrolmentId,
      versionId,
      courseTitle,
      mode,
      learner: { personId, firstName, lastName, language },
      startedAt: toInstant(raw.startedAt),
      package: content,
    };
  }

  private async packageOf(packageId: number): Promise<PackageRow | undefined> {
    const known = this.remembered.get(packageId);
    if (known) return known;
    const found = await this.packages.find(packageId);
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear();
    if (found) this.remembered.set(packageId, found);
    return found;
  }

  /** The enrolment a launch is of, also when the launch is over; undefined for a token that never was. */
  async enrolmentOf(token: string): Promise<number | null | undefined> {
    const row = await this.database.selectOne<{ enrolmentId: number | null }>(
      'SELECT a.enrolmentId FROM launch l JOIN attempt a ON a.id = l.attemptId WHERE l.tokenHash = ?',
      [hashToken(token)],
    );
    return row?.enrolmentId;
  }

  /** What the units of an attempt have stored, by their place in the manifest. */
  async units(attemptId: number): Promise<Map<number, StoredUnit & UnitStanding>> {
    const rows = await this.database.select<RawUnit>(
      `SELECT scoIndex, cmi, completion, success, scoreScaled, secondsBefore, secondsNow, isClosed
         FROM sco_state WHERE attemptId = ?`,
      [attemptId],
    );
    return new Map(
      rows.map(({ scoIndex, cmi, secondsBefore, secondsNow, isClosed, ...standing }) => [
        scoIndex,
        {
          ...UNTOUCHED,
          ...standing,
          cmi: cmi === null ? null : fromJson<Record<string, unknown>>(cmi as string),
          seconds: secondsBefore + secondsNow,
          isClosed: Boolean(isClosed),
        },
      ]),
    );
  }
}
