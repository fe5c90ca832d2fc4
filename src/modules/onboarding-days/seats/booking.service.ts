import { Injectable } from '@nestjs/common';
import type { Principal } from '../../../common/access/principal.js';
import { scopeOf, seesAll } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { OpenEmployments } from '../../agents/index.js';
import { AuditService } from '../../audit/index.js';
import type { AttendeeRow } from './attendees.js';
import { BookingSteps } from './booking-steps.js';
import { bookingFault, mayLeave, type Booker } from './booking.rules.js';
import type { SeatDay } from '../onboarding-days.rules.js';
import type { SeatWork } from './seat-allocation.js';
import { SeatWorks } from './seat-works.js';

/** A booking as its maker sees it. */
export interface BookingView {
  id: number;
  agentId: number;
  dayId: number;
  status: 'booked' | 'waitlisted';
}

const CONFLICTS = new Set(['already_booked', 'already_attended']);

/** Books, moves and cancels seats on behalf of people. */
@Injectable()
export class BookingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly employments: OpenEmployments,
    private readonly works: SeatWorks,
    private readonly steps: BookingSteps,
    private readonly audit: AuditService,
  ) {}

  /**
   * Books the agent on the day: a seat, or a place in line when it is full; for one booked elsewhere it is a move.
   * @throws DomainError `not_found`, `agent_departed`, `too_late_to_leave`, or a `BookingFault`
   */
  book(dayId: number, agentId: number, by: Principal, call: IdempotentCall): Promise<BookingView> {
    return this.idempotency.run(call, (tx) => this.bookWithin(tx, dayId, agentId, by));
  }

  /** The same inside somebody else's unit of work. */
  async bookWithin(tx: Tx, dayId: number, agentId: number, by: Principal): Promise<BookingView> {
    await this.employments.lock(tx, scopeOf(by), agentId);
    return this.works.run(tx, { dayId, byPersonId: by.personId }, async (work) => {
      const attendee = await this.works.attendee(tx, work, agentId, 'booked');
      const day = dayOf(work, dayId);
      refuseFaults(day, attendee, by, work);
      refuseLateMove(attendee, by, work);
      await this.steps.book(tx, work, attendee, day, by.personId);
      await this.note(tx, 'booking.made', agentId, dayId, by);
      return viewOf(attendee, dayId);
    });
  }

  /**
   * Takes the agent off a day or its waiting list; the first in line gets the seat at once.
   * @throws DomainError `not_found`, `too_late_to_leave`
   */
  async cancel(dayId: number, bookingId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const agentId = await this.agentOf(tx, dayId, bookingId);
      await this.employments.lock(tx, scopeOf(by), agentId);
      await this.works.run(tx, { dayId, byPersonId: by.personId }, async (work) => {
        const attendee = await this.works.attendee(tx, work, agentId, 'cancelled');
        if (attendee.seat?.id !== bookingId && attendee.wait?.id !== bookingId)
          throw new DomainError('not_found', 'not_found');
        if (!mayLeave(dayOf(work, dayId), bookerOf(by), work.today))
          throw new DomainError('too_late_to_leave', 'rule');
        await this.steps.leave(tx, work, attendee, bookingId, 'cancelled');
        await this.note(tx, 'booking.cancelled', agentId, dayId, by);
      });
    });
  }

  private async agentOf(tx: Tx, dayId: number, bookingId: number): Promise<number> {
    const [row] = await selectRows<{ agentId: number }>(
      tx,
      'SELECT agentId FROM booking WHERE id = ? AND dayId = ?',
      [bookingId, dayId],
    );
    if (!row) throw new DomainError('not_found', 'not_found');
    return row.agentId;
  }

  private note(tx: Tx, action: string, agentId: number, dayId: number, by: Principal): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: by.personId,
      action,
      subjectType: 'agent',
      subjectId: agentId,
      detail: { day: dayId },
    });
  }
}

/** The most that the person may do with bookings. */
export function bookerOf(by: Principal): Booker {
  if (seesAll(by)) return 'secretariat';
  return by.roles.includes('leader') && by.strength === 'full' ? 'leader' : 'agent';
}

function dayOf(work: SeatWork, dayId: number): SeatDay {
  const day = work.days.find(({ id }) => id === dayId);
  if (!day) throw new DomainError('not_found', 'not_found');
  return day;
}

function refuseFaults(day: SeatDay, attendee: AttendeeRow, by: Principal, work: SeatWork): void {
  const held = [attendee.seat?.dayId, attendee.wait?.dayId].filter((id) => typeof id === 'number');
  const fault = bookingFault(day, { ...attendee, heldDayIds: held }, bookerOf(by), work.today);
  if (!fault) return;
  const kind = CONFLICTS.has(fault) ? 'conflict' : 'rule';
  throw new DomainError(fault, kind, { faults: [{ field: 'agentId', code: fault }] });
}

/** A move gives a seat up, which is possible for as long as leaving it is; a seat of a day that is over holds nobody back. */
function refuseLateMove({ seat }: AttendeeRow, by: Principal, { days, today }: SeatWork): void {
  const held = days.find(({ id, on }) => id === seat?.dayId && on >= today);
  if (held && !mayLeave(held, bookerOf(by), today)) throw new DomainError('too_late_to_leave', 'rule');
}

function viewOf({ agentId, seat, wait }: AttendeeRow, dayId: number): BookingView {
  const place = seat?.dayId === dayId ? seat : wait!;
  return { id: place.id, agentId, dayId, status: place === seat ? 'booked' : 'waitlisted' };
}
