import { firstDayOf, lastDayOf, type Month } from '../month.rules.js';
import { streakAt, type FigureHistory, type FiguresPeriod, type QualityPolicy } from '../streak.rules.js';

/** The period that holds a whole month; null when none does. */
export function periodThrough(month: Month, periods: readonly FiguresPeriod[]): FiguresPeriod | null {
  return (
    periods.find(
      ({ startOn, endOn }) => startOn <= firstDayOf(month) && (endOn === null || endOn >= lastDayOf(month)),
    ) ?? null
  );
}

/**
 * How many months below in a row a month ends, in the period that holds it; nothing for a month that is not below, and for one that
 * no period holds.
 */
export function streakPosition(
  month: Month,
  known: Omit<FigureHistory, 'period'>,
  periods: readonly FiguresPeriod[],
  policy: QualityPolicy,
): number {
  return streakAt(month, { ...known, period: periodThrough(month, periods) }, policy).months.length;
}
