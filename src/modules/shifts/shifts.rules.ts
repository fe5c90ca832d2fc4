/** A planned period on the phones. */
export interface ShiftSpan {
  startsAt: Date;
  endsAt: Date;
}

/** No shift is longer: a longer one is a mistyped date. */
export const LONGEST_SHIFT_MS = 24 * 3_600_000;

/** What is wrong with a shift's times; undefined when nothing is. */
export function shiftFault({
  startsAt,
  endsAt,
}: ShiftSpan): 'shift_ends_before_start' | 'shift_too_long' | undefined {
  if (endsAt <= startsAt) return 'shift_ends_before_start';
  return endsAt.getTime() - startsAt.getTime() > LONGEST_SHIFT_MS ? 'shift_too_long' : undefined;
}
