import { addDays, instantAt, type LocalDate } from '../../common/local-date.js';

/** Days that a report covers, both included. */
export interface ReportPeriod {
  from: LocalDate;
  to: LocalDate;
}

/** A stretch of time in which clocks are ahead of UTC by the same minutes. */
export interface OffsetSpan {
  until: Date;
  minutes: number;
}

/** A longer period would be read through for nothing. */
export const MOST_DAYS = 3 * 366;

/** The present month and the two before it, where one end or both are left open. */
export function readingPeriod(
  { from, to }: { from?: LocalDate | undefined; to?: LocalDate | undefined },
  today: LocalDate,
): ReportPeriod {
  const end = to ?? (from !== undefined && from > today ? from : today);
  return { from: from ?? monthsBefore(end, 2), to: end };
}

/** What is wrong with a period; undefined when nothing is. */
export function periodFault({
  from,
  to,
}: ReportPeriod): 'period_ends_before_it_begins' | 'period_too_long' | undefined {
  if (to < from) return 'period_ends_before_it_begins';
  return addDays(from, MOST_DAYS) < to ? 'period_too_long' : undefined;
}

/**
 * By how much clocks are ahead of UTC during the days, so that a database which knows no zones can tell on which day an instant
 * falls. Looked at each midnight and noon: within half a day the clocks may change, but the day stays the same.
 */
export function offsetSpans({ from, to }: ReportPeriod, zone: string): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const [midnight, noon] = [instantAt(day, '00:00', zone), instantAt(day, '12:00', zone)];
    extend(spans, noon, aheadBy(midnight, `${day}T00:00:00Z`));
    extend(spans, instantAt(addDays(day, 1), '00:00', zone), aheadBy(noon, `${day}T12:00:00Z`));
  }
  return spans;
}

/** Minutes read for each hour on shift, with one decimal; null when there was no shift. */
export function perShiftHour(minutes: number, shiftMinutes: number): number | null {
  return shiftMinutes === 0 ? null : Math.round((600 * minutes) / shiftMinutes) / 10;
}

function extend(spans: OffsetSpan[], until: Date, minutes: number): void {
  const last = spans.at(-1);
  if (last?.minutes === minutes) last.until = until;
  else spans.push({ until, minutes });
}

function aheadBy(instant: Date, wallClockAsUtc: string): number {
  return (Date.parse(wallClockAsUtc) - instant.getTime()) / 60_000;
}

/** The first day of the month so many months before. */
function monthsBefore(day: LocalDate, months: number): LocalDate {
  const [year, month] = day.split('-').map(Number) as [number, number];
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 10);
}
