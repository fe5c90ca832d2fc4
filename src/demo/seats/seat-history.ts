import type { LocalDate } from '../../common/local-date.js';
import {
  fits,
  freeSeats,
  isOpen,
  mustAttendAgain,
  placementOf,
  type AttendanceReason,
  type AttendanceStatus,
  type SeatDay,
} from '../../modules/onboarding-days/index.js';

/** A day and a time on the clock on the wall. */
export interface Moment {
  on: LocalDate;
  time: `${number}:${number}`;
}

/** A booking as it stands at the end of a demonstration's history. */
export interface PlannedBooking {
  email: string;
  dayId: number | null;
  status: 'booked' | 'waitlisted' | 'unplaced' | 'cancelled';
  /** On a day that has been held. */
  isUsed: boolean;
  kind: 'new' | 'existing';
  since: Moment;
  quietUntil: Moment | null;
  isByLeader: boolean;
  createdAt: Moment;
  seatedAt: Moment | null;
  endedAt: Moment | null;
  endReason: 'moved' | 'promoted' | 'left' | 'attended' | 'closed' | null;
}

/** A mark of a roll call. */
export interface PlannedMark {
  email: string;
  dayId: number;
  status: AttendanceStatus;
  mustAttendAgain: boolean;
  reason: AttendanceReason | null;
  at: Moment;
}

/** An agent as far as seats are concerned. */
export interface SeatAgent {
  email: string;
  kind: 'new' | 'existing';
  startOn: LocalDate;
  lastOn: LocalDate | null;
  registeredAt: Moment;
  /** Not written to before. */
  quietUntil: Moment | null;
  hasAttended: boolean;
}

interface Known extends SeatAgent {
  isEmployed: boolean;
  isDue: boolean;
  declinedDayIds: number[];
  seat: PlannedBooking | null;
  wait: PlannedBooking | null;
}

const PRIORITY = { new: 0, existing: 1 };

/**
 * Who had which seat when, by the rules of the product: what happened is told in the order of time. Days have their final
 * capacities from the beginning.
 */
export class SeatHistory {
  readonly bookings: PlannedBooking[] = [];
  readonly marks: PlannedMark[] = [];
  private readonly agents = new Map<string, Known>();

  constructor(readonly days: readonly SeatDay[]) {}

  /** Somebody begins, for the first time, again, or in another municipality; a new agent gets a seat. */
  begin(agent: SeatAgent, at: Moment): void {
    const known = this.agents.get(agent.email);
    const begun: Known = {
      isDue: false,
      declinedDayIds: [],
      seat: null,
      wait: null,
      ...known,
      ...agent,
      hasAttended: agent.hasAttended || (known?.hasAttended ?? false),
      isEmployed: true,
    };
    this.agents.set(agent.email, begun);
    this.reconcile(begun, at);
    this.settle(at);
  }

  /** The last day is known; a seat after it is given up. */
  endsOn(email: string, lastOn: LocalDate, at: Moment): void {
    const agent = this.agents.get(email)!;
    agent.lastOn = lastOn;
    this.reconcile(agent, at);
    this.settle(at);
  }

  /** Somebody has left, and gives back what is ahead. */
  leave(email: string, at: Moment): void {
    const agent = this.agents.get(email)!;
    agent.isEmployed = false;
    this.giveUp(agent, 'left', at);
    this.settle(at);
  }

  /** A leader books an agent who need not attend on a day, or puts the agent in line for it. */
  book(email: string, day: SeatDay, at: Moment): void {
    const agent = this.agents.get(email)!;
    if (freeSeats(day) > 0) this.sit(agent, day, 'moved', at, true);
    else this.line(agent, day, at, true);
  }

  /** Those who have a seat on a day. */
  seatedOn(day: SeatDay): string[] {
    return this.bookings
      .filter(({ dayId, status }) => dayId === day.id && status === 'booked')
      .map(({ email }) => email);
  }

  /** Those who work at the moment and have never attended. */
  neverAttended(kind: 'new' | 'existing'): string[] {
    return [...this.agents.values()]
      .filter((agent) => agent.isEmployed && !agent.hasAttended && agent.kind === kind && !agent.seat)
      .map(({ email }) => email);
  }

  /** A day is held; whoever has to come again gets another seat. */
  hold(day: SeatDay, marks: readonly Pick<PlannedMark, 'email' | 'status' | 'reason'>[], at: Moment): void {
    for (const mark of marks) {
      const isAgain = mustAttendAgain(mark.status, undefined);
      this.marks.push({ ...mark, dayId: day.id, mustAttendAgain: isAgain, at });
      const agent = this.agents.get(mark.email)!;
      agent.declinedDayIds.push(day.id);
      if (agent.seat?.dayId === day.id) this.use(agent);
      if (isAgain) agent.isDue = true;
      else agent.hasAttended = true;
    }
    for (const agent of this.agents.values())
      if (agent.wait?.dayId === day.id) this.endWait(agent, 'closed', at);
    for (const { email } of marks) this.reconcile(this.agents.get(email)!, at);
    this.settle(at);
  }

  private reconcile(agent: Known, at: Moment): void {
    if (agent.hasAttended) return this.giveUp(agent, 'attended', at);
    const seatDay = this.day(agent.seat?.dayId);
    if (seatDay && !fits(seatDay, agent)) this.endSeat(agent, 'left', at);
    const waitDay = this.day(agent.wait?.dayId);
    if (waitDay && !fits(waitDay, agent)) this.endWait(agent, 'left', at);
    const isInNeed = agent.isEmployed && (agent.kind === 'new' || agent.isDue);
    if (isInNeed && agent.seat?.status !== 'booked') this.place(agent, at);
  }

  private place(agent: Known, at: Moment): void {
    const { seatDayId, waitDayId } = placementOf(this.days, agent, at.on);
    const [seatDay, waitDay] = [this.day(seatDayId), this.day(waitDayId)];
    if (seatDay) this.sit(agent, seatDay, 'moved', at);
    else agent.seat ??= this.write(agent, null, 'unplaced', at);
    if (waitDay && !agent.wait) this.line(agent, waitDay, at);
  }

  /** Gives away every free seat that somebody waits for. */
  private settle(at: Moment): void {
    for (const day of this.days) {
      if (!isOpen(day, at.on)) continue;
      for (let next = this.firstFor(day); next && freeSeats(day) > 0; next = this.firstFor(day))
        this.sit(next, day, 'promoted', at);
    }
  }

  private firstFor(day: SeatDay): Known | undefined {
    const fitting = [...this.agents.values()].filter((agent) => agent.isEmployed && fits(day, agent));
    const inLine = fitting.filter(({ wait }) => wait?.dayId === day.id);
    const order = ({ kind, wait }: Known) => PRIORITY[kind] * 100_000 + this.bookings.indexOf(wait!);
    const [first] = inLine.toSorted((a, b) => order(a) - order(b));
    const unplaced = fitting.filter(
      ({ seat, declinedDayIds }) => seat?.status === 'unplaced' && !declinedDayIds.includes(day.id),
    );
    return first ?? unplaced[0];
  }

  private sit(agent: Known, day: SeatDay, ends: 'moved' | 'promoted', at: Moment, isByLeader = false): void {
    this.endSeat(agent, ends, at);
    const { wait } = agent;
    day.seatsTaken += 1;
    if (wait?.dayId !== day.id) {
      agent.seat = this.write(agent, day, 'booked', at, isByLeader);
      return;
    }
    agent.seat = Object.assign(wait, { status: 'booked' as const, seatedAt: at });
    agent.wait = null;
  }

  private line(agent: Known, day: SeatDay, at: Moment, isByLeader = false): void {
    agent.wait = this.write(agent, day, 'waitlisted', at, isByLeader);
  }

  private giveUp(agent: Known, reason: 'left' | 'attended', at: Moment): void {
    this.endSeat(agent, reason, at);
    this.endWait(agent, reason, at);
  }

  private endSeat(agent: Known, reason: PlannedBooking['endReason'], at: Moment): void {
    const { seat } = agent;
    if (!seat) return;
    const day = this.day(seat.dayId);
    agent.seat = null;
    if (!day) this.bookings.splice(this.bookings.indexOf(seat), 1);
    else {
      Object.assign(seat, { status: 'cancelled', endedAt: at, endReason: reason });
      day.seatsTaken -= 1;
    }
  }

  private endWait(agent: Known, reason: PlannedBooking['endReason'], at: Moment): void {
    if (agent.wait) Object.assign(agent.wait, { status: 'cancelled', endedAt: at, endReason: reason });
    agent.wait = null;
  }

  private use(agent: Known): void {
    agent.seat!.isUsed = true;
    agent.seat = null;
  }

  private write(
    { email, kind, registeredAt, quietUntil }: Known,
    day: SeatDay | null,
    status: PlannedBooking['status'],
    at: Moment,
    isByLeader = false,
  ): PlannedBooking {
    const booking: PlannedBooking = {
      email,
      dayId: day?.id ?? null,
      status,
      isUsed: false,
      kind,
      since: registeredAt,
      quietUntil,
      isByLeader,
      createdAt: at,
      seatedAt: status === 'booked' ? at : null,
      endedAt: null,
      endReason: null,
    };
    this.bookings.push(booking);
    return booking;
  }

  private day(id: number | null | undefined): SeatDay | undefined {
    return this.days.find((day) => day.id === id);
  }
}
