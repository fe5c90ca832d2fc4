import { Injectable } from '@nestjs/common';
import { allOf, scopeCondition, type Condition, type Scope } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { nameSortKey } from '../../../common/name-sort-key.js';
import { Database } from '../../../database/database.js';
import { containing } from '../../../database/sql.js';
import type { AgentKind } from '../../agents/index.js';
import { HAS_ATTENDED } from './attendees.js';
import { FITS } from './seat-allocation.js';

/** An agent who may be booked on a day. */
export interface BookableAgent {
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityName: string;
  kind: AgentKind;
  /** The day of the seat that the agent has elsewhere. */
  seatOn: LocalDate | null;
}

/** Finds agents to book. */
@Injectable()
export class BookableAgents {
  constructor(private readonly database: Database) {}

  /** Agents by name who work on the day, have not taken part and are not on it yet; every word must be found. */
  search(
    day: { id: number; on: LocalDate },
    scope: Scope,
    q: string,
    limit: number,
  ): Promise<BookableAgent[]> {
    // One's own record elsewhere can be seen, and is not for a leader to book.
    const bookable = scope.kind === 'municipalities' ? { ...scope, personId: 0 } : scope;
    const where = allOf([
      scopeCondition(bookable, 'm.municipalityCode', 'a.personId'),
      { sql: FITS, values: [day.on, day.on, day.on] },
      { sql: `NOT ${HAS_ATTENDED}`, values: [] },
      {
        sql: `NOT EXISTS (SELECT 1 FROM booking h WHERE h.dayId = ? AND (h.seatAgentId = a.id OR h.waitAgentId = a.id))`,
        values: [day.id],
      },
      {
        sql: 'NOT EXISTS (SELECT 1 FROM attendance k WHERE k.dayId = ? AND k.agentId = a.id)',
        values: [day.id],
      },
      ...wordsOf(q),
    ]);
    return this.database.select<BookableAgent>(
      `SELECT a.id AS agentId, p.firstName, p.lastName, u.name AS municipalityName, m.kind, d.onDate AS seatOn
         FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId
         JOIN municipality u ON u.code = m.municipalityCode
         LEFT JOIN booking s ON s.seatAgentId = a.id LEFT JOIN onboarding_day d ON d.id = s.dayId
        WHERE ${where.sql} ORDER BY p.nameSortKey, a.id LIMIT ?`,
      [...where.values, limit],
    );
  }
}

function wordsOf(q: string): Condition[] {
  const words = q.trim().split(/\s+/).filter(Boolean).slice(0, 5);
  return words.map((word) => ({
    sql: "p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!'",
    values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
  }));
}
