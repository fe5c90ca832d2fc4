/** Nobody is reminded twice within this time, in whatever course. */
export const REMINDER_PAUSE_MS = 24 * 3_600_000;

/** What is known of the mails to somebody who is late. */
export interface RemindedBefore {
  /** Whether the agent has yet to be welcomed; the reminder would come before the welcome. */
  isWelcomeWaiting: boolean;
  /** Whether a reminder is queued and goes out by itself. */
  isOnItsWay: boolean;
  lastSentAt: Date | null;
}

/** Whether somebody may be reminded now, or why not. */
export type Remindable = 'now' | 'welcome_waiting' | 'on_its_way' | 'reminded_today';

/** Whether somebody who is late may be reminded at this instant. */
export function remindable(before: RemindedBefore, now: Date): Remindable {
  if (before.isWelcomeWaiting) return 'welcome_waiting';
  if (before.isOnItsWay) return 'on_its_way';
  if (before.lastSentAt && before.lastSentAt > remindedSince(now)) return 'reminded_today';
  return 'now';
}

/** Whoever was reminded after this instant is left alone now. */
export function remindedSince(now: Date): Date {
  return new Date(now.getTime() - REMINDER_PAUSE_MS);
}
