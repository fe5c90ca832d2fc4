import { DateTime } from 'luxon';

/** A calendar day as `YYYY-MM-DD`, without time and zone. Compares correctly as text. */
export type LocalDate = string;

const DAY_MS = 86_400_000;

/** The zone in which DDH lives; the running system takes its zone from the configuration (`TZ_NAME`). */
export const DEFAULT_ZONE = 'Europe/Copenhagen';

/** Tells whether the text is a day that exists (`2026-02-30` does not). */
export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  // 30 February is read as 2 March, or not at all.
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** Reading a zone's rules costs a hundred times what using them does. */
const dayFormats = new Map<string, Intl.DateTimeFormat>();

function dayFormat(zone: string): Intl.DateTimeFormat {
  const known = dayFormats.get(zone);
  if (known) return known;
  // Swedish days are written YYYY-MM-DD.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  dayFormats.set(zone, format);
  return format;
}

let lastDay = { minute: Number.NaN, zone: '', day: '' };

/** The calendar day on which the instant falls in the zone. */
export function localDateOf(instant: Date, zone = DEFAULT_ZONE): LocalDate {
  // One request asks for the present day many times; no zone changes its day within a minute.
  const minute = Math.floor(instant.getTime() / 60_000);
  if (lastDay.minute !== minute || lastDay.zone !== zone)
    lastDay = { minute, zone, day: dayFormat(zone).format(instant) };
  return lastDay.day;
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
  const [day] = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().split('T');
  return day!;
}

/** How many days the second day lies after the first; negative when it lies before. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
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
