import { addDays, instantAt, isWeekday, type LocalDate } from '../../../common/local-date.js';

/** An agent with a seat is reminded this many days before the day. */
export const SEAT_REMINDER_DAYS = [14, 2] as const;

/** Which of the reminders it is, by its days. */
export type SeatReminder = (typeof SEAT_REMINDER_DAYS)[number];

/** When a reminder is due: at 8 on the last weekday on or before its day, so that somebody is there to answer. */
export function seatReminderAt(on: LocalDate, days: SeatReminder, zone: string): Date {
  return instantAt(lastWeekday(addDays(on, -days)), '08:00', zone);
}

/**
 * The reminder to send now, if any: the latest one whose time has come. Whoever was told of the seat at that time or later has
 * just read everything that it says; once the day itself has come nobody is reminded.
 * @param toldAt when the agent was last told of the seat
 */
export function seatReminderDue(
  on: LocalDate,
  toldAt: Date,
  now: Date,
  zone: string,
): SeatReminder | undefined {
  if (now >= instantAt(on, '00:00', zone)) return undefined;
  const latest = SEAT_REMINDER_DAYS.findLast((days) => seatReminderAt(on, days, zone) <= now);
  return latest !== undefined && toldAt < seatReminderAt(on, latest, zone) ? latest : undefined;
}

/** How many days ahead a reminder can be due: on a Friday for the Sunday after. */
export const SEAT_REMINDER_AHEAD_DAYS = SEAT_REMINDER_DAYS[0] + 2;

function lastWeekday(date: LocalDate): LocalDate {
  return isWeekday(date) ? date : lastWeekday(addDays(date, -1));
}
