import type { FieldFault } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';

/** The dates of a registration. */
export interface RegistrationDates {
  startOn: LocalDate;
  firstShiftOn?: LocalDate | undefined;
  welcomeOn?: LocalDate | undefined;
  elearningCompletedOn?: LocalDate | undefined;
  onboardingAttendedOn?: LocalDate | undefined;
}

/** What is wrong with the dates: a shift before the start, a welcome in the past, something done in the future. */
export function dateFaults(dates: RegistrationDates, today: LocalDate): FieldFault[] {
  const faults: FieldFault[] = [];
  if (dates.firstShiftOn && dates.firstShiftOn < dates.startOn)
    faults.push({ field: 'firstShiftOn', code: 'before_start' });
  if (dates.welcomeOn && dates.welcomeOn < today) faults.push({ field: 'welcomeOn', code: 'in_the_past' });
  for (const field of ['elearningCompletedOn', 'onboardingAttendedOn'] as const)
    if ((dates[field] ?? '') > today) faults.push({ field, code: 'in_the_future' });
  return faults;
}

/** The municipality an agent is registered for: a leader's own is implied, and a leader can name no other. */
export function municipalityFor(
  named: string | undefined,
  own: readonly string[] | 'all',
): { code: string } | { fault: FieldFault } {
  if (own === 'all') return named ? { code: named } : { fault: { field: 'municipalityCode', code: 'required' } };
  const [only] = own;
  if (named !== undefined)
    return own.includes(named) ? { code: named } : { fault: { field: 'municipalityCode', code: 'not_own_municipality' } };
  return own.length === 1 && only ? { code: only } : { fault: { field: 'municipalityCode', code: 'required' } };
}
