import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute, insertRow, selectRows, toInstant } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { weighMark, type AttendanceSource, type Mark } from './attendance.rules.js';
import type { AttendanceMark } from '../entities/attendance-mark.entity.js';
import type { Attendance } from '../entities/attendance.entity.js';

/** Who marks. */
export interface Marker {
  /** Null when agents mark themselves. */
  personId: number | null;
  source: AttendanceSource;
}

/** What a mark came to. */
export interface WrittenMark {
  attendanceId: number;
  /** Whether it was taken: a repetition and one older than what is known are not. */
  isTaken: boolean;
  /** Whether the agent has to take part in a day again, and had not before. */
  isDueAnew: boolean;
}

interface Known extends Omit<Mark, 'markedAt' | 'mustAttendAgain'> {
  id: number;
  mustAttendAgain: number;
  markedAt: string | Date;
}

/** Writes marks: how it stands, and beside it every mark that was made. The row of the day is held. */
@Injectable()
export class AttendanceWriter {
  constructor(private readonly clock: Clock) {}

  /** Takes a mark, unless a later one is known. */
  async write(
    tx: Tx,
    { dayId, agentId }: { dayId: number; agentId: number },
    mark: Mark,
    marker: Marker,
  ): Promise<WrittenMark> {
    const known = await this.known(tx, dayId, agentId);
    const weighed = weighMark(known, mark);
    if (known && (weighed === 'confirmation' || weighed === 'older')) {
      if (weighed === 'confirmation') await this.confirm(tx, known.id, mark.markedAt);
      return { attendanceId: known.id, isTaken: false, isDueAnew: false };
    }
    const row = {
      ...mark,
      source: marker.source,
      recordedAt: this.clock.now(),
      recordedByPersonId: marker.personId,
    };
    const attendanceId = known
      ? await this.correct(tx, known.id, row)
      : await insertRow<Attendance>(tx, 'attendance', { dayId, agentId, ...row });
    await insertRow<AttendanceMark>(tx, 'attendance_mark', { attendanceId, ...row });
    return { attendanceId, isTaken: true, isDueAnew: mark.mustAttendAgain && !known?.mustAttendAgain };
  }

  private async known(tx: Tx, dayId: number, agentId: number): Promise<(Mark & { id: number }) | undefined> {
    const [raw] = await selectRows<Known>(
      tx,
      'SELECT id, status, mustAttendAgain, reason, note, markedAt FROM attendance WHERE dayId = ? AND agentId = ?',
      [dayId, agentId],
    );
    return raw && { ...raw, mustAttendAgain: raw.mustAttendAgain === 1, markedAt: toInstant(raw.markedAt) };
  }

  /** It was so later still: what was marked before that and arrives now is older. */
  private async confirm(tx: Tx, id: number, markedAt: Date): Promise<void> {
    await execute(tx, 'UPDATE attendance SET markedAt = ? WHERE id = ?', [markedAt, id]);
  }

  private async correct(
    tx: Tx,
    id: number,
    row: Omit<AttendanceMark, 'id' | 'attendanceId'>,
  ): Promise<number> {
    await execute(
      tx,
      `UPDATE attendance SET status = ?, mustAttendAgain = ?, reason = ?, note = ?, source = ?, markedAt = ?, recordedAt = ?,
              recordedByPersonId = ? WHERE id = ?`,
      [
        row.status,
        row.mustAttendAgain,
        row.reason,
        row.note,
        row.source,
        row.markedAt,
        row.recordedAt,
        row.recordedByPersonId,
        id,
      ],
    );
    return id;
  }
}
