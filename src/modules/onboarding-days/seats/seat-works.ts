import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendeeRow } from './attendees.js';
import { SeatAllocation, type SeatWork } from './seat-allocation.js';
import { SeatChanges, type SeatOccasion } from './seat-changes.js';
import { SeatDays } from './seat-days.js';
import { SeatMails } from './seat-mails.js';

/** What a piece of work on seats is about beside the days ahead. */
export interface SeatTask {
  /** A day that may lie in the past. */
  dayId?: number;
  /** Who does it; not written to about it. */
  byPersonId: number | null;
}

/** The frame of everything that changes seats: hold the days, do the work, give away what came free, tell whom it concerns. */
@Injectable()
export class SeatWorks {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: SeatDays,
    private readonly allocation: SeatAllocation,
    private readonly mails: SeatMails,
  ) {}

  /** Does the work inside somebody else's unit of work, in which nothing of days or bookings has been read before. */
  async run<T>(tx: Tx, { dayId, byPersonId }: SeatTask, change: (work: SeatWork) => Promise<T>): Promise<T> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    const work: SeatWork = {
      today,
      days: await this.days.lock(tx, today, dayId),
      changes: new SeatChanges(),
    };
    const result = await change(work);
    await this.allocation.settle(tx, work);
    await this.mails.tell(tx, work.changes.list(), byPersonId);
    return result;
  }

  /** The agent as it stands in this work. @throws DomainError `not_found` */
  async attendee(tx: Tx, work: SeatWork, agentId: number, occasion: SeatOccasion): Promise<AttendeeRow> {
    const attendee = await this.allocation.attendee(tx, work, agentId, occasion);
    if (!attendee) throw new DomainError('not_found', 'not_found');
    return attendee;
  }
}
