import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendeeRow } from './attendees.js';
import type { EndReason } from '../entities/booking.entity.js';
import { freeSeats, type SeatDay } from '../onboarding-days.rules.js';
import { SeatAllocation, type SeatWork } from './seat-allocation.js';
import { SeatWriter } from './seat-writer.js';

/** What follows when somebody decides about a seat; whether they may has been asked before. */
@Injectable()
export class BookingSteps {
  constructor(
    private readonly allocation: SeatAllocation,
    private readonly writer: SeatWriter,
  ) {}

  /** A seat on that very day, given up elsewhere in the same step; a place in line when it is full, with a seat kept or found later. */
  async book(tx: Tx, work: SeatWork, attendee: AttendeeRow, day: SeatDay, byPersonId: number): Promise<void> {
    const because = { byPersonId, ends: 'moved' } as const;
    // Whoever chooses a day does not want to be fetched to another one later.
    await this.writer.leaveLine(tx, attendee, 'moved');
    if (freeSeats(day) > 0) return this.writer.give(tx, attendee, day, because, work);
    await this.writer.line(tx, attendee, day, because);
    if (attendee.isInNeed && attendee.seat?.status !== 'booked')
      await this.allocation.place(tx, work, attendee);
  }

  /** Takes the agent off a day, for a seat on a later one when the agent has to attend. */
  async leave(
    tx: Tx,
    work: SeatWork,
    attendee: AttendeeRow,
    bookingId: number,
    reason: EndReason,
  ): Promise<void> {
    if (attendee.wait?.id === bookingId) return this.writer.leaveLine(tx, attendee, reason);
    await this.writer.leaveSeat(tx, attendee, reason, work);
    await this.allocation.findSeat(tx, work, attendee);
  }
}
