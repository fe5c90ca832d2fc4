import { Injectable } from '@nestjs/common';
import { allOf, type Condition } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { fromJson, toInstantOrNull } from '../../../database/sql.js';
import type { CheckQuestion } from '../check-questions.rules.js';
import { GuideReaders } from '../guide-readers.js';
import { meantFor, visibleTo, type GuideViewer } from '../guide-viewer.js';
import { toVersionRow, VERSION_COLUMNS, type RawVersion, type VersionRow } from './version-row.js';

/** A version with its text. */
export interface WholeVersion extends VersionRow {
  body: string | null;
  /** With the right answers: not for readers. */
  questions: CheckQuestion[];
  /** When the guide was put away, if it is. */
  archivedAt: string | null;
}

/** What was new in a version. */
export interface VersionNote {
  number: number;
  changeNote: string;
}

interface RawWhole {
  questions: string | CheckQuestion[] | null;
  archivedAt: string | Date | null;
}

/** Reads single versions. */
@Injectable()
export class VersionQueries {
  constructor(
    private readonly database: Database,
    private readonly readers: GuideReaders,
  ) {}

  /** A version of a guide by its number. @throws DomainError `not_found` for one that the viewer may not see */
  find(viewer: GuideViewer, guideId: number, number: number): Promise<WholeVersion> {
    return this.one(viewer, { sql: 'v.guideId = ? AND v.number = ?', values: [guideId, number] });
  }

  /** A version by its key. @throws DomainError `not_found` for one that the viewer may not see */
  byId(viewer: GuideViewer, versionId: number): Promise<WholeVersion> {
    return this.one(viewer, { sql: 'v.id = ?', values: [versionId] });
  }

  /** The newest version of a guide that the viewer may see, one that stands if there is any; undefined when there is none. */
  async newest(viewer: GuideViewer, guideId: number): Promise<WholeVersion | undefined> {
    const seen = visibleTo(viewer, 'v');
    const row = await this.database.selectOne<{ id: number }>(
      `SELECT v.id FROM guide_version v WHERE v.guideId = ? AND ${seen.sql}
        ORDER BY CASE WHEN v.withdrawnAt IS NULL THEN 0 ELSE 1 END, v.number DESC LIMIT 1`,
      [guideId, ...seen.values],
    );
    return row && this.byId(viewer, row.id);
  }

  /** The number of the last version before this one that the agent has read; null when there is none. */
  async lastRead(agentId: number, guideId: number, before: number): Promise<number | null> {
    const row = await this.database.selectOne<{ number: number | null }>(
      'SELECT MAX(number) AS number FROM read_receipt WHERE agentId = ? AND guideId = ? AND number < ?',
      [agentId, guideId, before],
    );
    return row?.number ?? null;
  }

  /** The number of the version before this one that stands and that the viewer may see; null when there is none. */
  async previous(viewer: GuideViewer, guideId: number, before: number): Promise<number | null> {
    const seen = visibleTo(viewer, 'v');
    const row = await this.database.selectOne<{ number: number | null }>(
      `SELECT MAX(v.number) AS number FROM guide_version v
        WHERE v.guideId = ? AND v.number < ? AND v.withdrawnAt IS NULL AND ${seen.sql}`,
      [guideId, before, ...seen.values],
    );
    return row?.number ?? null;
  }

  /** Whether the version that was meant for the viewer, as an agent, has been taken back; any of the guide when none is named. */
  async wasWithdrawn({ agentId }: GuideViewer, guideId: number, number?: number): Promise<boolean> {
    const meant = meantFor(agentId, 'v');
    const rows = await this.database.select(
      `SELECT v.id FROM guide_version v
        WHERE v.guideId = ? AND (? IS NULL OR v.number = ?) AND v.withdrawnAt IS NOT NULL AND ${meant.sql} LIMIT 1`,
      [guideId, number, number, ...meant.values],
    );
    return rows.length > 0;
  }

  /** The text of a version that the viewer may see or has read; undefined when there is none. */
  async text(viewer: GuideViewer, guideId: number, number: number): Promise<string | undefined> {
    const seen = visibleTo(viewer, 'v');
    const row = await this.database.selectOne<{ body: string | null }>(
      `SELECT v.body FROM guide_version v WHERE v.guideId = ? AND v.number = ? AND ((${seen.sql})
          OR EXISTS (SELECT 1 FROM read_receipt r WHERE r.agentId = ? AND r.versionId = v.id))`,
      [guideId, number, ...seen.values, viewer.agentId ?? 0],
    );
    return row && (row.body ?? '');
  }

  /** What was new in the versions after one up to another, newest first; what was withdrawn is left out. */
  notes(viewer: GuideViewer, guideId: number, after: number, upTo: number): Promise<VersionNote[]> {
    const seen = visibleTo(viewer, 'v');
    return this.database.select<VersionNote>(
      `SELECT v.number, v.changeNote FROM guide_version v
        WHERE v.guideId = ? AND v.number > ? AND v.number <= ? AND (v.withdrawnAt IS NULL OR v.number = ?) AND ${seen.sql}
        ORDER BY v.number DESC LIMIT 50`,
      [guideId, after, upTo, upTo, ...seen.values],
    );
  }

  private async one(viewer: GuideViewer, which: Condition): Promise<WholeVersion> {
    const where = allOf([which, visibleTo(viewer, 'v')]);
    const row = await this.database.selectOne<RawVersion & Pick<WholeVersion, 'body'> & RawWhole>(
      `SELECT ${VERSION_COLUMNS}, v.body, v.questions, g.archivedAt
         FROM guide_version v JOIN guide g ON g.id = v.guideId WHERE ${where.sql}`,
      [viewer.agentId ?? 0, viewer.agentId ?? 0, ...where.values],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    const audiences = await this.readers.audiences(this.database.reader.manager, [row]);
    const { body, questions, archivedAt, ...raw } = row;
    return {
      ...toVersionRow(raw, audiences.get(row.id)),
      body,
      questions: questions === null ? [] : fromJson<CheckQuestion[]>(questions),
      archivedAt: toInstantOrNull(archivedAt)?.toISOString() ?? null,
    };
  }
}
