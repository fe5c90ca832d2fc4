import type { LocalDate } from '../../common/local-date.js';

/** What of a day decides whether it can be the next one. */
export interface PlannedDay {
  on: LocalDate;
  bookBy: LocalDate;
  isCancelled: boolean;
}

/**
 * The onboarding day of an agent who starts on `startOn`: the first one on or after it whose booking is still open
 * today; undefined when none is planned.
 */
export function nextOnboardingDay<T extends PlannedDay>(
  days: readonly T[],
  startOn: LocalDate,
  today: LocalDate,
): T | undefined {
  return days
    .filter((day) => !day.isCancelled && day.on >= startOn && day.bookBy >= today)
    .reduce<T | undefined>((first, day) => (first && first.on <= day.on ? first : day), undefined);
}
