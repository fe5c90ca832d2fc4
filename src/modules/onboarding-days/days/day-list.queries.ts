import { Injectable } from '@nestjs/common';
import { allOf, scopeCondition, type Scope } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { LATEST_EMPLOYMENT } from '../seats/booking.queries.js';

/** A day as the list of days shows it. */
export interface ListedDay {
  id: number;
  on: LocalDate;
  startsAt: string;
  endsAt: string;
  venue: string;
  capacity: number;
  seatsTaken: number;
  bookBy: LocalDate;
  isCancelled: boolean;
  /** How many stand on the waiting list. */
  waiting: number;
  /** How many of those with a seat the caller may see. */
  own: number;
}

type Raw = Omit<ListedDay, 'startsAt' | 'endsAt' | 'isCancelled' | 'waiting' | 'own'> & {
  startsAt: string | Date;
  endsAt: string | Date;
  isCancelled: number;
  waiting: number | string;
  own: number | string;
};

/** An agent `a` in the employment `m` of the booking `b`. */
const AGENT_OF_BOOKING = `booking b JOIN agent a ON a.id = b.agentId JOIN employment m ON ${LATEST_EMPLOYMENT}`;
const TENSES = {
  coming: { operator: '>=', beyond: '>', direction: 'ASC' },
  past: { operator: '<', beyond: '<', direction: 'DESC' },
} as const;

/** Reads the list of days for those who follow their agents on them. */
@Injectable()
export class DayListQueries {
  constructor(private readonly database: Database) {}

  /** Days from today on, the next one first; or those before, the latest first. */
  async list(
    tense: keyof typeof TENSES,
    today: LocalDate,
    scope: Scope,
    { limit, cursor }: { limit: number; cursor?: string | undefined },
  ): Promise<Page<ListedDay>> {
    const { operator, beyond, direction } = TENSES[tense];
    const after = decodeCursor(cursor, ['string', 'number']);
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    const where = allOf([
      { sql: `d.onDate ${operator} ?`, values: [today] },
      after && {
        sql: `d.onDate ${beyond} ? OR (d.onDate = ? AND d.id ${beyond} ?)`,
        values: [after[0], after[0], after[1]],
      },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT d.id, d.onDate AS \`on\`, d.startsAt, d.endsAt, d.venue, d.capacity, d.seatsTaken, d.bookBy,
              CASE WHEN d.cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled,
              (SELECT COUNT(*) FROM booking w WHERE w.dayId = d.id AND w.status = 'waitlisted') AS waiting,
              (SELECT COUNT(*) FROM ${AGENT_OF_BOOKING}
                WHERE b.dayId = d.id AND b.status = 'booked' AND (${seen.sql})) AS own
         FROM onboarding_day d WHERE ${where.sql} ORDER BY d.onDate ${direction}, d.id ${direction} LIMIT ?`,
      [...seen.values, ...where.values, limit + 1],
    );
    return toPage(rows.map(toListed), limit, (row) => [row.on, row.id]);
  }

  /** How many stand on the waiting list of a day. */
  async countWaiting(dayId: number): Promise<number> {
    const row = await this.database.selectOne<{ n: number | string }>(
      "SELECT COUNT(*) AS n FROM booking WHERE dayId = ? AND status = 'waitlisted'",
      [dayId],
    );
    return Number(row?.n ?? 0);
  }

  /** How many agents wait for any day to have a seat for them. */
  async countUnplaced(scope: Scope): Promise<number> {
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    const row = await this.database.selectOne<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM ${AGENT_OF_BOOKING} WHERE b.status = 'unplaced' AND (${seen.sql})`,
      seen.values,
    );
    return Number(row?.n ?? 0);
  }
}

function toListed(raw: Raw): ListedDay {
  return {
    ...raw,
    startsAt: toInstant(raw.startsAt).toISOString(),
    endsAt: toInstant(raw.endsAt).toISOString(),
    isCancelled: raw.isCancelled === 1,
    waiting: Number(raw.waiting),
    own: Number(raw.own),
  };
}
