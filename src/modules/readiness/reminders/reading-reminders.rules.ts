import { addDays, instantAt, localDateOf, weekdaysBefore } from '../../../common/local-date.js';
import { nextOfficeInstant } from '../../notifications/index.js';

/** An agent is reminded this many weekdays before the shift, so that somebody is there to help. */
export const READING_WEEKDAYS = [3, 1] as const;

/** Why an agent is mailed: about something never told before, or that many weekdays before the shift. */
export type ReadingOccasion = 'new' | (typeof READING_WEEKDAYS)[number];

/** The leader hears of what is still missing this many weekdays before the shift. */
export const LEADER_WEEKDAYS = 1;

/** When a reminder of a shift is due: at 8 that many weekdays before the day on which it starts. */
export function reminderAt(startsAt: Date, weekdays: number, zone: string): Date {
  return instantAt(weekdaysBefore(localDateOf(startsAt, zone), weekdays), '08:00', zone);
}

/**
 * Why to mail an agent now about a version that is not read, if at all. Whoever was mailed about it when a reminder came due, or
 * later, has just been told; nobody is mailed about a shift that has begun.
 * @param startsAt of the agent's next shift that asks for it
 * @param toldAt when the agent was last mailed about it
 */
export function readingReminderDue(
  startsAt: Date,
  toldAt: Date | null,
  now: Date,
  zone: string,
): ReadingOccasion | undefined {
  if (startsAt <= now) return undefined;
  if (!toldAt) return 'new';
  const latest = READING_WEEKDAYS.findLast((weekdays) => reminderAt(startsAt, weekdays, zone) <= now);
  return latest !== undefined && toldAt < reminderAt(startsAt, latest, zone) ? latest : undefined;
}

/** Whether to mail the leader now about an agent who has not read what a shift asks for. */
export function leaderReminderDue(startsAt: Date, toldAt: Date | null, now: Date, zone: string): boolean {
  const dueAt = reminderAt(startsAt, LEADER_WEEKDAYS, zone);
  return startsAt > now && dueAt <= now && (!toldAt || toldAt < dueAt);
}

/** The most pressing of several occasions; undefined when there is none. */
export function pressing(occasions: readonly (ReadingOccasion | undefined)[]): ReadingOccasion | undefined {
  return ([1, 3, 'new'] as const).find((occasion) => occasions.includes(occasion));
}

/** The instant before which a shift must start for a reminder so many weekdays before it to have come due by the end of today. */
export function reminderHorizon(now: Date, weekdays: number, zone: string): Date {
  const today = localDateOf(now, zone);
  let day = addDays(today, 1);
  while (weekdaysBefore(day, weekdays) <= today) day = addDays(day, 1);
  return instantAt(day, '00:00', zone);
}

/** Whether mails that nobody asked for may go out: on weekdays between 8 and 16. */
export function isOfficeTime(now: Date, zone: string): boolean {
  return nextOfficeInstant(now, zone).getTime() === now.getTime();
}
