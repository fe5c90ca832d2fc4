import type { LocalDate } from '../../common/local-date.js';

/** What of a day decides who may have a seat on it. */
export interface PlannedDay {
  on: LocalDate;
  bookBy: LocalDate;
  isCancelled: boolean;
}

/** A day with its seats. */
export interface SeatDay extends PlannedDay {
  id: number;
  capacity: number;
  seatsTaken: number;
}

/** What of an agent decides which days fit. */
export interface Attendee {
  startOn: LocalDate;
  /** The last day of the employment or of the municipality's membership; null when neither has an end. */
  lastOn: LocalDate | null;
  /** Days the agent was taken off or has an attendance on: they are not given again unasked. */
  declinedDayIds: readonly number[];
}

/** Where an agent belongs: a seat, and a place in line for an earlier day that is full. */
export interface Placement {
  seatDayId: number | null;
  waitDayId: number | null;
}

/** Whether seats are given: `bookBy` is the last day on which they are (interface contract). */
export function isOpen(day: PlannedDay, today: LocalDate): boolean {
  return !day.isCancelled && day.bookBy >= today && day.on >= today;
}

/** Whether the day lies within the time in which the agent works for DDH. */
export function fits(day: Pick<PlannedDay, 'on'>, agent: Pick<Attendee, 'startOn' | 'lastOn'>): boolean {
  return day.on >= agent.startOn && (agent.lastOn === null || day.on <= agent.lastOn);
}

/** How many seats are left. */
export function freeSeats(day: Pick<SeatDay, 'capacity' | 'seatsTaken'>): number {
  return Math.max(0, day.capacity - day.seatsTaken);
}

/**
 * The onboarding day of an agent who starts on `startOn`: the first one on or after it whose booking is still open
 * today; undefined when none is planned.
 */
export function nextOnboardingDay<T extends PlannedDay>(
  days: readonly T[],
  startOn: LocalDate,
  today: LocalDate,
): T | undefined {
  return inOrder(days).find((day) => isOpen(day, today) && day.on >= startOn);
}

/**
 * The autopilot (decision "Next onboarding day"): a seat on the first open day that fits; when that is full, a place on its
 * waiting list and a seat on the first later day that has one; nothing when no day is planned.
 */
export function placementOf(days: readonly SeatDay[], agent: Attendee, today: LocalDate): Placement {
  const candidates = inOrder(days).filter(
    (day) => isOpen(day, today) && fits(day, agent) && !agent.declinedDayIds.includes(day.id),
  );
  const seat = candidates.find((day) => freeSeats(day) > 0);
  const [first] = candidates;
  return {
    seatDayId: seat?.id ?? null,
    waitDayId: first && first !== seat ? first.id : null,
  };
}

function inOrder<T extends PlannedDay & { id?: number }>(days: readonly T[]): T[] {
  return days.toSorted((a, b) => (a.on === b.on ? (a.id ?? 0) - (b.id ?? 0) : a.on < b.on ? -1 : 1));
}

/** Everything about seats at one moment, to be looked at as a whole. */
export interface SeatSnapshot {
  today: LocalDate;
  days: readonly SeatDay[];
  agents: readonly (Attendee & {
    id: number;
    isEmployed: boolean;
    /** Whether the autopilot owes the agent a seat. */
    isInNeed: boolean;
  })[];
  /** Live bookings alone. */
  bookings: readonly {
    agentId: number;
    dayId: number | null;
    status: 'booked' | 'waitlisted' | 'unplaced';
    /** A seat that was used or missed, on a day with attendance: history, and still a seat taken. */
    isUsed: boolean;
  }[];
}

/** Every sentence that must hold after each unit of work; the property tests go through them all. */
export const SEAT_INVARIANTS: Readonly<Record<string, (snapshot: SeatSnapshot) => boolean>> = {
  'no day has more seats taken than it has': ({ days }) =>
    days.every((day) => day.seatsTaken <= day.capacity),
  'the count of a day is the number of its seats': ({ days, bookings }) =>
    days.every(
      (day) => day.seatsTaken === bookings.filter((b) => b.dayId === day.id && b.status === 'booked').length,
    ),
  'nobody holds two seats': ({ bookings }) =>
    isDistinct(bookings.filter((b) => b.status !== 'waitlisted' && !b.isUsed).map((b) => b.agentId)),
  'nobody stands in two lines': ({ bookings }) =>
    isDistinct(bookings.filter((b) => b.status === 'waitlisted').map((b) => b.agentId)),
  'nobody waits for the day of the own seat': ({ bookings }) =>
    bookings
      .filter((b) => b.status === 'waitlisted')
      .every((w) => !bookings.some((b) => isHeld(b) && b.agentId === w.agentId && b.dayId === w.dayId)),
  'a cancelled day holds nobody': ({ days, bookings }) =>
    days.every((day) => !day.isCancelled || !bookings.some((b) => b.dayId === day.id)),
  'who has left holds nothing': ({ agents, bookings }) =>
    agents.every((agent) => agent.isEmployed || !bookings.some((b) => b.agentId === agent.id && !b.isUsed)),
  'a seat lies within the employment': ({ today, days, agents, bookings }) =>
    bookings.every((b) => {
      const day = days.find(({ id }) => id === b.dayId);
      const agent = agents.find(({ id }) => id === b.agentId);
      return b.isUsed || !day || !agent || day.on < today || fits(day, agent);
    }),
  'whoever must attend holds a seat or waits for one': ({ agents, bookings }) =>
    agents.every(
      (agent) =>
        !agent.isEmployed ||
        !agent.isInNeed ||
        bookings.some((b) => b.agentId === agent.id && b.status !== 'waitlisted' && !b.isUsed),
    ),
  'no seat stays free while somebody in line could have it': ({ today, days, agents, bookings }) =>
    days.every(
      (day) =>
        !isOpen(day, today) ||
        freeSeats(day) === 0 ||
        !agents.some((agent) => couldTake(agent, day, bookings)),
    ),
};

function isHeld(booking: SeatSnapshot['bookings'][number]): boolean {
  return booking.status === 'booked' && !booking.isUsed;
}

function couldTake(
  agent: SeatSnapshot['agents'][number],
  day: SeatDay,
  bookings: SeatSnapshot['bookings'],
): boolean {
  const own = bookings.filter((b) => b.agentId === agent.id);
  if (!agent.isEmployed || !fits(day, agent)) return false;
  if (own.some((b) => b.status === 'waitlisted' && b.dayId === day.id)) return true;
  return own.some((b) => b.status === 'unplaced') && !agent.declinedDayIds.includes(day.id);
}

function isDistinct(values: readonly number[]): boolean {
  return new Set(values).size === values.length;
}
