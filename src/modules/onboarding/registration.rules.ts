import { isSharedMailbox } from '../../common/email.js';
import type { FieldFault } from '../../common/domain-error.js';
import { addDays, type LocalDate } from '../../common/local-date.js';

/** A new agent who started longer ago is most likely a slip of the year. */
const FURTHEST_BACK_DAYS = 730;

/** What of a registration can contradict itself or the rules. */
export interface RegistrationInput {
  email: string;
  kind: 'new' | 'existing';
  startOn: LocalDate;
  firstShiftOn?: LocalDate | undefined;
  welcomeOn?: LocalDate | undefined;
  elearningCompletedOn?: LocalDate | undefined;
  onboardingAttendedOn?: LocalDate | undefined;
}

/**
 * What is wrong: a box that several people read (the link in the mail is personal), a shift before the start, a welcome in
 * the past, something done in the future.
 */
export function registrationFaults(input: RegistrationInput, today: LocalDate): FieldFault[] {
  const faults: FieldFault[] = [];
  if (isSharedMailbox(input.email)) faults.push({ field: 'email', code: 'shared_mailbox' });
  if (input.kind === 'new' && input.startOn < addDays(today, -FURTHEST_BACK_DAYS))
    faults.push({ field: 'startOn', code: 'far_back' });
  if (input.firstShiftOn && input.firstShiftOn < input.startOn)
    faults.push({ field: 'firstShiftOn', code: 'before_start' });
  if (input.welcomeOn && input.welcomeOn < today) faults.push({ field: 'welcomeOn', code: 'in_the_past' });
  if (input.welcomeOn && input.firstShiftOn && input.welcomeOn >= input.firstShiftOn)
    faults.push({ field: 'welcomeOn', code: 'after_first_shift' });
  for (const field of ['elearningCompletedOn', 'onboardingAttendedOn'] as const)
    if ((input[field] ?? '') > today) faults.push({ field, code: 'in_the_future' });
  return faults;
}

/** The municipality an agent is registered for: a leader's own is implied, and a leader can name no other. */
export function municipalityFor(
  named: string | undefined,
  own: readonly string[] | 'all',
): { code: string } | { fault: FieldFault } {
  if (own === 'all')
    return named ? { code: named } : { fault: { field: 'municipalityCode', code: 'required' } };
  const [only] = own;
  if (named !== undefined)
    return own.includes(named)
      ? { code: named }
      : { fault: { field: 'municipalityCode', code: 'not_own_municipality' } };
  return own.length === 1 && only
    ? { code: only }
    : { fault: { field: 'municipalityCode', code: 'required' } };
}
