import { addDays, daysBetween, type LocalDate } from '../../common/local-date.js';
import { isElearningLate } from './journey.rules.js';

/** Whoever has so few days left before the first shift is followed up as well: the first reminder has gone out by then. */
export const SOON_DAYS = 7;

/** So many days after a newer version was published it should have been taken. */
export const RETAKE_DAYS = 14;

/** Why somebody is followed up. */
export type LateReason = 'first_shift' | 'retake';

/** How late somebody is; `soon` means that there is still time. */
export interface Lateness {
  state: 'late' | 'soon';
  /** Since the day on which it should have been done; negative while there is still time. */
  days: number;
}

/** The last day that is followed up: what is due after it has time. */
export function followedUpUntil(reason: LateReason, today: LocalDate): LocalDate {
  return addDays(today, reason === 'retake' ? -1 : SOON_DAYS);
}

/** The day by which a version that is to be taken again should have been taken. */
export function retakeDueOn(publishedOn: LocalDate): LocalDate {
  return addDays(publishedOn, RETAKE_DAYS);
}

/** How late somebody is; late means the same as in the journey. */
export function lateness(dueOn: LocalDate, today: LocalDate): Lateness {
  return { state: isElearningLate(dueOn, today) ? 'late' : 'soon', days: daysBetween(dueOn, today) };
}
