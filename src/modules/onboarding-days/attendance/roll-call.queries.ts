import { Injectable } from '@nestjs/common';
import { allOf, type Condition } from '../../../common/access/scope.js';
import type { LocalDate } from '../../../common/local-date.js';
import { nameSortKey } from '../../../common/name-sort-key.js';
import { Database } from '../../../database/database.js';
import { containing, toInstant } from '../../../database/sql.js';
import type { AttendanceReason, AttendanceSource, AttendanceStatus } from './attendance.rules.js';
import { LATEST_EMPLOYMENT } from '../seats/booking.queries.js';

/** One mark that was made, and by whom. */
export interface MarkRow {
  agentId: number;
  status: AttendanceStatus;
  mustAttendAgain: boolean;
  reason: AttendanceReason | null;
  note: string | null;
  source: AttendanceSource;
  markedAt: string;
  /** Null when the agent did it, or nobody is known. */
  byName: string | null;
}

/** Somebody who may have come without a seat. */
export interface WalkIn {
  agentId: number;
  name: string;
  email: string;
  municipalityName: string;
}

type RawMark = Omit<MarkRow, 'mustAttendAgain' | 'markedAt'> & {
  mustAttendAgain: number;
  markedAt: string | Date;
};

/** As many as fit on the page beside the list; whoever is not among them types more of the name. */
const WALK_INS = 10;

/** Reads what the roll call shows beside the list of a day. */
@Injectable()
export class RollCallQueries {
  constructor(private readonly database: Database) {}

  /** Every mark of a day, by agent, the latest first. */
  async history(dayId: number): Promise<Map<number, MarkRow[]>> {
    const rows = await this.database.select<RawMark>(
      `SELECT t.agentId, k.status, k.mustAttendAgain, k.reason, k.note, k.source, k.markedAt,
              CASE WHEN p.id IS NULL THEN NULL ELSE CONCAT(p.firstName, ' ', p.lastName) END AS byName
         FROM attendance t JOIN attendance_mark k ON k.attendanceId = t.id
         LEFT JOIN person p ON p.id = k.recordedByPersonId
        WHERE t.dayId = ? ORDER BY k.id DESC`,
      [dayId],
    );
    const marks = new Map<number, MarkRow[]>();
    for (const { mustAttendAgain, markedAt, ...row } of rows) {
      const mark = {
        ...row,
        mustAttendAgain: mustAttendAgain === 1,
        markedAt: toInstant(markedAt).toISOString(),
      };
      const known = marks.get(row.agentId);
      if (known) known.push(mark);
      else marks.set(row.agentId, [mark]);
    }
    return marks;
  }

  /** Agents who are not on the list of the day, by a part of the name or address; those who have left before it are left out. */
  walkIns(day: { id: number; on: LocalDate }, q: string): Promise<WalkIn[]> {
    const where = allOf(wordsOf(q));
    return this.database.select(
      `SELECT a.id AS agentId, CONCAT(p.firstName, ' ', p.lastName) AS name, p.email, u.name AS municipalityName
         FROM agent a JOIN person p ON p.id = a.personId
         JOIN employment m ON ${LATEST_EMPLOYMENT} JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where.sql}
          AND (m.openAgentId IS NOT NULL OR m.endOn >= ?)
          AND NOT EXISTS (SELECT 1 FROM booking b WHERE b.dayId = ? AND b.agentId = a.id AND b.status = 'booked')
          AND NOT EXISTS (SELECT 1 FROM attendance t WHERE t.dayId = ? AND t.agentId = a.id)
        ORDER BY p.nameSortKey, a.id LIMIT ?`,
      [...where.values, day.on, day.id, day.id, WALK_INS],
    );
  }
}

/** Every word must be found in the name or the address. */
function wordsOf(q: string): Condition[] {
  const words = q.split(/\s+/).slice(0, 5);
  return words.map((word) => ({
    sql: "p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!'",
    values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
  }));
}
