import { addDays, isWeekday, type LocalDate } from '../../common/local-date.js';

/** The days, up to the last message, by which a connection's habit is judged. */
export const POSTING_WINDOW_DAYS = 30;

const HABIT_DAYS = 3;
const QUIET_WEEKDAYS = 3;
const TIMES_USUAL = 4;
const FAILED_DELIVERIES = 5;
const STILL_FAILING_MS = 24 * 3_600_000;
const WEEKDAYS_A_WEEK = 5;

/**
 * Whether a connection that used to post has gone silent: it posted on three days at least of the thirty that end with its
 * last message, and then not at all for three whole weekdays, or four times its longest pause when that is more. Pauses
 * are counted in weekdays, so that a weekend is none. Public holidays are not taken into account.
 * @param postedOn the days on which it posted, in any order
 */
export function isSilent(postedOn: readonly LocalDate[], today: LocalDate): boolean {
  const days = [...new Set(postedOn)].sort();
  const last = days.at(-1);
  if (last === undefined) return false;
  const habit = days.filter((day) => day > addDays(last, -POSTING_WINDOW_DAYS));
  if (habit.length < HABIT_DAYS) return false;
  const pauses = habit.slice(1).map((day, index) => weekdaysAfter(habit[index]!, day));
  // Today is not over yet.
  const quiet = weekdaysAfter(last, addDays(today, -1));
  return quiet >= Math.max(QUIET_WEEKDAYS, TIMES_USUAL * Math.max(...pauses));
}

/** What is known of refused deliveries. */
export interface Refusals {
  /** How many, up to the last one; those before a message that was taken may be among them. */
  refusedCount: number;
  lastRefusedAt: Date | null;
  /** When the last message came that could be read. */
  lastAcceptedAt: Date | null;
}

/** How many deliveries were refused since one was taken. */
export function refusedSinceAccepted({ refusedCount, lastRefusedAt, lastAcceptedAt }: Refusals): number {
  if (lastRefusedAt === null) return 0;
  return lastAcceptedAt !== null && lastAcceptedAt > lastRefusedAt ? 0 : refusedCount;
}

/** Whether a connection fails: five deliveries were refused since one was taken, the last of them within a day. */
export function isFailing(refusals: Refusals, now: Date): boolean {
  const { lastRefusedAt } = refusals;
  return (
    lastRefusedAt !== null &&
    refusedSinceAccepted(refusals) >= FAILED_DELIVERIES &&
    now.getTime() - lastRefusedAt.getTime() <= STILL_FAILING_MS
  );
}

/** The weekdays after a day, up to and with another; none when that is not later. */
export function weekdaysAfter(day: LocalDate, until: LocalDate): number {
  const days = Math.max(0, Math.round((Date.parse(until) - Date.parse(day)) / 86_400_000));
  const weeks = Math.floor(days / 7);
  const rest = Array.from({ length: days % 7 }, (_, index) => addDays(day, index + 1));
  return weeks * WEEKDAYS_A_WEEK + rest.filter(isWeekday).length;
}
