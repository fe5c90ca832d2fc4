import { Injectable } from '@nestjs/common';
import { allOf, columnIs, type Condition } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { TalkView } from './coaching.schemas.js';
import type { TalkState } from './talk-state.rules.js';

/** What a list of talks may be narrowed to. */
export interface TalkFilter {
  state?: TalkState | undefined;
  caseId?: number | undefined;
  coachId?: number | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<TalkView, 'startsAt' | 'createdAt' | 'endedAt' | 'times'> & {
  startsAt: string | Date | null;
  createdAt: string | Date;
  endedAt: string | Date | null;
};

/** The agent's next step is no column of this. */
const SELECT = `SELECT t.id, t.caseId, t.agentId, CONCAT(p.firstName, ' ', p.lastName) AS agentName, t.coachPersonId AS coachId,
    CONCAT(k.firstName, ' ', k.lastName) AS coachName, u.name AS coachMunicipality, t.state, t.startsAt, t.minutes, t.link,
    t.version, t.createdAt, t.endedAt
  FROM coaching_talk t
  JOIN agent a ON a.id = t.agentId JOIN person p ON p.id = a.personId
  JOIN person k ON k.id = t.coachPersonId JOIN municipality u ON u.code = t.coachMunicipalityCode`;

/** Reads talks, narrowed to those that the caller works with (`workedWith`) or was offered (`offeredTo`). */
@Injectable()
export class TalkQueries {
  constructor(private readonly database: Database) {}

  /** Talks, newest first. */
  async list(
    seen: Condition,
    { state, caseId, coachId, limit, cursor }: TalkFilter,
  ): Promise<Page<TalkView>> {
    const after = decodeCursor(cursor, ['number']);
    const where = allOf([
      seen,
      columnIs('t.state', state),
      columnIs('t.caseId', caseId),
      columnIs('t.coachPersonId', coachId),
      after && { sql: 't.id < ?', values: after },
    ]);
    const rows = await this.database.select<Raw>(`${SELECT} WHERE ${where.sql} ORDER BY t.id DESC LIMIT ?`, [
      ...where.values,
      limit + 1,
    ]);
    const page = toPage(rows, limit, (row) => [row.id]);
    return { ...page, items: await this.withTimes(page.items) };
  }

  /** One talk. @throws DomainError `not_found` */
  async find(seen: Condition, talkId: number): Promise<TalkView> {
    const where = allOf([{ sql: 't.id = ?', values: [talkId] }, seen]);
    const rows = await this.database.select<Raw>(`${SELECT} WHERE ${where.sql}`, where.values);
    const [talk] = await this.withTimes(rows);
    if (!talk) throw new DomainError('not_found', 'not_found');
    return talk;
  }

  private async withTimes(rows: readonly Raw[]): Promise<TalkView[]> {
    if (rows.length === 0) return [];
    const times = await this.database.select<{ talkId: number; startsAt: string | Date }>(
      `SELECT talkId, startsAt FROM coaching_time WHERE talkId IN (${placeholders(rows)}) ORDER BY startsAt`,
      rows.map(({ id }) => id),
    );
    return rows.map((row) => ({
      ...row,
      startsAt: toInstantOrNull(row.startsAt)?.toISOString() ?? null,
      createdAt: toInstant(row.createdAt).toISOString(),
      endedAt: toInstantOrNull(row.endedAt)?.toISOString() ?? null,
      times: times
        .filter(({ talkId }) => talkId === row.id)
        .map(({ startsAt }) => toInstant(startsAt).toISOString()),
    }));
  }
}
