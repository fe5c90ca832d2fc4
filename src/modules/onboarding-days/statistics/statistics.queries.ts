import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { HAS_ATTENDED } from '../seats/attendees.js';
import { DAYS_LOOKED_AT, type NoShows } from './statistics.rules.js';

/** How the seats of a day were used. */
export interface DayUse {
  id: number;
  on: LocalDate;
  venue: string;
  isCancelled: boolean;
  capacity: number;
  booked: number;
  attended: number;
  partial: number;
  noShow: number;
  excused: number;
  /** Took part without a seat; counted among those who did as well. */
  walkIns: number;
}

/** Those of a municipality who were expected; null for those who worked for none on the day. */
export interface MunicipalityNoShows extends NoShows {
  municipalityCode: string | null;
  municipality: string | null;
}

/** Agents of a municipality who work now and have never attended a day. */
export interface MissingAgents {
  municipalityCode: string;
  municipality: string;
  newAgents: number;
  newWithSeat: number;
  /** New agents who were registered before the day that was asked about. */
  newLongAgo: number;
  /** When the one was registered who has waited longest; null when no new agent waits. */
  newSince: Date | null;
  existingAgents: number;
  existingWithSeat: number;
}

/** A period of days, both included. */
export interface Period {
  from: LocalDate;
  to: LocalDate;
}

/** The employment `r` was begun by a registration, and not by a move from another municipality. */
const REGISTERED = `NOT EXISTS (SELECT 1 FROM employment v WHERE v.agentId = r.agentId AND v.endReason = 'transferred'
    AND v.id = (SELECT MAX(w.id) FROM employment w WHERE w.agentId = r.agentId AND w.id < r.id))`;
const HAS_SEAT = `EXISTS (SELECT 1 FROM booking b WHERE b.dayId = t.dayId AND b.agentId = t.agentId AND b.status = 'booked')`;

const count = (condition: string) => `SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END)`;

/** Reads how onboarding days are used; only counts leave it. */
@Injectable()
export class StatisticsQueries {
  constructor(private readonly database: Database) {}

  /** The days of the period, earliest first. */
  async days({ from, to }: Period): Promise<DayUse[]> {
    const rows = await this.database.select<Record<keyof DayUse, number | string | null>>(
      `SELECT d.id, d.onDate AS \`on\`, d.venue, CASE WHEN d.cancelledAt IS NULL THEN 0 ELSE 1 END AS isCancelled, d.capacity,
              d.seatsTaken AS booked, u.attended, u.partial, u.noShow, u.excused, u.walkIns
         FROM onboarding_day d
         LEFT JOIN (SELECT t.dayId, ${count("t.status = 'attended'")} AS attended, ${count("t.status = 'partial'")} AS partial,
                           ${count("t.status = 'no_show'")} AS noShow, ${count("t.status = 'excused'")} AS excused,
                           ${count(`t.status IN ('attended', 'partial') AND NOT ${HAS_SEAT}`)} AS walkIns
                      FROM attendance t GROUP BY t.dayId) u ON u.dayId = d.id
        WHERE d.onDate >= ? AND d.onDate <= ? ORDER BY d.onDate, d.id`,
      [from, to],
    );
    return rows.map(toUse);
  }

  /** Municipalities whose agents were expected in the period, by name; municipality is the one the agent worked for on the day. */
  async noShows({ from, to }: Period): Promise<MunicipalityNoShows[]> {
    const rows = await this.database.select<Record<keyof MunicipalityNoShows, string | number | null>>(
      `SELECT u.code AS municipalityCode, u.name AS municipality, ${count("t.status = 'no_show'")} AS noShow, COUNT(*) AS expected
         FROM attendance t JOIN onboarding_day d ON d.id = t.dayId
         LEFT JOIN employment m ON m.agentId = t.agentId AND m.effectiveFromOn <= d.onDate AND (m.endOn IS NULL OR m.endOn >= d.onDate)
         LEFT JOIN municipality u ON u.code = m.municipalityCode
        WHERE d.onDate >= ? AND d.onDate <= ? AND t.status IN ('attended', 'partial', 'no_show') AND ${HAS_SEAT}
        GROUP BY u.code, u.name, u.nameSortKey ORDER BY u.nameSortKey, u.code`,
      [from, to],
    );
    return rows.map((row) => ({
      municipalityCode: row.municipalityCode as string | null,
      municipality: row.municipality as string | null,
      noShow: Number(row.noShow),
      expected: Number(row.expected),
    }));
  }

  /** Who has never attended, by municipality; those registered before the instant are counted by themselves. */
  async missing(longAgo: Date): Promise<MissingAgents[]> {
    const rows = await this.database.select<RawMissing>(
      `SELECT y.municipalityCode, u.name AS municipality, ${count("y.kind = 'new'")} AS newAgents,
              ${count("y.kind = 'new' AND y.seated = 1")} AS newWithSeat,
              ${count("y.kind = 'new' AND y.registeredAt < ?")} AS newLongAgo,
              MIN(CASE WHEN y.kind = 'new' THEN y.registeredAt END) AS newSince,
              ${count("y.kind = 'existing'")} AS existingAgents,
              ${count("y.kind = 'existing' AND y.seated = 1")} AS existingWithSeat
         FROM (SELECT m.municipalityCode, m.kind,
                      (SELECT MAX(r.createdAt) FROM employment r WHERE r.agentId = a.id AND ${REGISTERED}) AS registeredAt,
                      CASE WHEN EXISTS (SELECT 1 FROM booking b WHERE b.seatAgentId = a.id AND b.status = 'booked')
                           THEN 1 ELSE 0 END AS seated
                 FROM agent a JOIN employment m ON m.openAgentId = a.id WHERE NOT ${HAS_ATTENDED}) y
         JOIN municipality u ON u.code = y.municipalityCode
        GROUP BY y.municipalityCode, u.name, u.nameSortKey ORDER BY u.nameSortKey`,
      [longAgo],
    );
    return rows.map(toMissing);
  }

  /** How many new agents have been registered since the instant; whoever has moved meanwhile is not new. */
  async registeredSince(since: Date): Promise<number> {
    const row = await this.database.selectOne<{ count: number | string }>(
      `SELECT COUNT(DISTINCT r.agentId) AS count FROM employment r WHERE r.kind = 'new' AND r.createdAt >= ? AND ${REGISTERED}`,
      [since],
    );
    return Number(row!.count);
  }

  /** Seats of the last days that were held before today. */
  async lastSeats(today: LocalDate): Promise<number[]> {
    const rows = await this.database.select<{ capacity: number }>(
      'SELECT capacity FROM onboarding_day WHERE onDate < ? AND cancelledAt IS NULL ORDER BY onDate DESC, id DESC LIMIT ?',
      [today, DAYS_LOOKED_AT],
    );
    return rows.map(({ capacity }) => capacity);
  }

  /** How many days are planned in the period. */
  async planned({ from, to }: Period): Promise<number> {
    const row = await this.database.selectOne<{ count: number | string }>(
      'SELECT COUNT(*) AS count FROM onboarding_day WHERE onDate >= ? AND onDate <= ? AND cancelledAt IS NULL',
      [from, to],
    );
    return Number(row!.count);
  }
}

type RawMissing = Record<keyof MissingAgents, number | string> & { newSince: string | Date | null };

function toUse({ on, venue, isCancelled, ...counts }: Record<keyof DayUse, number | string | null>): DayUse {
  const numbers = Object.entries(counts).map(([name, value]) => [name, Number(value ?? 0)]);
  return {
    on: String(on),
    venue: String(venue),
    isCancelled: isCancelled === 1,
    ...(Object.fromEntries(numbers) as Record<keyof typeof counts, number>),
  };
}

function toMissing(row: RawMissing): MissingAgents {
  return {
    municipalityCode: String(row.municipalityCode),
    municipality: String(row.municipality),
    newAgents: Number(row.newAgents),
    newWithSeat: Number(row.newWithSeat),
    newLongAgo: Number(row.newLongAgo),
    newSince: row.newSince === null ? null : toInstant(row.newSince),
    existingAgents: Number(row.existingAgents),
    existingWithSeat: Number(row.existingWithSeat),
  };
}
