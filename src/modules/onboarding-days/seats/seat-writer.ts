import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { randomToken } from '../../../common/crypto.js';
import type { LocalDate } from '../../../common/local-date.js';
import { execute, insertRow } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendeeRow, Place } from './attendees.js';
import type { Booking, EndReason } from '../entities/booking.entity.js';
import type { SeatDay } from '../onboarding-days.rules.js';
import { SeatDays } from './seat-days.js';

/** Before whom an agent stands in line: new agents before existing ones. */
const PRIORITY = { new: 0, existing: 1 } as const;

/** Who asked for a booking (null: nobody, it went by itself), and why what stood in its way ends. */
export interface Because {
  byPersonId: number | null;
  ends: EndReason;
}

/** The days whose rows are held: those ahead, and perhaps one that is over. */
export interface HeldDays {
  today: LocalDate;
  days: readonly SeatDay[];
}

/** Writes single seats and places in line; who gets which is decided before. The rows of the days are held. */
@Injectable()
export class SeatWriter {
  constructor(
    private readonly clock: Clock,
    private readonly days: SeatDays,
  ) {}

  /**
   * Gives a free seat; one elsewhere is given back in the same step, and a place in line for the day is used up.
   * @throws Error when there is no seat after all, which the lock of the days rules out
   */
  async give(
    tx: Tx,
    attendee: AttendeeRow,
    day: SeatDay,
    { byPersonId, ends }: Because,
    held: HeldDays,
  ): Promise<void> {
    await this.leaveSeat(tx, attendee, ends, held);
    if (!(await this.days.take(tx, day))) throw new Error(`There is no seat on onboarding day ${day.id}.`);
    await this.sit(tx, attendee, day, byPersonId);
  }

  /** The seat that somebody without a booking is going to have; nothing is written yet. */
  promise(attendee: AttendeeRow, day: SeatDay): void {
    attendee.seat = newPlace(day, 'booked');
  }

  /** Writes the promised seat, if it is still free; the days need not be held. Tells whether it was. */
  async keepPromise(tx: Tx, attendee: AttendeeRow, day: SeatDay): Promise<boolean> {
    const seat = attendee.seat!;
    // Written with its day it would share the day's row (foreign key), and two who then want to count it would block each other.
    seat.id = await this.insert(tx, attendee, { ...seat, dayId: null }, null);
    return this.days.takeFor(tx, day, seat.id);
  }

  private async sit(tx: Tx, attendee: AttendeeRow, day: SeatDay, byPersonId: number | null): Promise<void> {
    const { wait, entry } = attendee;
    const place: Place = {
      id: wait?.dayId === day.id ? wait.id : 0,
      dayId: day.id,
      on: day.on,
      status: 'booked',
      calendarUid: entry?.uid ?? randomToken(),
      calendarSequence: entry ? entry.sequence + 1 : 0,
    };
    if (place.id === 0) place.id = await this.insert(tx, attendee, place, byPersonId);
    else {
      await execute(
        tx,
        `UPDATE booking SET status = 'booked', seatAgentId = agentId, waitAgentId = NULL, seatedAt = ?, calendarUid = ?,
                calendarSequence = ? WHERE id = ?`,
        [this.clock.now(), place.calendarUid, place.calendarSequence, place.id],
      );
      attendee.wait = null;
    }
    attendee.seat = place;
  }

  /** Puts the agent in line for a day, at the end of those of the same kind; another place in line is given up. */
  async line(tx: Tx, attendee: AttendeeRow, day: SeatDay, { byPersonId, ends }: Because): Promise<void> {
    await this.leaveLine(tx, attendee, ends);
    attendee.wait = newPlace(day, 'waitlisted');
    attendee.wait.id = await this.insert(tx, attendee, attendee.wait, byPersonId);
  }

  /** Notes that the agent needs a seat and that there is none. */
  async unplace(tx: Tx, attendee: AttendeeRow): Promise<void> {
    attendee.seat = newPlace(null, 'unplaced');
    attendee.seat.id = await this.insert(tx, attendee, attendee.seat, null);
  }

  /** Gives the seat back, or the wait for one; a seat of a day that is over stays on record as it was. */
  async leaveSeat(tx: Tx, attendee: AttendeeRow, reason: EndReason, held: HeldDays): Promise<void> {
    const { seat } = attendee;
    if (!seat) return;
    attendee.seat = null;
    noteDeclined(attendee, seat, reason);
    if (seat.status === 'unplaced') await execute(tx, 'DELETE FROM booking WHERE id = ?', [seat.id]);
    else if (held.days.some(({ id, on }) => id === seat.dayId && on >= held.today)) {
      await this.end(tx, seat, reason);
      attendee.entry = { uid: seat.calendarUid, sequence: seat.calendarSequence };
      await this.days.giveBack(tx, seat.dayId!, held.days);
    } else await this.markUsed(tx, seat);
  }

  /** Ends the place in line, if any. */
  async leaveLine(tx: Tx, attendee: AttendeeRow, reason: EndReason): Promise<void> {
    if (!attendee.wait) return;
    await this.end(tx, attendee.wait, reason);
    noteDeclined(attendee, attendee.wait, reason);
    attendee.wait = null;
  }

  /** The day has been held: what the agent had of it stays on record, and the agent is free for another. */
  async use(tx: Tx, attendee: AttendeeRow, dayId: number): Promise<void> {
    const { seat, wait } = attendee;
    if (wait?.dayId === dayId) await this.leaveLine(tx, attendee, 'closed');
    if (seat?.dayId !== dayId) return;
    await this.markUsed(tx, seat);
    attendee.seat = null;
  }

  private async markUsed(tx: Tx, seat: Place): Promise<void> {
    await execute(tx, 'UPDATE booking SET seatAgentId = NULL WHERE id = ?', [seat.id]);
  }

  private async end(tx: Tx, place: Place, reason: EndReason): Promise<void> {
    await execute(
      tx,
      `UPDATE booking SET status = 'cancelled', seatAgentId = NULL, waitAgentId = NULL, endedAt = ?, endReason = ?,
              calendarSequence = calendarSequence + 1 WHERE id = ?`,
      [this.clock.now(), reason, place.id],
    );
  }

  private insert(tx: Tx, attendee: AttendeeRow, place: Place, byPersonId: number | null): Promise<number> {
    return insertRow<Booking>(tx, 'booking', {
      agentId: attendee.agentId,
      dayId: place.dayId,
      status: place.status,
      seatAgentId: place.status === 'waitlisted' ? null : attendee.agentId,
      waitAgentId: place.status === 'waitlisted' ? attendee.agentId : null,
      priority: PRIORITY[attendee.kind],
      since: attendee.registeredAt,
      byPersonId,
      calendarUid: place.calendarUid,
      calendarSequence: place.calendarSequence,
      quietUntil: attendee.quietUntil,
      createdAt: this.clock.now(),
      seatedAt: place.status === 'booked' ? this.clock.now() : null,
      endedAt: null,
      endReason: null,
    });
  }
}

/** A day that somebody decided against is not given again by the autopilot; `Attendees` reads the same from the rows. */
function noteDeclined(attendee: AttendeeRow, place: Place, reason: EndReason): void {
  if (place.dayId !== null && (reason === 'cancelled' || reason === 'moved'))
    attendee.declinedDayIds.push(place.dayId);
}

function newPlace(day: SeatDay | null, status: Place['status']): Place {
  return {
    id: 0,
    dayId: day?.id ?? null,
    on: day?.on ?? null,
    status,
    calendarUid: randomToken(),
    calendarSequence: 0,
  };
}
