import type { LocalDate } from '../../../common/local-date.js';
import type { AttendanceReason, AttendanceStatus } from './attendance.rules.js';

/** Whether people are marked: from the day itself on, and never on a cancelled day. */
export function isRollCallOpen(day: { on: LocalDate; isCancelled: boolean }, today: LocalDate): boolean {
  return !day.isCancelled && day.on <= today;
}

/** How many of a list are marked as what. */
export type MarkCounts = Record<AttendanceStatus | 'unmarked' | 'all', number>;

/** Counts the marks of a list. */
export function countMarks(rows: readonly { attendance: { status: AttendanceStatus } | null }[]): MarkCounts {
  const counts: MarkCounts = {
    attended: 0,
    partial: 0,
    no_show: 0,
    excused: 0,
    unmarked: 0,
    all: rows.length,
  };
  for (const { attendance } of rows) counts[attendance?.status ?? 'unmarked'] += 1;
  return counts;
}

/** A row of the roll call as its form holds it; an empty text is nothing chosen. */
export interface RowFields {
  status: string;
  again: string;
  reason: string;
  note: string;
}

const NOTHING: RowFields = { status: '', again: '', reason: '', note: '' };
/** The roll call asks whether somebody has to come again only where the mark does not say so itself. */
const ASKED_AGAIN: readonly string[] = ['partial', 'excused'];

/** What the form shows of a mark. */
export function fieldsOf(
  mark: {
    status: AttendanceStatus;
    mustAttendAgain: boolean;
    reason: AttendanceReason | null;
    note: string | null;
  } | null,
): RowFields {
  if (!mark) return NOTHING;
  const again = ASKED_AGAIN.includes(mark.status) ? (mark.mustAttendAgain ? 'yes' : 'no') : '';
  return { status: mark.status, again, reason: mark.reason ?? '', note: mark.note ?? '' };
}

/** What the form showed, as one text that it sends back. */
export function shownAs({ status, again, reason, note }: RowFields): string {
  return [status, again, reason, note].join('|');
}

/** A row that somebody has changed in the form. */
export interface ChangedRow extends RowFields {
  agentId: number;
}

/**
 * The rows of a posted form (`status-12`, `again-12`, …) that are not as the form showed them (`was-12`): the others may have been
 * corrected on another tablet meanwhile.
 */
export function changedRows(posted: Readonly<Record<string, string>>): ChangedRow[] {
  return Object.keys(posted).flatMap((name) => {
    const [, digits] = /^was-([1-9]\d{0,9})$/.exec(name) ?? [];
    if (digits === undefined) return [];
    const fields = postedFields(posted, digits);
    return shownAs(fields) === posted[name] ? [] : [{ agentId: Number(digits), ...fields }];
  });
}

/** What a posted form holds of one row. */
export function postedFields(posted: Readonly<Record<string, string>>, agentId: number | string): RowFields {
  const field = (name: keyof RowFields) => (posted[`${name}-${agentId}`] ?? '').trim();
  const status = field('status');
  return {
    status,
    again: ASKED_AGAIN.includes(status) ? field('again') : '',
    // Whoever was there all the time needs no reason; one that was given for an earlier mark goes with it.
    reason: status === 'attended' ? '' : field('reason'),
    note: field('note'),
  };
}

/** The row as the mark that the roll call takes, still to be checked. */
export function asMark({ agentId, status, again, reason, note }: ChangedRow): Record<string, unknown> {
  return {
    agentId,
    status,
    ...(again !== '' && { mustAttendAgain: again === 'yes' }),
    reason: reason || null,
    note: note || null,
  };
}
