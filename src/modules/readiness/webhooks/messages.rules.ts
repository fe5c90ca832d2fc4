const MINUTE = 60_000;
/** How long until it is tried again, from the first failure on; then a day at a time. */
const WAITS = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE);
const LAST_WAIT = 24 * 60 * MINUTE;
/** A message that nobody takes for so long is given up: what it says is old. */
const KEPT_MS = 3 * 24 * 60 * MINUTE;

/** What is known of an agent whose readiness may have to be told. */
export interface KnownReadiness {
  isReady: boolean;
}

/** Whether there is something to tell: that the agent is ready or not, when that was never told or was told otherwise. */
export function isNews(told: KnownReadiness | undefined, now: KnownReadiness): boolean {
  return told?.isReady !== now.isReady;
}

/**
 * When a message that was not taken is tried again.
 * @param attempts so far, the one that failed included
 * @param random between 0 and 1; spreads the attempts by up to a tenth
 */
export function nextAttempt(attempts: number, now: Date, random: number): Date {
  const wait = WAITS[attempts - 1] ?? LAST_WAIT;
  return new Date(now.getTime() + wait * (1 + random / 10));
}

/** Messages from before are given up. */
export function givenUpBefore(now: Date): Date {
  return new Date(now.getTime() - KEPT_MS);
}
