/** What a status says of completion and of success, each for itself; null is nothing. */
export interface ScormStatus {
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
}

/** A score as runtimes give it: numbers, numbers in texts, or rubbish. */
export interface GivenScore {
  /** −1 to 1. */
  scaled?: unknown;
  raw?: unknown;
  min?: unknown;
  max?: unknown;
}

/** The longest time anybody can have learned, in seconds: what an integer column holds, 68 years. */
export const LONGEST_SECONDS = 2_147_483_647;

const NOTHING: ScormStatus = { completion: null, success: null };
const LESSON_STATUS = new Map<string, ScormStatus>([
  ['incomplete', { completion: 'incomplete', success: null }],
  ['browsed', { completion: 'incomplete', success: null }],
  ['completed', { completion: 'completed', success: null }],
  ['passed', { completion: 'completed', success: 'passed' }],
  ['failed', { completion: 'completed', success: 'failed' }],
]);

/**
 * What `cmi.core.lesson_status` says (SCORM 1.2 RTE §3.4.4): one word for both, `passed` and `failed` being told only of a
 * lesson that has ended. `not attempted` and what is no status say nothing.
 */
export function scorm12Status(lessonStatus: unknown): ScormStatus {
  return { ...(LESSON_STATUS.get(word(lessonStatus)) ?? NOTHING) };
}

/**
 * What `cmi.completion_status` and `cmi.success_status` say (SCORM 2004 4th Ed. RTE §4.2.4 and §4.2.22): each for itself.
 * `unknown`, `not attempted` and what is no status say nothing.
 */
export function scorm2004Status(completionStatus: unknown, successStatus: unknown): ScormStatus {
  const completion = word(completionStatus);
  const success = word(successStatus);
  return {
    completion: completion === 'completed' || completion === 'incomplete' ? completion : null,
    success: success === 'passed' || success === 'failed' ? success : null,
  };
}

/**
 * A score on the scale −1 to 1: the scaled one when it is a number, else where the raw one lies between the limits, else
 * the raw one as a percentage. Seven decimals are kept, as many as SCORM asks for (SCORM 2004 4th Ed. RTE §4.1.1.7).
 */
export function scaledScore(given: GivenScore | null | undefined): number | null {
  const scaled = numberIn(given?.scaled);
  if (scaled !== null) return onScale(scaled);
  const raw = numberIn(given?.raw);
  if (raw === null) return null;
  const min = numberIn(given?.min) ?? 0;
  const max = numberIn(given?.max);
  return onScale(max !== null && max > min ? (raw - min) / (max - min) : raw / 100);
}

/** The number in a value: a finite one, or a text that is one and nothing else; null for `NaN`, `Infinity`, `""` and the like. */
export function numberIn(value: unknown): number | null {
  const isDecimal =
    typeof value === 'string' && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(value.trim());
  const number = typeof value === 'number' || isDecimal ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** Seconds as a host counted them; null for what is none, is negative, or is more than anybody can have learned. */
export function secondsIn(value: unknown): number | null {
  const seconds = numberIn(value);
  return seconds !== null && seconds >= 0 && seconds <= LONGEST_SECONDS ? Math.abs(seconds) : null;
}

/**
 * Seconds of a SCORM 1.2 time span, `HHHH:MM:SS.SS` (CMITimespan, SCORM 1.2 RTE §3.4); null for what is none. More
 * decimals than two and single digits occur and are taken.
 */
export function secondsOfTimespan(timespan: unknown): number | null {
  const parts = /^(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d{1,9})?)$/.exec(trimmed(timespan));
  if (!parts) return null;
  const [hours, minutes, seconds] = parts.slice(1).map(Number) as [number, number, number];
  return secondsIn(hundredths(hours * 3600 + minutes * 60 + seconds));
}

const DURATION =
  /^P(?:(\d+)W|(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d*)?)S)?)?)$/;
/** A year is 365 days and a month 30: ISO 8601 leaves both open, and nobody learns that long. */
const UNIT_SECONDS = [7 * 86_400, 365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1];

/**
 * Seconds of an ISO 8601 duration such as `P1Y2M3DT4H5M6.7S` (timeinterval, SCORM 2004 4th Ed. RTE §4.1.1.7; xAPI
 * `result.duration`); null for what is none.
 */
export function secondsOfDuration(duration: unknown): number | null {
  const parts = DURATION.exec(trimmed(duration));
  if (!parts) return null;
  return secondsIn(
    hundredths(UNIT_SECONDS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0)),
  );
}

/** Both kinds of time are told to the hundredth of a second. */
function hundredths(seconds: number): number {
  return Math.round(seconds * 100) / 100;
}

/** Limits far apart make Infinity / Infinity; such a score says nothing. */
function onScale(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  // Adding zero makes -0 a plain zero.
  return Math.round(Math.min(1, Math.max(-1, value)) * 1e7) / 1e7 + 0;
}

function word(status: unknown): string {
  return trimmed(status).toLowerCase();
}

function trimmed(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
