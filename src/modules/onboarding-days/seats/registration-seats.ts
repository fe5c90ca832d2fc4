import { Injectable } from '@nestjs/common';
import type { LocalDate } from '../../../common/local-date.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { AttendeeRow } from './attendees.js';
import { placementOf, type SeatDay } from '../onboarding-days.rules.js';
import { SeatAllocation } from './seat-allocation.js';
import { SeatCalendar, type CalendarOwner } from '../calendar/seat-calendar.js';
import { SeatChanges } from './seat-changes.js';
import { SeatDays } from './seat-days.js';
import { SeatGone } from './seat-gone.js';
import { SeatWriter } from './seat-writer.js';
import { ToldDays, type ToldDay } from '../told-days.js';

/** A new agent who is being registered. */
export interface RegisteredAttendee {
  agentId: number;
  /** Whether the agent has been here before, and may have attended. */
  returns: boolean;
  startOn: LocalDate;
  /** The last day of the municipality's membership, when it is known to end. */
  lastOn: LocalDate | null;
  registeredAt: Date;
  /** The agent is not written to before. */
  quietUntil: Date | null;
  /** Whether the days are held from the beginning: slower for everyone else, and sure. */
  holdsDays: boolean;
}

/** The seat that came of a registration. */
export interface RegisteredSeat {
  /** Where the agent has a seat. */
  day: ToldDay | null;
  /** The earlier day that is full, on whose waiting list the agent stands. */
  waitDay: ToldDay | null;
  /** The entry for the mail to the agent. */
  calendar: (owner: CalendarOwner) => string | undefined;
  /** Takes the seat, last of all in the unit of work, since many want it at once. @throws SeatGone when somebody else has it */
  take: () => Promise<void>;
}

/** Gives a new agent the seat that the registration promises; who is told of it is for the registration's own mails. */
@Injectable()
export class RegistrationSeats {
  constructor(
    private readonly days: SeatDays,
    private readonly writer: SeatWriter,
    private readonly allocation: SeatAllocation,
    private readonly told: ToldDays,
    private readonly calendar: SeatCalendar,
  ) {}

  /**
   * A seat on the next day, or what the autopilot has instead. While there are seats nobody stands in line, so the seat is only
   * chosen here and taken by `take()`; when the day is full the days are held at once.
   */
  async choose(tx: Tx, agent: RegisteredAttendee, today: LocalDate): Promise<RegisteredSeat> {
    if (agent.returns) return this.asTold(tx, await this.allocateAgain(tx, agent, today));
    const ahead = await this.told.ahead(tx, today);
    const days = new Map(ahead.map((day) => [day.id, day]));
    const attendee = newAttendee(agent);
    const { seatDayId, waitDayId } = placementOf(ahead, attendee, today);
    const day = days.get(seatDayId ?? 0);
    if (!day || waitDayId !== null || agent.holdsDays) {
      await this.allocate(tx, attendee, today);
      return this.seatOf(attendee, days);
    }
    this.writer.promise(attendee, day);
    return { ...this.seatOf(attendee, days), take: () => this.take(tx, attendee, day) };
  }

  private async take(tx: Tx, attendee: AttendeeRow, day: SeatDay): Promise<void> {
    if (!(await this.writer.keepPromise(tx, attendee, day))) throw new SeatGone();
  }

  /** The seat as it stands, for a welcome that is sent again. */
  async of(tx: Tx, agentId: number): Promise<RegisteredSeat> {
    const attendee = await this.allocation.attendees.find(tx, agentId);
    return this.asTold(tx, attendee ?? { seat: null, wait: null });
  }

  private async asTold(tx: Tx, places: Pick<AttendeeRow, 'seat' | 'wait'>): Promise<RegisteredSeat> {
    const ids = [places.seat?.dayId, places.wait?.dayId].filter((id) => typeof id === 'number');
    return this.seatOf(places, await this.told.read(tx, ids));
  }

  private seatOf(
    { seat, wait }: Pick<AttendeeRow, 'seat' | 'wait'>,
    days: ReadonlyMap<number, ToldDay>,
  ): RegisteredSeat {
    const day = days.get(seat?.dayId ?? 0) ?? null;
    return {
      day,
      waitDay: days.get(wait?.dayId ?? 0) ?? null,
      calendar: (owner) => this.calendar.of({ before: null, after: seat }, owner, { day, previous: null }),
      take: async () => {},
    };
  }

  private async allocate(tx: Tx, attendee: AttendeeRow, today: LocalDate): Promise<void> {
    const work = { today, days: await this.days.lock(tx, today), changes: new SeatChanges() };
    await this.allocation.place(tx, work, attendee);
  }

  private async allocateAgain(tx: Tx, { agentId, quietUntil }: RegisteredAttendee, today: LocalDate) {
    const work = { today, days: await this.days.lock(tx, today), changes: new SeatChanges() };
    const attendee = (await this.allocation.attendee(tx, work, agentId, 'given'))!;
    attendee.quietUntil = quietUntil;
    await this.allocation.reconcile(tx, work, agentId, 'given');
    return attendee;
  }
}

function newAttendee({
  agentId,
  startOn,
  lastOn,
  registeredAt,
  quietUntil,
}: RegisteredAttendee): AttendeeRow {
  return {
    agentId,
    startOn,
    lastOn,
    registeredAt,
    quietUntil,
    kind: 'new',
    isEmployed: true,
    hasAttended: false,
    isInNeed: true,
    declinedDayIds: [],
    seat: null,
    wait: null,
    entry: null,
  };
}
