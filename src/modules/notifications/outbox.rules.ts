import { addDays, instantAt, isWeekday, localDateOf } from '../../common/local-date.js';

const FIRST_RETRY_MS = 30_000;
const LONGEST_RETRY_MS = 3_600_000;
const GIVE_UP_MS = 72 * 3_600_000;

/** What the mail server said, or that it could not be reached. */
export interface SendFailure {
  /** SMTP reply code (RFC 5321 §4.2), undefined for network faults. */
  responseCode: number | undefined;
  message: string;
}

/** What becomes of a mail whose attempt failed. */
export type FailureOutcome = { state: 'failed' } | { state: 'retrying'; nextAttemptAt: Date };

/**
 * 5xx is a final refusal (RFC 5321 §4.2.1); 4xx and network faults are tried again with doubling pauses (30 s to one
 * hour, jittered between half and the whole) for three days.
 * @param jitter a number in [0, 1)
 */
export function afterFailure(
  failure: SendFailure,
  attempts: number,
  createdAt: Date,
  now: Date,
  jitter: number,
): FailureOutcome {
  const isFinal = failure.responseCode !== undefined && failure.responseCode >= 500;
  if (isFinal || now.getTime() - createdAt.getTime() > GIVE_UP_MS) return { state: 'failed' };
  const pause = Math.min(FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20), LONGEST_RETRY_MS);
  return { state: 'retrying', nextAttemptAt: new Date(now.getTime() + pause * (0.5 + jitter / 2)) };
}

/** The next instant at which reminders may go out: weekdays between 8 and 16 in the zone. */
export function nextOfficeInstant(instant: Date, zone: string): Date {
  let day = localDateOf(instant, zone);
  if (isWeekday(day)) {
    if (instant < instantAt(day, '08:00', zone)) return instantAt(day, '08:00', zone);
    if (instant < instantAt(day, '16:00', zone)) return instant;
  }
  do day = addDays(day, 1);
  while (!isWeekday(day));
  return instantAt(day, '08:00', zone);
}
