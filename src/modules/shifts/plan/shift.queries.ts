import { Injectable } from '@nestjs/common';
import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { nameSortKey } from '../../../common/name-sort-key.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { containing, sqlInstant, toInstant } from '../../../database/sql.js';
import type { ShiftSource } from '../entities/shift.entity.js';

/** A shift as lists show it. */
export interface ShiftRow {
  id: number;
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityCode: string | null;
  municipalityName: string | null;
  startsAt: string;
  endsAt: string;
  source: ShiftSource;
  version: number;
}

/** Which shifts a list holds; the period is that of their starts. */
export interface ShiftFilter {
  from?: Date | undefined;
  to?: Date | undefined;
  agentId?: number | undefined;
  municipality?: string | undefined;
  /** Words of the agent's name or address. */
  q?: string | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<ShiftRow, 'startsAt' | 'endsAt'> & { startsAt: string | Date; endsAt: string | Date };

// The municipality is the one the agent worked for on the day. Outer joins, so that MariaDB begins with the shifts, in the order in
// which they are wanted, and not with the people: that reads the whole plan.
const SHIFTS = `SELECT s.id, s.agentId, p.firstName, p.lastName, m.municipalityCode, u.name AS municipalityName,
    s.startsAt, s.endsAt, s.source, s.version
  FROM shift s LEFT JOIN agent a ON a.id = s.agentId LEFT JOIN person p ON p.id = a.personId
  LEFT JOIN employment m ON m.agentId = s.agentId AND m.effectiveFromOn <= SUBSTR(s.startsAt, 1, 10)
    AND (m.endOn IS NULL OR m.endOn >= SUBSTR(s.startsAt, 1, 10))
  LEFT JOIN municipality u ON u.code = m.municipalityCode`;

/** Reads the shift plan within what the caller may see. */
@Injectable()
export class ShiftQueries {
  constructor(private readonly database: Database) {}

  /** Shifts, earliest first. */
  async list(scope: Scope, filter: ShiftFilter): Promise<Page<ShiftRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const where = allOf([
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      filter.from && { sql: 's.startsAt >= ?', values: [filter.from] },
      filter.to && { sql: 's.startsAt < ?', values: [filter.to] },
      columnIs('s.agentId', filter.agentId),
      columnIs("COALESCE(m.municipalityCode, '')", filter.municipality),
      ...wordsOf(filter.q),
      cursor && {
        sql: 's.startsAt >= ? AND (s.startsAt > ? OR s.id > ?)',
        values: [cursor[0]!, cursor[0]!, cursor[1]!],
      },
    ]);
    const rows = await this.database.select<Raw>(
      `${SHIFTS} WHERE ${where.sql} ORDER BY s.startsAt, s.id LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    return toPage(rows.map(toRow), filter.limit, (row) => [sqlInstant(new Date(row.startsAt)), row.id]);
  }

  /** One shift. @throws DomainError `not_found` */
  async find(scope: Scope, shiftId: number): Promise<ShiftRow> {
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    const row = await this.database.selectOne<Raw>(`${SHIFTS} WHERE s.id = ? AND (${seen.sql})`, [
      shiftId,
      ...seen.values,
    ]);
    if (!row) throw new DomainError('not_found', 'not_found');
    return toRow(row);
  }
}

/** Conditions for each word of a search. */
export function wordsOf(q: string | undefined): Condition[] {
  const words = (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5);
  return words.map((word) => ({
    sql: "p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!'",
    values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
  }));
}

function toRow(raw: Raw): ShiftRow {
  return {
    ...raw,
    startsAt: toInstant(raw.startsAt).toISOString(),
    endsAt: toInstant(raw.endsAt).toISOString(),
  };
}
