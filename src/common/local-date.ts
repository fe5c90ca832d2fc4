import { DateTime } from 'luxon';

/** A calendar day as `YYYY-MM-DD`, without time and zone. Compares correctly as text. */
export type LocalDate = string;

/** The zone in which DDH lives; the running system takes its zone from the configuration (`TZ_NAME`). */
export const DEFAULT_ZONE = 'Europe/Copenhagen';

/** Tells whether the text is a day that exists (`2026-02-30` does not). */
export function isLocalDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/** The calendar day on which the instant falls in the zone. */
export function localDateOf(instant: Date, zone = DEFAULT_ZONE): LocalDate {
  return DateTime.fromJSDate(instant, { zone }).toISODate()!;
}

/** The instant of a wall-clock time on a day; a time skipped by the change of the clock moves one hour on. */
export function instantAt(date: LocalDate, time: `${number}:${number}`, zone = DEFAULT_ZONE): Date {
  return DateTime.fromISO(`${date}T${time}`, { zone }).toJSDate();
}

/** The first instant after the day has ended in the zone. */
export function endOfLocalDate(date: LocalDate, zone = DEFAULT_ZONE): Date {
  return instantAt(addDays(date, 1), '00:00', zone);
}

/** The day that many days later (earlier when negative). */
export function addDays(date: LocalDate, days: number): LocalDate {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate()!;
}

/** Monday to Friday. Public holidays are not taken into account. */
export function isWeekday(date: LocalDate): boolean {
  return DateTime.fromISO(date, { zone: 'utc' }).weekday <= 5;
}

/** The weekday that lies `count` weekdays before the day, the day itself not counted. */
export function weekdaysBefore(date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0;) {
    day = addDays(day, -1);
    if (isWeekday(day)) left -= 1;
  }
  return day;
}
