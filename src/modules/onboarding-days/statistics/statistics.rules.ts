import { daysBetween, type LocalDate } from '../../../common/local-date.js';

/** Below so many people a share says more about chance than about the municipality, and is not told. */
export const FEW = 5;
/** Four days a year (rule 3): who has waited longer than this has seen one go by. */
export const QUARTER_DAYS = 91;
/** So many of the last days tell how many seats a day has. */
export const DAYS_LOOKED_AT = 4;

/** How many of those who were expected did not turn up. */
export interface NoShows {
  noShow: number;
  /** Those with a seat who took part, in part of the day too, or did not turn up; whoever sent an excuse was not expected. */
  expected: number;
}

/** With whether there are too few people to tell a share. */
export function withMark<T extends NoShows>(counts: T): T & { isFew: boolean } {
  return { ...counts, isFew: counts.expected < FEW };
}

/** All of them together. */
export function sumOf(counts: readonly NoShows[]): NoShows {
  return {
    noShow: counts.reduce((sum, { noShow }) => sum + noShow, 0),
    expected: counts.reduce((sum, { expected }) => sum + expected, 0),
  };
}

/** What the coming year's need is calculated from. */
export interface Pace {
  /** New agents registered in the last twelve months. */
  registered: number;
  /** Agents who work now and have never attended. */
  missing: number;
  /** Seats of the last days that were held. */
  seats: readonly number[];
}

/**
 * How many onboarding days the coming year needs at the present pace:
 *
 *     ⌈ (new agents registered in the last twelve months + agents missing the day now) / median seats of the last four held days ⌉
 *
 * Null when no day has been held, because nobody knows then how many a day takes.
 */
export function daysNeeded({ registered, missing, seats }: Pace): number | null {
  const each = medianSeats(seats);
  return each === null ? null : Math.ceil((registered + missing) / each);
}

/** The middle value; of two in the middle their mean. Null of nothing. */
export function medianSeats(seats: readonly number[]): number | null {
  const sorted = seats.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}

/** Whole days since a registration; a clock that was set back waits no negative time. */
export function daysWaited(since: LocalDate, today: LocalDate): number {
  return Math.max(0, daysBetween(since, today));
}
