import type { LocalDate } from '../../common/local-date.js';

/** A period of days, both ends included; `toOn` is null while it lasts. */
export interface Period {
  fromOn: LocalDate;
  toOn: LocalDate | null;
}

/** Tells whether two periods share a day. */
export function overlap(a: Period, b: Period): boolean {
  return (b.toOn === null || a.fromOn <= b.toOn) && (a.toOn === null || b.fromOn <= a.toOn);
}
