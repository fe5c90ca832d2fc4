import type { LocalDate } from '../../../common/local-date.js';
import { freeSeats, type SeatDay } from '../onboarding-days.rules.js';

/** How a day stands, as lists say it in words. */
export type DayState = 'cancelled' | 'over' | 'closed' | 'full' | 'open';

/** How the day stands: a day that is booked up says so only as long as it can be booked at all. */
export function dayStateOf(day: Omit<SeatDay, 'id'>, today: LocalDate): DayState {
  if (day.isCancelled) return 'cancelled';
  if (day.on < today) return 'over';
  if (day.bookBy < today) return 'closed';
  return freeSeats(day) === 0 ? 'full' : 'open';
}
