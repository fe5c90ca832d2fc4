/** What a message says of completion and success. */
export interface SaidStatus {
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
}

/** A score as hosts give it: numbers, or numbers written as texts. */
export interface GivenScore {
  scaled?: unknown;
  raw?: unknown;
  min?: unknown;
  max?: unknown;
}

const STATUS_12: Record<string, SaidStatus> = {
  incomplete: { completion: 'incomplete', success: null },
  browsed: { completion: 'incomplete', success: null },
  completed: { completion: 'completed', success: null },
  passed: { completion: 'completed', success: 'passed' },
  failed: { completion: 'completed', success: 'failed' },
};

/** SCORM 1.2 `cmi.core.lesson_status` (RTE §3.4.4): one word for both; whoever passed or failed has been through. */
export function scorm12Status(lessonStatus: unknown): SaidStatus {
  const word = typeof lessonStatus === 'string' ? lessonStatus.trim().toLowerCase() : '';
  return Object.hasOwn(STATUS_12, word) ? STATUS_12[word]! : { completion: null, success: null };
}

/** SCORM 2004 `cmi.completion_status` and `cmi.success_status` (RTE §4.2.4, §4.2.22), each for itself. */
export function scorm2004Status(completionStatus: unknown, successStatus: unknown): SaidStatus {
  return {
    completion: wordOf(completionStatus, ['completed', 'incomplete']),
    success: wordOf(successStatus, ['passed', 'failed']),
  };
}

/**
 * A score on the scale −1 to 1: the scaled one when given, else where the raw one lies between the limits, else the raw one as a
 * percentage; null when nothing usable is there.
 */
export function scaledScore(given: GivenScore | null | undefined): number | null {
  const scaled = numberOf(given?.scaled);
  if (scaled !== null) return clamp(scaled);
  const raw = numberOf(given?.raw);
  if (raw === null) return null;
  const min = numberOf(given?.min) ?? 0;
  const max = numberOf(given?.max);
  return clamp(max !== null && max > min ? (raw - min) / (max - min) : raw / 100);
}

const TIMESPAN = /^(\d{1,4}):(\d{1,2}):(\d{1,2}(?:\.\d{1,2})?)$/;

/** Seconds of a SCORM 1.2 CMITimespan, `HHHH:MM:SS.SS` (RTE §3.4.2.1); null for anything else. */
export function secondsOfTimespan(text: unknown): number | null {
  const parts = typeof text === 'string' ? TIMESPAN.exec(text.trim()) : null;
  return parts && Number(parts[1]) * 3600 + Number(parts[2]) * 60 + Number(parts[3]);
}

const DURATION =
  /^P(?=.)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?=.)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNIT_SECONDS = [365 * 86_400, 30 * 86_400, 86_400, 3600, 60, 1];
const LONGEST_SECONDS = 1e9;

/** Seconds of an ISO 8601 duration as SCORM 2004 has it (RTE §4.1.1.7); a month counts 30 days, a year 365. Null for anything else. */
export function secondsOfDuration(text: unknown): number | null {
  const parts = typeof text === 'string' ? DURATION.exec(text.trim()) : null;
  if (!parts) return null;
  const seconds = UNIT_SECONDS.reduce((sum, unit, index) => sum + unit * Number(parts[index + 1] ?? 0), 0);
  return Math.min(seconds, LONGEST_SECONDS);
}

function wordOf<T extends string>(value: unknown, known: readonly T[]): T | null {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  return known.find((one) => one === word) ?? null;
}

function numberOf(value: unknown): number | null {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && value.trim() !== '');
  const number = isNumber ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

/** Limits far apart make Infinity / Infinity; such a score says nothing. */
function clamp(value: number): number | null {
  return Number.isFinite(value) ? Math.min(1, Math.max(-1, value)) : null;
}
