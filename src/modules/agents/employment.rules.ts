import { addDays, type LocalDate } from '../../common/local-date.js';

/** A period of employment as far as its ends matter. */
export interface EmploymentSpan {
  effectiveFromOn: LocalDate;
  endOn: LocalDate | null;
}

/**
 * The first day on which reports count a period: the registration or the start, whichever is first, but never before the
 * period before it was over.
 */
export function effectiveFrom(
  startOn: LocalDate,
  today: LocalDate,
  previousEndOn: LocalDate | null,
): LocalDate {
  const first = startOn < today ? startOn : today;
  return previousEndOn !== null && first <= previousEndOn ? addDays(previousEndOn, 1) : first;
}

/** Whether a period covers a day. */
export function covers(span: EmploymentSpan, on: LocalDate): boolean {
  return span.effectiveFromOn <= on && (span.endOn === null || on <= span.endOn);
}

/** What becomes of a departure: at once when its last day is today or earlier, else when the day is over. */
export function departureTakesEffect(lastDay: LocalDate, today: LocalDate): 'now' | 'later' {
  return lastDay <= today ? 'now' : 'later';
}

/** Why somebody cannot leave on that day, or move as of it; undefined when nothing is wrong. */
export function dayFault(
  span: EmploymentSpan,
  on: LocalDate,
  what: 'departure' | 'transfer',
): 'before_start' | undefined {
  return on < span.effectiveFromOn || (what === 'transfer' && on === span.effectiveFromOn)
    ? 'before_start'
    : undefined;
}
