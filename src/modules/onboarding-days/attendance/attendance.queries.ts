import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import type { AttendanceReason, AttendanceSource, AttendanceStatus } from './attendance.rules.js';
import { LATEST_EMPLOYMENT } from '../seats/booking.queries.js';

/** A mark as it stands. */
export interface AttendanceRow {
  agentId: number;
  status: AttendanceStatus;
  mustAttendAgain: boolean;
  reason: AttendanceReason | null;
  note: string | null;
  source: AttendanceSource;
  markedAt: string;
  recordedByPersonId: number | null;
}

/** Somebody on the list of a day: with a seat, or there without one. */
export interface ListedRow {
  agentId: number;
  /** Null for somebody who came without a seat. */
  bookingId: number | null;
  firstName: string;
  lastName: string;
  municipalityName: string;
  attendance: AttendanceRow | null;
}

interface Raw
  extends Omit<ListedRow, 'attendance'>, Omit<AttendanceRow, 'agentId' | 'markedAt' | 'mustAttendAgain'> {
  mustAttendAgain: number;
  markedAt: string | Date | null;
}

/** Reads who is expected and who was there. */
@Injectable()
export class AttendanceQueries {
  constructor(private readonly database: Database) {}

  /** The list of a day by name; as many rows as people fit into a room. */
  async list(dayId: number): Promise<ListedRow[]> {
    const rows = await this.database.select<Raw>(
      `SELECT a.id AS agentId, x.bookingId, p.firstName, p.lastName, u.name AS municipalityName, t.status,
              t.mustAttendAgain, t.reason, t.note, t.source, t.markedAt, t.recordedByPersonId
         FROM (SELECT agentId, MAX(bookingId) AS bookingId
                 FROM (SELECT agentId, id AS bookingId FROM booking WHERE dayId = ? AND status = 'booked'
                        UNION ALL SELECT agentId, NULL FROM attendance WHERE dayId = ?) y GROUP BY agentId) x
         JOIN agent a ON a.id = x.agentId JOIN person p ON p.id = a.personId
         JOIN employment m ON ${LATEST_EMPLOYMENT} JOIN municipality u ON u.code = m.municipalityCode
         LEFT JOIN attendance t ON t.dayId = ? AND t.agentId = a.id
        ORDER BY p.nameSortKey, a.id`,
      [dayId, dayId, dayId],
    );
    return rows.map(toListed);
  }

  /** How one agent is marked; undefined when not at all. */
  async statusOf(dayId: number, agentId: number): Promise<AttendanceStatus | undefined> {
    const row = await this.database.selectOne<{ status: AttendanceStatus }>(
      'SELECT status FROM attendance WHERE dayId = ? AND agentId = ?',
      [dayId, agentId],
    );
    return row?.status;
  }
}

function toListed({ agentId, bookingId, firstName, lastName, municipalityName, ...mark }: Raw): ListedRow {
  const listed = { agentId, bookingId, firstName, lastName, municipalityName };
  if (mark.markedAt === null) return { ...listed, attendance: null };
  return {
    ...listed,
    attendance: {
      agentId,
      status: mark.status,
      mustAttendAgain: mark.mustAttendAgain === 1,
      reason: mark.reason,
      note: mark.note,
      source: mark.source,
      markedAt: toInstant(mark.markedAt).toISOString(),
      recordedByPersonId: mark.recordedByPersonId,
    },
  };
}
