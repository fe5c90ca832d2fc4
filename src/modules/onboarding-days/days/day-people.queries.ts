import { Injectable } from '@nestjs/common';
import { allOf, scopeCondition, type Scope } from '../../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import type { AgentKind } from '../../agents/index.js';
import type { AttendanceStatus } from '../attendance/attendance.rules.js';
import { LATEST_EMPLOYMENT } from '../seats/booking.queries.js';

/** Somebody with a seat on a day or in line for one. */
export interface DayPerson {
  bookingId: number;
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityName: string;
  kind: AgentKind;
}

/** Somebody with a seat. */
export interface SeatedPerson extends DayPerson {
  /** What the roll call noted; null before it. */
  attendance: AttendanceStatus | null;
}

/** Somebody in line. */
export interface WaitingPerson extends DayPerson {
  /** Place in the whole line, the first being 1. */
  place: number;
}

/** Which part of a list. */
export interface PeoplePage {
  limit: number;
  cursor?: string | undefined;
}

const PERSON = 'a.id AS agentId, p.firstName, p.lastName, u.name AS municipalityName, m.kind';
const JOINS = `JOIN agent a ON a.id = b.agentId JOIN person p ON p.id = a.personId
    JOIN employment m ON ${LATEST_EMPLOYMENT} JOIN municipality u ON u.code = m.municipalityCode`;

/** Reads who is on a day; every query is narrowed to what the caller may see. */
@Injectable()
export class DayPeopleQueries {
  constructor(private readonly database: Database) {}

  /** Those with a seat, by name. */
  async seated(dayId: number, scope: Scope, { limit, cursor }: PeoplePage): Promise<Page<SeatedPerson>> {
    const after = decodeCursor(cursor, ['string', 'number']);
    const where = allOf([
      { sql: "b.dayId = ? AND b.status = 'booked'", values: [dayId] },
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      after && {
        sql: 'p.nameSortKey > ? OR (p.nameSortKey = ? AND a.id > ?)',
        values: [after[0], after[0], after[1]],
      },
    ]);
    const rows = await this.database.select<SeatedPerson & { nameSortKey: string }>(
      `SELECT b.id AS bookingId, ${PERSON}, p.nameSortKey, t.status AS attendance FROM booking b ${JOINS}
         LEFT JOIN attendance t ON t.dayId = b.dayId AND t.agentId = b.agentId
        WHERE ${where.sql} ORDER BY p.nameSortKey, a.id LIMIT ?`,
      [...where.values, limit + 1],
    );
    return toPage(rows, limit, (row) => [row.nameSortKey, row.agentId]);
  }

  /** The waiting list in its order; whoever sees only some of it sees their true places. */
  async waiting(dayId: number, scope: Scope, { limit, cursor }: PeoplePage): Promise<Page<WaitingPerson>> {
    const [after] = decodeCursor(cursor, ['number']) ?? [0];
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    const rows = await this.database.select<Omit<WaitingPerson, 'place'> & { place: number | string }>(
      `SELECT b.bookingId, ${PERSON}, b.place
         FROM (SELECT id AS bookingId, agentId, ROW_NUMBER() OVER (ORDER BY priority, id) AS place
                 FROM booking WHERE dayId = ? AND status = 'waitlisted') b ${JOINS}
        WHERE b.place > ? AND (${seen.sql}) ORDER BY b.place LIMIT ?`,
      [dayId, after, ...seen.values, limit + 1],
    );
    return toPage(
      rows.map((row) => ({ ...row, place: Number(row.place) })),
      limit,
      (row) => [row.place],
    );
  }
}
