import { Injectable } from '@nestjs/common';
import { allOf, columnIs, scopeCondition, type Scope } from '../../../common/access/scope.js';
import { Clock } from '../../../common/clock.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { toInstantOrNull } from '../../../database/sql.js';
import { ReckonedRequirements } from './reckoned-requirements.js';

/** What a list of reading requirements may be narrowed to. */
export const REQUIREMENT_STATES = ['open', 'read', 'overdue'] as const;

/** What a list of reading requirements may be narrowed to; `overdue` ones are open, too. */
export type RequirementState = (typeof REQUIREMENT_STATES)[number];

/** What a list may be narrowed to. */
export interface RequirementFilter {
  agentId?: number | undefined;
  state?: RequirementState | undefined;
  guideId?: number | undefined;
  dueBefore?: Date | undefined;
  limit: number;
  cursor?: string | undefined;
}

/** A guide version that an agent is to have read. */
export interface RequirementRow {
  agentId: number;
  versionId: number;
  guideId: number;
  number: number;
  title: string;
  minutes: number;
  dueAt: Date | null;
  readAt: Date | null;
}

type Raw = Omit<RequirementRow, 'dueAt' | 'readAt'> & {
  dueAt: string | Date | null;
  readAt: string | Date | null;
};

/** So many agents are reckoned at once while a version is being spread. */
const TOGETHER = 200;

/** Reading requirements of the agents now employed within a scope, by agent and version. */
@Injectable()
export class ReadingRequirementQueries {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly reckoning: ReckonedRequirements,
  ) {}

  /** A page; what is kept is read, unless a version is being spread: then it is reckoned. */
  async list(scope: Scope, filter: RequirementFilter): Promise<Page<RequirementRow>> {
    const after = decodeCursor(filter.cursor, ['number', 'number']) as [number, number] | undefined;
    const spreading = await this.database.selectOne(
      'SELECT id FROM guide_version WHERE spreadAt IS NULL LIMIT 1',
    );
    const rows = spreading
      ? await this.reckoned(scope, filter, after ?? [0, 0])
      : await this.kept(scope, filter, after ?? [0, 0]);
    return toPage(rows, filter.limit, ({ agentId, versionId }) => [agentId, versionId]);
  }

  private async kept(
    scope: Scope,
    { agentId, guideId, state, dueBefore, limit }: RequirementFilter,
    [agent, version]: [number, number],
  ): Promise<RequirementRow[]> {
    const now = this.clock.now();
    const where = allOf([
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      columnIs('q.agentId', agentId),
      columnIs('v.guideId', guideId),
      { sql: 'q.agentId > ? OR (q.agentId = ? AND q.versionId > ?)', values: [agent, agent, version] },
      {
        sql: 'v.prunedAt IS NULL AND (q.readAt IS NOT NULL OR v.appliesUntil IS NULL OR v.appliesUntil > ?)',
        values: [now],
      },
      state && { sql: state === 'read' ? 'q.readAt IS NOT NULL' : 'q.readAt IS NULL', values: [] },
      state === 'overdue' ? { sql: 'q.dueAt <= ?', values: [now] } : undefined,
      dueBefore && { sql: 'q.dueAt < ?', values: [dueBefore] },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT q.agentId, q.versionId, v.guideId, v.number, v.title, v.minutes, q.dueAt, q.readAt
         FROM reading_requirement q JOIN guide_version v ON v.id = q.versionId JOIN agent a ON a.id = q.agentId
         JOIN employment m ON m.openAgentId = a.id
        WHERE ${where.sql} ORDER BY q.agentId, q.versionId LIMIT ?`,
      [...where.values, limit + 1],
    );
    return rows.map((row) => ({
      ...row,
      dueAt: toInstantOrNull(row.dueAt),
      readAt: toInstantOrNull(row.readAt),
    }));
  }

  private async reckoned(
    scope: Scope,
    filter: RequirementFilter,
    [agent, version]: [number, number],
  ): Promise<RequirementRow[]> {
    const found: RequirementRow[] = [];
    const now = this.clock.now();
    for (let from = agent; found.length <= filter.limit;) {
      const agentIds = await this.agents(scope, filter.agentId, from);
      const items = await this.reckoning.of(agentIds);
      found.push(
        ...items.filter(
          (item) =>
            (item.agentId > agent || item.versionId > version) &&
            (item.readAt !== null || item.appliesUntil === null || item.appliesUntil > now) &&
            isWanted(item, filter, now),
        ),
      );
      const last = agentIds.at(-1);
      if (last === undefined || agentIds.length < TOGETHER) break;
      from = last + 1;
    }
    return found.slice(0, filter.limit + 1).map(toRow);
  }

  private async agents(scope: Scope, agentId: number | undefined, from: number): Promise<number[]> {
    const where = allOf([
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      columnIs('a.id', agentId),
      { sql: 'a.id >= ?', values: [from] },
    ]);
    const rows = await this.database.select<{ id: number }>(
      `SELECT a.id FROM agent a JOIN employment m ON m.openAgentId = a.id WHERE ${where.sql} ORDER BY a.id LIMIT ${TOGETHER}`,
      where.values,
    );
    return rows.map(({ id }) => id);
  }
}

/** Where a requirement stands. */
export function requirementStateOf(
  { dueAt, readAt }: Pick<RequirementRow, 'dueAt' | 'readAt'>,
  now: Date,
): RequirementState {
  if (readAt) return 'read';
  return dueAt && dueAt <= now ? 'overdue' : 'open';
}

function isWanted(row: RequirementRow, { guideId, state, dueBefore }: RequirementFilter, now: Date): boolean {
  if (guideId !== undefined && row.guideId !== guideId) return false;
  if (dueBefore && !(row.dueAt && row.dueAt < dueBefore)) return false;
  if (state === undefined) return true;
  if (state === 'open') return row.readAt === null;
  return requirementStateOf(row, now) === state;
}

function toRow({
  agentId,
  versionId,
  guideId,
  number,
  title,
  minutes,
  dueAt,
  readAt,
}: RequirementRow): RequirementRow {
  return { agentId, versionId, guideId, number, title, minutes, dueAt, readAt };
}
