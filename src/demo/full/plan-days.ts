import { addDays, weekdaysBefore, type LocalDate } from '../../common/local-date.js';

const MONTH_DAYS = 30.4;

/** Onboarding days four times a year: two years back and one ahead, on weekdays. */
export function planDays(today: LocalDate): LocalDate[] {
  return [-23, -20, -17, -14, -11, -8, -5, -2, 1, 4, 7, 10].map((months) =>
    weekdaysBefore(addDays(today, Math.round(months * MONTH_DAYS) + 1), 1),
  );
}

/** The seats of those days: rooms differ, and the next day's is so small that some stand in line for it. */
export const SEATS_OF_DAYS = [28, 24, 32, 28, 24, 28, 32, 28, 20, 28, 28, 28] as const;
