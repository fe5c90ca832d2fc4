import { Injectable } from '@nestjs/common';
import { allOf, columnIs, type Scope } from '../../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { DisputeAnswer, DisputeReason } from './case-state.rules.js';

/** An agent's word about a figure, as lists show it. */
export interface DisputeRow {
  id: number;
  agentId: number;
  agentName: string;
  municipalityName: string | null;
  month: string;
  reason: DisputeReason;
  createdAt: string;
  answer: DisputeAnswer | null;
  answeredAt: string | null;
}

type Raw = Omit<DisputeRow, 'createdAt' | 'answeredAt'> & {
  createdAt: string | Date;
  answeredAt: string | Date | null;
};

/** Reads what agents have said about their figures: the secretariat all of it, an agent the own. */
@Injectable()
export class DisputeQueries {
  constructor(private readonly database: Database) {}

  /** A page, the oldest first while open, else the newest. */
  async list(
    scope: Scope,
    filter: { isAnswered: boolean; limit: number; cursor?: string | undefined },
  ): Promise<Page<DisputeRow>> {
    const { isAnswered, limit } = filter;
    const cursor = decodeCursor(filter.cursor, ['number']);
    const rows = await this.select(
      scope,
      [
        { sql: `d.answeredAt IS ${isAnswered ? 'NOT NULL' : 'NULL'}`, values: [] },
        cursor && { sql: isAnswered ? 'd.id < ?' : 'd.id > ?', values: cursor },
      ],
      `ORDER BY d.id ${isAnswered ? 'DESC' : 'ASC'} LIMIT ${limit + 1}`,
    );
    return toPage(rows, limit, ({ id }) => [id]);
  }

  /** One of them; undefined when there is none or the caller may not know of it. */
  async find(scope: Scope, disputeId: number): Promise<DisputeRow | undefined> {
    const [row] = await this.select(scope, [columnIs('d.id', disputeId)]);
    return row;
  }

  /** All of an agent, newest first. */
  ofAgent(agentId: number): Promise<DisputeRow[]> {
    return this.select({ kind: 'all' }, [columnIs('d.agentId', agentId)], 'ORDER BY d.id DESC');
  }

  private async select(
    scope: Scope,
    conditions: Parameters<typeof allOf>[0],
    order = '',
  ): Promise<DisputeRow[]> {
    const where = allOf([
      scope.kind === 'all' ? undefined : columnIs('a.personId', scope.personId),
      ...conditions,
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT d.id, d.agentId, CONCAT(p.firstName, ' ', p.lastName) AS agentName, u.name AS municipalityName, d.month, d.reason,
              d.createdAt, d.answer, d.answeredAt
         FROM figure_dispute d JOIN agent a ON a.id = d.agentId JOIN person p ON p.id = a.personId
         LEFT JOIN employment m ON m.openAgentId = d.agentId LEFT JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where.sql} ${order}`,
      where.values,
    );
    return rows.map((raw) => ({
      ...raw,
      createdAt: toInstant(raw.createdAt).toISOString(),
      answeredAt: toInstantOrNull(raw.answeredAt)?.toISOString() ?? null,
    }));
  }
}
