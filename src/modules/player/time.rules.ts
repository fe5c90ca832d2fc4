/** A clock that was set, or a tab that slept, may be this far off. */
const SLACK_SECONDS = 60;

/**
 * Time in a unit during one launch: what the content counts, else how long the player had it open; never more than has passed since
 * the launch. All in seconds.
 */
export function launchSeconds(counted: number | null, open: number, sinceStart: number): number {
  const told = counted !== null && counted > 0 ? counted : open;
  return Math.max(0, Math.min(told, sinceStart + SLACK_SECONDS));
}
