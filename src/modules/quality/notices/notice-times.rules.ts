import { DateTime } from 'luxon';
import { isWeekday, localDateOf } from '../../../common/local-date.js';
import { nextOfficeInstant } from '../../notifications/index.js';

/** Whether it is a weekday between 8 and 16, when somebody is there to help (decision "Working days"). */
export function isOfficeTime(instant: Date, zone: string): boolean {
  return nextOfficeInstant(instant, zone).getTime() === instant.getTime();
}

/**
 * The instant by which somebody has had so many whole working days: the same time of day that many weekdays later, counted from
 * when the office is next open.
 */
export function workingDaysAfter(instant: Date, days: number, zone: string): Date {
  let at = DateTime.fromJSDate(nextOfficeInstant(instant, zone), { zone });
  for (let left = days; left > 0;) {
    at = at.plus({ days: 1 });
    if (isWeekday(localDateOf(at.toJSDate(), zone))) left -= 1;
  }
  return at.toJSDate();
}
