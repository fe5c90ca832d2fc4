import { instantAt, weekdaysBefore, type LocalDate } from '../../common/local-date.js';

/** A reminder is due this many weekdays before the e-learning must be done, so that somebody is there to help. */
export const REMINDER_WEEKDAYS = [5, 2, 1] as const;

/** A reminder that is due. */
export interface DueReminder {
  /** How many weekdays are left. */
  weekdaysLeft: number;
  dueAt: Date;
}

/**
 * The reminder to send now, if any: the latest one whose time has come. Those from before the registration are passed
 * over, so are all once the day itself has begun.
 */
export function reminderDue(
  dueOn: LocalDate,
  registeredAt: Date,
  now: Date,
  zone: string,
): DueReminder | undefined {
  if (now >= instantAt(dueOn, '00:00', zone)) return undefined;
  return REMINDER_WEEKDAYS.map((weekdaysLeft) => ({
    weekdaysLeft,
    dueAt: instantAt(weekdaysBefore(dueOn, weekdaysLeft), '08:00', zone),
  }))
    .filter(({ dueAt }) => dueAt > registeredAt && dueAt <= now)
    .at(-1);
}
