import { isSharedMailbox } from '../../common/email.js';
import type { FieldFault } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';

/** What of an agent an edit can contradict. */
export interface EditedAgent {
  startOn: LocalDate;
  firstShiftOn: LocalDate | null;
  /** A last day that is planned. */
  endOn: LocalDate | null;
}

/** What of an edit can be wrong. */
export interface AgentEdit {
  email?: string | undefined;
  startOn?: LocalDate | undefined;
  firstShiftOn?: LocalDate | null | undefined;
  onboardingAttendedOn?: LocalDate | null | undefined;
}

/** What is wrong with an edit: a shared box, a shift before the start, something attended in the future. */
export function agentChangeFaults(before: EditedAgent, edit: AgentEdit, today: LocalDate): FieldFault[] {
  const faults: FieldFault[] = [];
  const startOn = edit.startOn ?? before.startOn;
  const firstShiftOn = edit.firstShiftOn === undefined ? before.firstShiftOn : edit.firstShiftOn;
  if (edit.email !== undefined && isSharedMailbox(edit.email))
    faults.push({ field: 'email', code: 'shared_mailbox' });
  if (firstShiftOn !== null && firstShiftOn < startOn)
    faults.push({ field: 'firstShiftOn', code: 'before_start' });
  if (before.endOn !== null && startOn > before.endOn)
    faults.push({ field: 'startOn', code: 'after_last_day' });
  if ((edit.onboardingAttendedOn ?? '') > today)
    faults.push({ field: 'onboardingAttendedOn', code: 'in_the_future' });
  return faults;
}
