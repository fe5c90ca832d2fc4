import { Injectable } from '@nestjs/common';
import { scopeCondition, type Scope } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { Database } from '../../../database/database.js';
import type { AttendanceReason, AttendanceStatus } from '../attendance/attendance.rules.js';
import { LATEST_EMPLOYMENT } from './booking.queries.js';

/** An agent as the pages about onboarding days name one. */
export interface AgentOfDays {
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityName: string;
  leaderName: string | null;
  /** Took part before Vagtklar was there. */
  attendedBeforeOn: LocalDate | null;
}

/** What became of one day. */
export interface AttendedDay {
  dayId: number;
  on: LocalDate;
  venue: string;
  status: AttendanceStatus;
  mustAttendAgain: boolean;
  reason: AttendanceReason | null;
  note: string | null;
}

/** Reads one agent's way with the onboarding days. */
@Injectable()
export class AgentDaysQueries {
  constructor(private readonly database: Database) {}

  /** The agent; undefined when there is none or the caller may not know of it. */
  find(scope: Scope, agentId: number): Promise<AgentOfDays | undefined> {
    const seen = scopeCondition(scope, 'm.municipalityCode', 'a.personId');
    return this.database.selectOne<AgentOfDays>(
      `SELECT a.id AS agentId, p.firstName, p.lastName, u.name AS municipalityName,
              CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leaderName,
              a.onboardingAttendedOn AS attendedBeforeOn
         FROM agent a JOIN person p ON p.id = a.personId JOIN employment m ON ${LATEST_EMPLOYMENT}
         JOIN municipality u ON u.code = m.municipalityCode LEFT JOIN person l ON l.id = m.leaderId
        WHERE a.id = ? AND (${seen.sql})`,
      [agentId, ...seen.values],
    );
  }

  /** What the roll calls noted, the latest day first. The caller has made sure that the agent may be seen. */
  async history(agentId: number): Promise<AttendedDay[]> {
    const rows = await this.database.select<
      Omit<AttendedDay, 'mustAttendAgain'> & { mustAttendAgain: number }
    >(
      `SELECT t.dayId, d.onDate AS \`on\`, d.venue, t.status, t.mustAttendAgain, t.reason, t.note
         FROM attendance t JOIN onboarding_day d ON d.id = t.dayId WHERE t.agentId = ?
        ORDER BY d.onDate DESC, d.id DESC`,
      [agentId],
    );
    return rows.map((row) => ({ ...row, mustAttendAgain: row.mustAttendAgain === 1 }));
  }

  /** The place in line of a booking, the first being 1. */
  async placeInLine(bookingId: number): Promise<number> {
    const row = await this.database.selectOne<{ before: number | string }>(
      `SELECT COUNT(o.id) AS \`before\` FROM booking b JOIN booking o ON o.dayId = b.dayId AND o.status = 'waitlisted'
          AND (o.priority < b.priority OR (o.priority = b.priority AND o.id < b.id))
        WHERE b.id = ?`,
      [bookingId],
    );
    return Number(row?.before ?? 0) + 1;
  }
}
