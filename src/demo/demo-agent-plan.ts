import { addDays, type LocalDate } from '../common/local-date.js';

/** The n-th agent's address. */
export const demoEmail = (n: number): string => `agent.${n + 1}@vagtklar.test`;

/** Three of four were there before Vagtklar. */
export const demoKind = (n: number): 'new' | 'existing' => (n % 4 === 0 ? 'new' : 'existing');

/** When the n-th agent began, or will begin. */
export function demoStartOn(n: number, today: LocalDate): LocalDate {
  return addDays(today, demoKind(n) === 'existing' ? -400 - n * 9 : (n % 7) * 5 - 10);
}

/** When the n-th agent was registered. */
export function demoRegisteredOn(n: number, today: LocalDate): LocalDate {
  return addDays(today, (demoKind(n) === 'existing' ? -100 : -40) - n);
}

/** Whether the n-th agent has the date of an onboarding day before Vagtklar. */
export function hasAttendedBefore(n: number): boolean {
  return demoKind(n) === 'existing' && !wasBookedOnHeldDay(n) && !wantsFullDay(n);
}

/** Existing agents whom their leaders had booked on the day that has been held. */
export function wasBookedOnHeldDay(n: number): boolean {
  return n % 4 === 1;
}

/** Existing agents whom their leaders have booked on one and the same small day, or put in line for it. */
export function wantsFullDay(n: number): boolean {
  return n % 4 === 2 && n < 16;
}
