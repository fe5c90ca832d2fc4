import { Injectable } from '@nestjs/common';
import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { SeatAllocation } from './seat-allocation.js';
import type { SeatOccasion } from './seat-changes.js';
import { SeatWorks } from './seat-works.js';
import { SeatWriter } from './seat-writer.js';

/** The steps of the clock, each decided anew with the days held: another instance may have been there first. */
@Injectable()
export class SeatClockSteps {
  constructor(
    private readonly works: SeatWorks,
    private readonly allocation: SeatAllocation,
    private readonly writer: SeatWriter,
  ) {}

  /** Ends the places on the waiting list of a day that is not booked any more. */
  async closeLine(tx: Tx, dayId: number): Promise<void> {
    await this.works.run(tx, { dayId, byPersonId: null }, async (work) => {
      const day = work.days.find(({ id }) => id === dayId);
      if (!day || day.bookBy >= work.today) return;
      const rows = await selectRows<{ agentId: number }>(
        tx,
        "SELECT agentId FROM booking WHERE dayId = ? AND status = 'waitlisted' ORDER BY priority, id",
        [dayId],
      );
      for (const { agentId } of rows) {
        const attendee = (await this.allocation.attendees.find(tx, agentId))!;
        // Whoever has a seat on another day has been told of it, and loses nothing.
        if (attendee.seat?.status !== 'booked') work.changes.begin(attendee, 'closed');
        await this.writer.leaveLine(tx, attendee, 'closed');
      }
    });
  }

  /** Brings the places of agents in line with how long they work, and gives away what is free. */
  refit(tx: Tx, agentIds: readonly number[]): Promise<void> {
    return this.reconcile(tx, agentIds, 'period');
  }

  /** Gives those whom nobody has thought of a seat. */
  seat(tx: Tx, agentIds: readonly number[]): Promise<void> {
    return this.reconcile(tx, agentIds, 'given');
  }

  private async reconcile(tx: Tx, agentIds: readonly number[], occasion: SeatOccasion): Promise<void> {
    await this.works.run(tx, { byPersonId: null }, async (work) => {
      for (const agentId of agentIds) await this.allocation.reconcile(tx, work, agentId, occasion);
    });
  }
}
