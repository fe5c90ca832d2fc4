import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import { selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { Attendees, MEMBER_UNTIL, type AttendeeRow } from './attendees.js';
import { fits, freeSeats, isOpen, placementOf, type SeatDay } from '../onboarding-days.rules.js';
import { SeatChanges, type SeatOccasion } from './seat-changes.js';
import { SeatWriter } from './seat-writer.js';

/** What the work on seats goes by: the present day, the days ahead with their rows locked, and what has changed so far. */
export interface SeatWork {
  today: LocalDate;
  days: SeatDay[];
  changes: SeatChanges;
}

const BY_ITSELF = null;
/** Whether the day `?` lies within the employment `m`. */
export const FITS = `m.startOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?) AND (${MEMBER_UNTIL} IS NULL OR ${MEMBER_UNTIL} >= ?)`;

/** The autopilot of the onboarding day: who must attend has a seat, and no seat stays free while somebody waits for it. */
@Injectable()
export class SeatAllocation {
  constructor(
    readonly attendees: Attendees,
    private readonly writer: SeatWriter,
  ) {}

  /** The agent, read once in a piece of work; undefined when there is none. */
  async attendee(
    tx: Tx,
    work: SeatWork,
    agentId: number,
    occasion: SeatOccasion,
  ): Promise<AttendeeRow | undefined> {
    const known = work.changes.known(agentId);
    if (known) return known;
    const found = await this.attendees.find(tx, agentId);
    if (found) work.changes.begin(found, occasion);
    return found;
  }

  /** Brings an agent's places in line with the facts: nothing after leaving or attending, a seat for who needs one. */
  async reconcile(tx: Tx, work: SeatWork, agentId: number, occasion: SeatOccasion): Promise<void> {
    const attendee = await this.attendee(tx, work, agentId, occasion);
    if (!attendee) return;
    if (!attendee.isEmployed || attendee.hasAttended) {
      const reason = attendee.isEmployed ? 'attended' : 'left';
      await this.writer.leaveSeat(tx, attendee, reason, work);
      await this.writer.leaveLine(tx, attendee, reason);
      return;
    }
    if (attendee.seat?.on && isAhead(attendee.seat.on, work) && !fits({ on: attendee.seat.on }, attendee))
      await this.writer.leaveSeat(tx, attendee, 'left', work);
    if (attendee.wait?.on && !fits({ on: attendee.wait.on }, attendee))
      await this.writer.leaveLine(tx, attendee, 'left');
    if (attendee.isInNeed && (!attendee.seat || attendee.seat.status === 'unplaced'))
      await this.place(tx, work, attendee);
    if (!attendee.isInNeed && attendee.seat?.status === 'unplaced')
      await this.writer.leaveSeat(tx, attendee, 'left', work);
  }

  /** Gives the agent the place that the autopilot has for somebody without a seat. */
  async place(tx: Tx, work: SeatWork, attendee: AttendeeRow): Promise<void> {
    const because = { byPersonId: BY_ITSELF, ends: 'moved' } as const;
    const { seatDayId, waitDayId } = placementOf(work.days, attendee, work.today);
    const day = (id: number | null) => work.days.find((one) => one.id === id);
    const seatDay = day(seatDayId);
    if (seatDay) await this.writer.give(tx, attendee, seatDay, because, work);
    else if (attendee.isInNeed && !attendee.seat) await this.writer.unplace(tx, attendee);
    const waitDay = day(waitDayId);
    if (waitDay && !attendee.wait) await this.writer.line(tx, attendee, waitDay, because);
  }

  /** A seat for an agent who has just lost one: those who need none lose nothing by waiting for a free one. */
  async findSeat(tx: Tx, work: SeatWork, attendee: AttendeeRow): Promise<void> {
    if (attendee.isInNeed) await this.place(tx, work, attendee);
  }

  /** Gives away every free seat of the days ahead that somebody waits for; earliest day first, in the order of the line. */
  async settle(tx: Tx, work: SeatWork): Promise<void> {
    const wanted = work.days.filter((day) => isOpen(day, work.today));
    // Seats are only given here, so a line that has nobody for a day stays so.
    const exhausted = new Set<number>();
    for (;;) {
      const day = wanted.find((one) => freeSeats(one) > 0 && !exhausted.has(one.id));
      if (!day) return;
      const agentId = (await this.firstInLine(tx, day)) ?? (await this.firstUnplaced(tx, day));
      if (agentId === undefined) exhausted.add(day.id);
      else await this.promote(tx, work, agentId, day);
    }
  }

  private async promote(tx: Tx, work: SeatWork, agentId: number, day: SeatDay): Promise<void> {
    const attendee = (await this.attendee(tx, work, agentId, 'promoted'))!;
    await this.writer.give(tx, attendee, day, { byPersonId: BY_ITSELF, ends: 'promoted' }, work);
  }

  private async firstInLine(tx: Tx, day: SeatDay): Promise<number | undefined> {
    const [first] = await selectRows<{ agentId: number }>(
      tx,
      `SELECT b.agentId FROM booking b JOIN employment m ON m.openAgentId = b.agentId
        WHERE b.dayId = ? AND b.status = 'waitlisted' AND ${FITS} ORDER BY b.priority, b.id LIMIT 1`,
      [day.id, day.on, day.on, day.on],
    );
    return first?.agentId;
  }

  /** Who has needed a seat for longest; not one who was taken off this very day. */
  private async firstUnplaced(tx: Tx, day: SeatDay): Promise<number | undefined> {
    const [first] = await selectRows<{ agentId: number }>(
      tx,
      `SELECT b.agentId FROM booking b JOIN employment m ON m.openAgentId = b.agentId
        WHERE b.status = 'unplaced' AND ${FITS}
          AND NOT EXISTS (SELECT 1 FROM booking o WHERE o.agentId = b.agentId AND o.dayId = ?
                             AND o.endReason IN ('cancelled', 'moved'))
          AND NOT EXISTS (SELECT 1 FROM attendance t WHERE t.agentId = b.agentId AND t.dayId = ?)
        ORDER BY b.since, b.id LIMIT 1`,
      [day.on, day.on, day.on, day.id, day.id],
    );
    return first?.agentId;
  }
}

function isAhead(on: LocalDate, { today }: SeatWork): boolean {
  return on >= today;
}
