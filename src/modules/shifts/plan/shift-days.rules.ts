import { addDays, daysBetween, localDateOf, type LocalDate } from '../../../common/local-date.js';

/** A Monday long ago. */
const A_MONDAY = '2000-01-03';

/** The Monday of the day's week. */
export function mondayOf(date: LocalDate): LocalDate {
  return addDays(date, -(((daysBetween(A_MONDAY, date) % 7) + 7) % 7));
}

/** Shifts in their order under the day on which they start; one that ends on another day says so. */
export function shiftsByDay<Shift extends { startsAt: string; endsAt: string }>(
  shifts: readonly Shift[],
  zone: string,
): { on: LocalDate; shifts: (Shift & { endsNextDay: boolean })[] }[] {
  const days: { on: LocalDate; shifts: (Shift & { endsNextDay: boolean })[] }[] = [];
  for (const shift of shifts) {
    const on = localDateOf(new Date(shift.startsAt), zone);
    if (days.at(-1)?.on !== on) days.push({ on, shifts: [] });
    // One that ends at midnight ends on its own day.
    const endsNextDay = localDateOf(new Date(Date.parse(shift.endsAt) - 1), zone) !== on;
    days.at(-1)!.shifts.push({ ...shift, endsNextDay });
  }
  return days;
}
