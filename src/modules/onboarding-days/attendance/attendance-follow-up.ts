import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendanceSource } from './attendance.rules.js';
import type { WrittenMark } from './attendance-writer.js';
import { Attendees, type AttendeeRow } from '../seats/attendees.js';
import { RollCallTasks } from './roll-call-tasks.js';
import { SeatAllocation, type SeatWork } from '../seats/seat-allocation.js';
import { SeatWriter } from '../seats/seat-writer.js';
import { ThanksMail } from './thanks.mail.js';

/** What follows from a mark: the seat is used; who took part is thanked, who has to come again gets another day. */
@Injectable()
export class AttendanceFollowUp {
  constructor(
    private readonly attendees: Attendees,
    private readonly allocation: SeatAllocation,
    private readonly writer: SeatWriter,
    private readonly thanks: ThanksMail,
    private readonly tasks: RollCallTasks,
  ) {}

  /** After a mark that was taken. */
  async follow(
    tx: Tx,
    work: SeatWork,
    { dayId, agentId }: { dayId: number; agentId: number },
    { attendanceId, isDueAnew, source }: WrittenMark & { source: AttendanceSource },
  ): Promise<void> {
    await this.tasks.settle(tx, dayId);
    const attendee = await this.attendees.find(tx, agentId);
    if (!attendee) return;
    await this.writer.use(tx, attendee, dayId);
    // Told from here on: that the seat of this very day is used is no news.
    work.changes.begin(attendee, attendee.hasAttended ? 'attended' : 'again');
    await this.allocation.reconcile(tx, work, agentId, 'again');
    if (isDueAnew && attendee.isEmployed) await this.rollOn(tx, work, attendee);
    // A file tells what is long known to those who were there.
    if (attendee.hasAttended && source !== 'import') await this.thanks.queue(tx, attendanceId);
  }

  /** Existing agents too go on to the next day, if there is one; the leader is told in any case. */
  private async rollOn(tx: Tx, work: SeatWork, attendee: AttendeeRow): Promise<void> {
    work.changes.insist(attendee.agentId);
    if (!attendee.hasAttended && !attendee.seat) await this.allocation.place(tx, work, attendee);
  }
}
