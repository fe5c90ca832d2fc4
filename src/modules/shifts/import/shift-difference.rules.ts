import type { LocalDate } from '../../../common/local-date.js';
import type { ShiftSpan } from '../shifts.rules.js';

/** A shift as it stands in the plan. */
export interface KnownShift extends ShiftSpan {
  id: number;
}

/** A shift that is to have other times. */
export interface MovedShift {
  id: number;
  from: ShiftSpan;
  to: ShiftSpan;
}

/** What makes one agent's plan the one of the file. */
export interface Difference {
  same: number;
  added: ShiftSpan[];
  moved: MovedShift[];
  gone: KnownShift[];
}

/**
 * Compares one agent's shifts in a file with those in the plan, neither of which has two that begin together. A shift with other times
 * on the same day is the same shift moved, one to one: those that begin together first, then in the order in which they begin. So no
 * move ends where another shift still begins.
 */
export function differenceOf(
  planned: readonly ShiftSpan[],
  known: readonly KnownShift[],
  dayOf: (instant: Date) => LocalDate,
): Difference {
  const byStart = new Map(known.map((shift) => [shift.startsAt.getTime(), shift]));
  const difference: Difference = { same: 0, added: [], moved: [], gone: [] };
  const unpaired: ShiftSpan[] = [];
  for (const shift of inOrder(planned)) {
    const there = byStart.get(shift.startsAt.getTime());
    byStart.delete(shift.startsAt.getTime());
    if (!there) unpaired.push(shift);
    else if (there.endsAt.getTime() === shift.endsAt.getTime()) difference.same += 1;
    else difference.moved.push(move(there, shift));
  }
  const left = daysOf(inOrder([...byStart.values()]), dayOf);
  for (const shift of unpaired) {
    const there = left.get(dayOf(shift.startsAt))?.shift();
    if (there) difference.moved.push(move(there, shift));
    else difference.added.push(shift);
  }
  difference.gone = [...left.values()].flat();
  return difference;
}

/** A shift of a file with the key of its row. */
export interface FileShift extends ShiftSpan {
  rowId: number;
}

/** The shifts of one agent in a file, each once: the first row counts, a copy is a duplicate, another end at the same start a fault. */
export function withoutRepetitions(rows: readonly FileShift[]): {
  shifts: FileShift[];
  duplicates: number[];
  contradictions: number[];
} {
  const first = new Map<number, FileShift>();
  const [duplicates, contradictions]: [number[], number[]] = [[], []];
  for (const row of rows.toSorted((a, b) => a.rowId - b.rowId)) {
    const known = first.get(row.startsAt.getTime());
    if (!known) first.set(row.startsAt.getTime(), row);
    else if (known.endsAt.getTime() === row.endsAt.getTime()) duplicates.push(row.rowId);
    else contradictions.push(row.rowId);
  }
  return { shifts: inOrder([...first.values()]), duplicates, contradictions };
}

/** What a comparison came to, as far as it tells whether to be careful. */
export interface ComparedCounts {
  /** Shifts that the plan has in what the file covers. */
  known: number;
  moved: number;
  gone: number;
  rows: number;
  /** Rows that cannot be used. */
  unusable: number;
}

/** Whether a plan that came by itself must wait for a person: more than a fifth would go or could not be read, or most of it would move. */
export function isAlarming({ known, moved, gone, rows, unusable }: ComparedCounts): boolean {
  return gone * 5 > known || moved * 2 > known || unusable * 5 > rows;
}

function move({ id, startsAt, endsAt }: KnownShift, to: ShiftSpan): MovedShift {
  return { id, from: { startsAt, endsAt }, to: { startsAt: to.startsAt, endsAt: to.endsAt } };
}

function daysOf(shifts: readonly KnownShift[], dayOf: (instant: Date) => LocalDate) {
  const days = new Map<LocalDate, KnownShift[]>();
  for (const shift of shifts) {
    const day = dayOf(shift.startsAt);
    const there = days.get(day);
    if (there) there.push(shift);
    else days.set(day, [shift]);
  }
  return days;
}

function inOrder<T extends ShiftSpan>(shifts: readonly T[]): T[] {
  return shifts.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}
