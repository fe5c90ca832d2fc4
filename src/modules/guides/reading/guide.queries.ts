import { Injectable } from '@nestjs/common';
import { allOf, type Condition } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { containing, toInstantOrNull } from '../../../database/sql.js';
import { GuideReaders } from '../guide-readers.js';
import { visibleTo, type GuideViewer } from '../guide-viewer.js';
import { searchWords } from '../text/search-text.rules.js';
import { toVersionRow, VERSION_COLUMNS, type RawVersion, type VersionRow } from './version-row.js';

/** Whether a guide has a version that stands, and whether it was put away. */
export type GuideState = 'draft' | 'active' | 'archived';

/** A guide as lists show it. */
export interface GuideRow {
  id: number;
  title: string;
  state: GuideState;
  newest: VersionRow | null;
}

/** A guide with its versions, newest first. */
export interface GuideWithVersions extends Omit<GuideRow, 'newest'> {
  archivedAt: string | null;
  versions: VersionRow[];
}

/** What a list of guides may be narrowed to. */
export interface GuideFilter {
  q?: string | undefined;
  state?: GuideState | undefined;
  limit: number;
  cursor?: string | undefined;
}

interface RawGuide {
  id: number;
  title: string;
  state: GuideState;
  newestId: number | null;
}

const MOST_VERSIONS = 200;
/** Without a version that stands a guide is a draft. */
const STATE = `CASE WHEN g.archivedAt IS NOT NULL THEN 'archived'
  WHEN v.id IS NULL OR v.withdrawnAt IS NOT NULL THEN 'draft' ELSE 'active' END`;

/** Reads guides; what an agent is not meant to see is not there for the agent. */
@Injectable()
export class GuideQueries {
  constructor(
    private readonly database: Database,
    private readonly readers: GuideReaders,
  ) {}

  /** A page of guides, the last published first. Agents do not see what was put away. */
  async list(viewer: GuideViewer, filter: GuideFilter): Promise<Page<GuideRow>> {
    const from = newestFor(viewer);
    const cursor = decodeCursor(filter.cursor, ['number', 'number']);
    const where = allOf([
      ...searchWords(filter.q).map((word) => wordCondition(viewer, word)),
      filter.state && { sql: `${STATE} = ?`, values: [filter.state] },
      viewer.seesAll ? undefined : { sql: 'g.archivedAt IS NULL', values: [] },
      cursor && {
        sql: 'COALESCE(v.id, 0) < ? OR (COALESCE(v.id, 0) = ? AND g.id < ?)',
        values: [cursor[0], cursor[0], cursor[1]],
      },
    ]);
    const rows = await this.database.select<RawGuide>(
      `SELECT g.id, g.title, ${STATE} AS state, v.id AS newestId ${from.sql}
        WHERE ${where.sql} ORDER BY COALESCE(v.id, 0) DESC, g.id DESC LIMIT ?`,
      [...from.values, ...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.newestId ?? 0, row.id]);
    return { ...page, items: await this.withNewest(viewer, page.items) };
  }

  /** One guide with the versions the viewer may see. @throws DomainError `not_found`, also when there is none of them */
  async find(viewer: GuideViewer, guideId: number): Promise<GuideWithVersions> {
    const from = newestFor(viewer);
    const guide = await this.database.selectOne<RawGuide & { archivedAt: string | Date | null }>(
      `SELECT g.id, g.title, g.archivedAt, ${STATE} AS state, v.id AS newestId ${from.sql} WHERE g.id = ?`,
      [...from.values, guideId],
    );
    if (!guide) throw new DomainError('not_found', 'not_found');
    const { newestId: _, ...row } = guide;
    const versions = await this.versions(viewer, { sql: 'v.guideId = ?', values: [guideId] });
    return {
      ...row,
      // The guide has the title of its newest version, which may be for others.
      title: viewer.seesAll ? row.title : (versions[0]?.title ?? row.title),
      archivedAt: toInstantOrNull(guide.archivedAt)?.toISOString() ?? null,
      versions,
    };
  }

  private async withNewest(viewer: GuideViewer, rows: readonly RawGuide[]): Promise<GuideRow[]> {
    const ids = rows.flatMap(({ newestId }) => newestId ?? []);
    const versions = ids.length
      ? await this.versions(viewer, { sql: `v.id IN (${ids.map(() => '?').join(', ')})`, values: ids })
      : [];
    const known = new Map(versions.map((version) => [version.id, version]));
    return rows.map(({ newestId, ...row }) => ({
      ...row,
      title: known.get(newestId ?? 0)?.title ?? row.title,
      newest: known.get(newestId ?? 0) ?? null,
    }));
  }

  /** Versions that the viewer may see, newest first. */
  private async versions(viewer: GuideViewer, which: Condition): Promise<VersionRow[]> {
    const where = allOf([which, visibleTo(viewer, 'v')]);
    const rows = await this.database.select<RawVersion>(
      `SELECT ${VERSION_COLUMNS} FROM guide_version v WHERE ${where.sql} ORDER BY v.id DESC LIMIT ${MOST_VERSIONS}`,
      [viewer.agentId ?? 0, viewer.agentId ?? 0, ...where.values],
    );
    const audiences = await this.readers.audiences(this.database.reader.manager, rows);
    return rows.map((row) => toVersionRow(row, audiences.get(row.id)));
  }
}

/** Each guide with its newest version: for staff one that stands if there is any, for an agent one that is meant for the agent. */
function newestFor(viewer: GuideViewer): Condition {
  const seen = visibleTo(viewer, 'x');
  return {
    sql: `FROM guide g ${viewer.seesAll ? 'LEFT JOIN' : 'JOIN'} guide_version v ON v.id = (
      SELECT x.id FROM guide_version x WHERE x.guideId = g.id AND ${seen.sql}
       ORDER BY CASE WHEN x.withdrawnAt IS NULL THEN 0 ELSE 1 END, x.number DESC LIMIT 1)`,
    values: seen.values,
  };
}

/** The title of a guide without a version is looked in, too; that of a version an agent may not see is not. */
function wordCondition({ seesAll }: GuideViewer, word: string): Condition {
  const pattern = containing(word);
  const text = `COALESCE(v.searchText, LOWER(v.title)) LIKE ? ESCAPE '!'`;
  if (!seesAll) return { sql: text, values: [pattern] };
  return { sql: `${text} OR LOWER(g.title) LIKE ? ESCAPE '!'`, values: [pattern, pattern] };
}
