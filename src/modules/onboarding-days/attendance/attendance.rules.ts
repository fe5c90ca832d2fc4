/** What a roll call notes. */
export const ATTENDANCE_STATUSES = ['attended', 'partial', 'no_show', 'excused'] as const;

/** What a roll call notes. */
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number];

/** Why somebody was not there or not all the time; none of them is about health (decision "Fairness"). */
export const ATTENDANCE_REASONS = ['work', 'leave', 'transport', 'mistake', 'other'] as const;

/** Why somebody was not there. */
export type AttendanceReason = (typeof ATTENDANCE_REASONS)[number];

/** Who said so: the roll call, the agent by the code on the wall, a file, a program. */
export type AttendanceSource = 'roll_call' | 'self' | 'import' | 'api';

/**
 * Whether the agent still has to take part in a day: never after taking part, always after not turning up; for `partial` and
 * `excused` the secretariat decides, and what it leaves out is taken kindly: part of the day is enough, an excuse postpones.
 */
export function mustAttendAgain(status: AttendanceStatus, decided: boolean | undefined): boolean {
  if (status === 'attended') return false;
  if (status === 'no_show') return true;
  return decided ?? status === 'excused';
}

/** One mark, made on a device at an instant. */
export interface Mark {
  status: AttendanceStatus;
  mustAttendAgain: boolean;
  reason: AttendanceReason | null;
  note: string | null;
  markedAt: Date;
}

/**
 * What a mark does to what is known: a tablet that was without network may send its marks after another one has corrected them,
 * so the later mark counts, not the later message. The same again changes nothing but how recent it is.
 */
export function weighMark(
  known: Mark | undefined,
  mark: Mark,
): 'first' | 'correction' | 'confirmation' | 'older' {
  if (!known) return 'first';
  if (mark.markedAt < known.markedAt) return 'older';
  const isSame =
    known.status === mark.status &&
    known.mustAttendAgain === mark.mustAttendAgain &&
    known.reason === mark.reason &&
    known.note === mark.note;
  return isSame ? 'confirmation' : 'correction';
}

/** When a mark was made as its device tells; never after now, since a clock that runs ahead would lock out corrections. */
export function markedAt(told: Date | undefined, now: Date): Date {
  return told && told < now ? told : now;
}
