import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { allOf, columnIs, scopeCondition, type Scope } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { selectRows, toInstant } from '../../../database/sql.js';
import type { AgentKind } from '../../agents/index.js';

/** A booking of a day, in the order in which seats were given and the line stands. */
export interface BookingRow {
  id: number;
  agentId: number;
  dayId: number;
  status: 'booked' | 'waitlisted';
  firstName: string;
  lastName: string;
  municipalityCode: string;
  municipalityName: string;
  leaderId: number | null;
  kind: AgentKind;
  createdAt: string;
}

/** A seat or a place in line, as an agent's pages show it. */
export interface SeenPlace {
  on: LocalDate;
  venue: string;
}

/** Where an agent stands with the onboarding day. */
export interface AgentSeat<Place extends SeenPlace = SeenPlace> {
  /** The seat ahead, or of a day that is not marked yet. */
  seat: Place | null;
  wait: Place | null;
  /** Whether the agent has to attend and waits for any day to have a seat. */
  isUnplaced: boolean;
  /** The first day the agent took part in. */
  attendedOn: LocalDate | null;
}

/** A place with its keys. */
export interface BookedPlace extends SeenPlace {
  bookingId: number;
  dayId: number;
}

type Raw = Omit<BookingRow, 'createdAt'> & { createdAt: string | Date; priority: number };

/** The employment in which the agent `a` works, else the last one. */
export const LATEST_EMPLOYMENT = `m.id = (SELECT x.id FROM employment x WHERE x.agentId = a.id
    ORDER BY CASE WHEN x.openAgentId IS NULL THEN 1 ELSE 0 END, x.effectiveFromOn DESC, x.id DESC LIMIT 1)`;

/** Reads bookings; every query is narrowed to what the caller may see. */
@Injectable()
export class BookingQueries {
  constructor(private readonly database: Database) {}

  /** Those who hold a seat, then those in line. */
  async ofDay(
    dayId: number,
    scope: Scope,
    {
      status,
      limit,
      cursor,
    }: { status?: BookingRow['status'] | undefined; limit: number; cursor?: string | undefined },
  ): Promise<Page<BookingRow>> {
    const after = decodeCursor(cursor, ['string', 'number', 'number']);
    const where = allOf([
      { sql: "b.dayId = ? AND b.status IN ('booked', 'waitlisted')", values: [dayId] },
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      columnIs('b.status', status),
      after && {
        sql: '(b.status, b.priority, b.id) > (?, ?, ?)',
        values: after,
      },
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT b.id, b.agentId, b.dayId, b.status, b.priority, b.createdAt, p.firstName, p.lastName, m.municipalityCode,
              u.name AS municipalityName, m.leaderId, m.kind
         FROM booking b JOIN agent a ON a.id = b.agentId JOIN person p ON p.id = a.personId
         JOIN employment m ON ${LATEST_EMPLOYMENT} JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where.sql} ORDER BY b.status, b.priority, b.id LIMIT ?`,
      [...where.values, limit + 1],
    );
    const page = toPage(rows, limit, (row) => [row.status, row.priority, row.id]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** Where an agent stands; what was attended is known already. Inside a unit of work pass its tx. */
  async seatOf(
    agent: { id: number; attendedOn: LocalDate | null },
    source: EntityManager = this.database.reader.manager,
  ): Promise<AgentSeat<BookedPlace>> {
    const places = await selectRows<BookedPlace & { status: BookingRow['status'] | 'unplaced' }>(
      source,
      `SELECT b.id AS bookingId, b.dayId, d.onDate AS \`on\`, d.venue, b.status
         FROM booking b LEFT JOIN onboarding_day d ON d.id = b.dayId WHERE b.seatAgentId = ? OR b.waitAgentId = ?`,
      [agent.id, agent.id],
    );
    return {
      seat: places.find(({ status }) => status === 'booked') ?? null,
      wait: places.find(({ status }) => status === 'waitlisted') ?? null,
      isUnplaced: places.some(({ status }) => status === 'unplaced'),
      attendedOn: agent.attendedOn,
    };
  }
}

/** The first day on which the agent `a` took part, here or before Vagtklar; null when never. */
export const ATTENDED_ON = `COALESCE((SELECT MIN(CASE WHEN a.onboardingAttendedOn < d.onDate THEN a.onboardingAttendedOn ELSE d.onDate END)
    FROM attendance t JOIN onboarding_day d ON d.id = t.dayId WHERE t.agentId = a.id AND t.mustAttendAgain = 0),
    a.onboardingAttendedOn)`;

function toRow({ priority: _, ...raw }: Raw): BookingRow {
  return { ...raw, createdAt: toInstant(raw.createdAt).toISOString() };
}
