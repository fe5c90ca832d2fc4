import type { LocalDate } from '../../../common/local-date.js';
import { fits, type Attendee, type PlannedDay } from '../onboarding-days.rules.js';

/** Who books: the later the day comes near, the fewer may. */
export type Booker = 'agent' | 'leader' | 'secretariat';

/** Why a seat is not given. */
export type BookingFault =
  | 'day_cancelled'
  | 'day_over'
  | 'booking_closed'
  | 'before_employment'
  | 'after_employment'
  | 'already_attended'
  | 'already_booked';

/** What of an agent decides whether a booking makes sense. */
export interface Bookable extends Pick<Attendee, 'startOn' | 'lastOn'> {
  hasAttended: boolean;
  /** The days the agent holds a place on already. */
  heldDayIds: readonly number[];
}

/**
 * Why the agent cannot be booked on the day by such a person; undefined when nothing speaks against it. After the book-by date
 * only the secretariat books, which knows whether there are chairs.
 */
export function bookingFault(
  day: PlannedDay & { id: number },
  agent: Bookable,
  by: Booker,
  today: LocalDate,
): BookingFault | undefined {
  if (day.isCancelled) return 'day_cancelled';
  if (day.on < today) return 'day_over';
  if (day.bookBy < today && by !== 'secretariat') return 'booking_closed';
  if (agent.heldDayIds.includes(day.id)) return 'already_booked';
  if (!fits(day, agent)) return day.on < agent.startOn ? 'before_employment' : 'after_employment';
  if (agent.hasAttended) return 'already_attended';
  return undefined;
}

/** Whether such a person may still take the agent off the day: agents until the book-by date, leaders until the day itself. */
export function mayLeave(day: PlannedDay, by: Booker, today: LocalDate): boolean {
  return by === 'agent' ? day.bookBy >= today && day.on >= today : day.on >= today;
}
