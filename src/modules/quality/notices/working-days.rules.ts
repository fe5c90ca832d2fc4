import { DateTime } from 'luxon';
import { daysBetween, localDateOf } from '../../../common/local-date.js';
import { nextOfficeInstant } from '../../notifications/index.js';
import { weekdaysAfter } from '../closing/notice-times.rules.js';

/** Whether it is a weekday between 8 and 16, when somebody is there to help (decision "Working days"). */
export function isOfficeTime(instant: Date, zone: string): boolean {
  return nextOfficeInstant(instant, zone).getTime() === instant.getTime();
}

/**
 * The instant by which somebody has had so many whole working days: the same time of day that many weekdays later, counted from
 * when the office is next open.
 */
export function workingDaysAfter(instant: Date, days: number, zone: string): Date {
  const from = nextOfficeInstant(instant, zone);
  const day = localDateOf(from, zone);
  const passed = daysBetween(day, weekdaysAfter(day, days));
  return DateTime.fromJSDate(from, { zone }).plus({ days: passed }).toJSDate();
}
