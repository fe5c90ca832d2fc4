/**
 * Whom a message is about: our own reference (where the message names an activity too, only if that is the course), or the learner's
 * address and the course's code. Without a code it is the one course that the connection reports on.
 */
export type MessageTarget =
  { enrolment: string; courseCodes?: string[] } | { email: string; courseCode: string | null };

/** What an adapter understood of a message. */
export interface UnderstoodMessage {
  /** Whom it may be about, the likeliest first; none when only a person can tell. */
  targets: MessageTarget[];
  /** When it happened; null when the message does not say, and the time of its receipt has to do. */
  occurredAt: Date | null;
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
  /** −1 to 1. */
  scoreScaled: number | null;
  seconds: number | null;
  /** Whether it says anything about the course as a whole; what does not is kept and changes nothing. */
  counts: boolean;
}

/** Our references are 128 random bits in hexadecimal; some hosts write them as a UUID. */
const REFERENCE = /^[0-9a-f]{32}$/;
const MOST_CODE = 60;
const MOST_EMAIL = 254;

/** The text as one of our references, if it can be one. */
export function referenceIn(text: string | null | undefined, courseCodes?: string[]): MessageTarget[] {
  const reference = text?.trim().toLowerCase().replaceAll('-', '') ?? '';
  return REFERENCE.test(reference) ? [{ enrolment: reference, ...(courseCodes && { courseCodes }) }] : [];
}

/** The learner's address with the course's code, if both can be such. */
export function learnerIn(
  email: string | null | undefined,
  courseCode: string | null | undefined,
): MessageTarget[] {
  const address = email?.trim() ?? '';
  const code = courseCode?.trim().toLowerCase() || null;
  if (!/^[^@\s]+@[^@\s]+$/.test(address) || address.length > MOST_EMAIL) return [];
  return code !== null && code.length > MOST_CODE ? [] : [{ email: address, courseCode: code }];
}
