import { Injectable } from '@nestjs/common';
import { execute, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendeeRow } from '../seats/attendees.js';
import { SeatAllocation, type SeatWork } from '../seats/seat-allocation.js';
import type { SeatOccasion } from '../seats/seat-changes.js';
import { SeatWriter } from '../seats/seat-writer.js';

/** What becomes of all who hold a place on a day when the day itself changes. */
@Injectable()
export class DayParticipants {
  constructor(
    private readonly allocation: SeatAllocation,
    private readonly writer: SeatWriter,
  ) {}

  /** The day is not held: everyone on it goes on to a later one, new agents first. The day is marked as cancelled before. */
  async sendOn(tx: Tx, work: SeatWork, dayId: number): Promise<void> {
    const attendees = await this.on(tx, work, dayId, 'day_cancelled');
    const seated = attendees.filter(({ seat }) => seat?.dayId === dayId);
    for (const attendee of attendees)
      if (attendee.wait?.dayId === dayId) await this.writer.leaveLine(tx, attendee, 'day_cancelled');
    for (const attendee of seated) await this.writer.leaveSeat(tx, attendee, 'day_cancelled', work);
    for (const attendee of seated) await this.allocation.place(tx, work, attendee);
  }

  /** The day is on another date: those whom it does not fit any more get another day. */
  async refit(tx: Tx, work: SeatWork, dayId: number): Promise<void> {
    for (const { agentId } of await this.on(tx, work, dayId, 'day_changed'))
      await this.allocation.reconcile(tx, work, agentId, 'day_changed');
  }

  /** Tells everyone who has a seat that the day has changed, with the calendar entry counted up. */
  async announce(tx: Tx, work: SeatWork, dayId: number): Promise<void> {
    // Read before they are counted up: what is known of some from before is not counted up either.
    const attendees = await this.on(tx, work, dayId, 'day_changed');
    await execute(
      tx,
      "UPDATE booking SET calendarSequence = calendarSequence + 1 WHERE dayId = ? AND status = 'booked' AND seatAgentId IS NOT NULL",
      [dayId],
    );
    for (const { agentId, seat, wait, quietUntil } of attendees) {
      if (seat?.dayId !== dayId) continue;
      seat.calendarSequence += 1;
      work.changes.also({
        agentId,
        occasion: 'day_changed',
        before: seat,
        after: seat,
        waitDayId: wait?.dayId ?? null,
        isWaiting: wait !== null,
        quietUntil,
      });
    }
  }

  /** Everyone with a live place on the day, in the order in which they came by it. */
  private async on(tx: Tx, work: SeatWork, dayId: number, occasion: SeatOccasion): Promise<AttendeeRow[]> {
    const rows = await selectRows<{ agentId: number }>(
      tx,
      `SELECT agentId FROM booking WHERE dayId = ? AND (seatAgentId IS NOT NULL OR waitAgentId IS NOT NULL)
        ORDER BY priority, id`,
      [dayId],
    );
    const attendees: AttendeeRow[] = [];
    for (const { agentId } of rows)
      attendees.push((await this.allocation.attendee(tx, work, agentId, occasion))!);
    return attendees;
  }
}
