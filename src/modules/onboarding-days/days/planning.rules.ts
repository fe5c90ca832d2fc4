import type { FieldFault } from '../../../common/domain-error.js';
import { addDays, instantAt, isWeekday, localDateOf, type LocalDate } from '../../../common/local-date.js';

/** When a day is and until when it is booked. */
export interface DayTimes {
  on: LocalDate;
  startsAt: string;
  endsAt: string;
  bookBy: LocalDate;
}

/** What contradicts itself: hours on another day or in the wrong order, booking beyond the day. */
export function dayFaults({ on, startsAt, endsAt, bookBy }: DayTimes, zone: string): FieldFault[] {
  const faults: FieldFault[] = [];
  if (localDateOf(new Date(startsAt), zone) !== on) faults.push({ field: 'startsAt', code: 'other_day' });
  if (localDateOf(new Date(endsAt), zone) !== on) faults.push({ field: 'endsAt', code: 'other_day' });
  else if (endsAt <= startsAt) faults.push({ field: 'endsAt', code: 'ends_before_start' });
  if (bookBy > on) faults.push({ field: 'bookBy', code: 'book_by_after_day' });
  return faults;
}

/** Days in a year between one proposed day and the next: four a year (rule 3). */
const QUARTER_DAYS = 91;
/** People book until a week before, so that the seats can be filled and lunch ordered. */
const BOOK_BY_DAYS = 7;

/** A proposal for a day; the secretariat corrects it before it is planned. */
export interface ProposedDay {
  on: LocalDate;
  bookBy: LocalDate;
}

/** Four days, a quarter of a year apart, beginning a quarter after the last one planned (or after today), none on a weekend. */
export function proposeYear(lastPlanned: LocalDate | null, today: LocalDate): ProposedDay[] {
  const from = lastPlanned !== null && lastPlanned > today ? lastPlanned : today;
  return [1, 2, 3, 4].map((quarter) => {
    const on = weekdayFrom(addDays(from, quarter * QUARTER_DAYS));
    return { on, bookBy: addDays(on, -BOOK_BY_DAYS) };
  });
}

/** The instants of wall-clock hours on a day (`09:00`). */
export function hoursOf(
  on: LocalDate,
  from: string,
  to: string,
  zone: string,
): { startsAt: string; endsAt: string } {
  const at = (time: string) => instantAt(on, time as `${number}:${number}`, zone).toISOString();
  return { startsAt: at(from), endsAt: at(to) };
}

function weekdayFrom(date: LocalDate): LocalDate {
  return isWeekday(date) ? date : weekdayFrom(addDays(date, 1));
}
