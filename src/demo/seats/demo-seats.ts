import { Inject, Injectable } from '@nestjs/common';
import { hashToken } from '../../common/crypto.js';
import { instantAt } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Attendance, AttendanceMark, Booking } from '../../modules/onboarding-days/index.js';
import { insertMany, keysBy } from '../full/demo-writing.js';
import type { Moment, PlannedBooking, PlannedMark, SeatHistory } from './seat-history.js';

const UID_LENGTH = 43;
/** The participants of a demonstration are called out by one of its secretariat. */
const CALLER = 'sekretariat@vagtklar.test';

interface Keys {
  people: Map<string, number>;
  agents: Map<string, number>;
  /** Whom an agent's seats are booked by, when not by themselves. */
  leaders: Map<string, number>;
}

/** Writes who had which seat when, on days that are there already. */
@Injectable()
export class DemoSeats {
  constructor(@Inject(ENV) private readonly env: Env) {}

  /** Writes the bookings and marks, and how many seats of each day are taken. */
  async write(tx: Tx, history: SeatHistory): Promise<void> {
    const keys = await keysOf(tx);
    await insertMany<Booking>(
      tx,
      'booking',
      history.bookings.map((booking, n) => this.bookingRow(booking, n, keys)),
    );
    for (const { id, seatsTaken } of history.days)
      await execute(tx, 'UPDATE onboarding_day SET seatsTaken = ? WHERE id = ?', [seatsTaken, id]);
    await this.writeMarks(tx, history.marks, keys);
  }

  private bookingRow(booking: PlannedBooking, n: number, { agents, leaders }: Keys) {
    const agentId = agents.get(booking.email)!;
    const { status, isUsed } = booking;
    const isHeld = (status === 'booked' && !isUsed) || status === 'unplaced';
    return {
      agentId,
      dayId: booking.dayId,
      status,
      seatAgentId: isHeld ? agentId : null,
      waitAgentId: status === 'waitlisted' ? agentId : null,
      priority: booking.kind === 'new' ? 0 : 1,
      since: this.at(booking.since),
      byPersonId: booking.isByLeader ? leaders.get(booking.email)! : null,
      calendarUid: hashToken(`demo booking ${n}`).slice(0, UID_LENGTH),
      calendarSequence: booking.endedAt ? 1 : 0,
      quietUntil: booking.quietUntil && this.at(booking.quietUntil),
      createdAt: this.at(booking.createdAt),
      seatedAt: booking.seatedAt && this.at(booking.seatedAt),
      endedAt: booking.endedAt && this.at(booking.endedAt),
      endReason: booking.endReason,
    };
  }

  private async writeMarks(tx: Tx, marks: readonly PlannedMark[], { people, agents }: Keys): Promise<void> {
    const rows = marks.map(({ email, dayId, at, ...mark }) => ({
      dayId,
      agentId: agents.get(email)!,
      status: mark.status,
      mustAttendAgain: mark.mustAttendAgain,
      reason: mark.reason,
      note: null,
      source: 'roll_call' as const,
      markedAt: this.at(at),
      recordedAt: this.at(at),
      recordedByPersonId: people.get(CALLER)!,
    }));
    await insertMany<Attendance>(tx, 'attendance', rows);
    const ids = await keysBy(tx, "SELECT CONCAT(dayId, ':', agentId) AS name, id FROM attendance");
    await insertMany<AttendanceMark>(
      tx,
      'attendance_mark',
      rows.map(({ dayId, agentId, ...mark }) => ({ attendanceId: ids.get(`${dayId}:${agentId}`)!, ...mark })),
    );
  }

  private at({ on, time }: Moment): Date {
    return instantAt(on, time, this.env.TZ_NAME);
  }
}

async function keysOf(tx: Tx): Promise<Keys> {
  const rows = await selectRows<{ email: string; agentId: number; leaderId: number }>(
    tx,
    `SELECT p.email, a.id AS agentId, m.leaderId FROM agent a JOIN person p ON p.id = a.personId
       JOIN employment m ON m.agentId = a.id ORDER BY m.id`,
  );
  return {
    people: await keysBy(tx, 'SELECT email AS name, id FROM person'),
    agents: new Map(rows.map(({ email, agentId }) => [email, agentId])),
    leaders: new Map(rows.map(({ email, leaderId }) => [email, leaderId])),
  };
}
