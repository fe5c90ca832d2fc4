import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import type { FormModel } from '../../../web/forms/form.js';
import { AttendanceQueries, type ListedRow } from './attendance.queries.js';
import { ATTENDANCE_REASONS, ATTENDANCE_STATUSES } from './attendance.rules.js';
import { OnboardingDayQueries } from '../onboarding-days.queries.js';
import { RollCallQueries, type MarkRow } from './roll-call.queries.js';
import { countMarks, fieldsOf, isRollCallOpen, postedFields, shownAs } from './roll-call.rules.js';

/** Makes the view model of the roll call. */
@Injectable()
export class RollCallModel {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: OnboardingDayQueries,
    private readonly attendances: AttendanceQueries,
    private readonly rollCalls: RollCallQueries,
  ) {}

  /** The page of a day, narrowed to a name when one is looked for. @throws DomainError `not_found` */
  async of(dayId: number, q: string, form: FormModel): Promise<object> {
    const day = await this.days.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    const now = this.clock.now();
    const isOpen = isRollCallOpen(day, localDateOf(now, this.env.TZ_NAME));
    const [list, history, walkIns] = await Promise.all([
      this.attendances.list(dayId),
      this.rollCalls.history(dayId),
      isOpen && q !== '' ? this.rollCalls.walkIns(day, q) : [],
    ]);
    const shown = list.filter((row) => matches(row, q));
    return {
      day,
      q,
      isOpen,
      now: now.toISOString(),
      counts: countMarks(list),
      isEmpty: list.length === 0,
      rows: shown.map((row) => rowOf(row, history.get(row.agentId) ?? [], form)),
      walkIns,
      statuses: ATTENDANCE_STATUSES,
      reasons: ATTENDANCE_REASONS,
      form,
      script: isOpen ? 'roll-call.js' : null,
    };
  }
}

function matches({ firstName, lastName }: ListedRow, q: string): boolean {
  const name = `${firstName} ${lastName}`.toLowerCase();
  return q
    .toLowerCase()
    .split(/\s+/)
    .every((word) => name.includes(word));
}

/** A row as it is known, or as it was sent when the form is shown again with faults. */
function rowOf(row: ListedRow, history: MarkRow[], form: FormModel) {
  const { agentId, firstName, lastName, municipalityName, bookingId, attendance } = row;
  const known = fieldsOf(attendance);
  const [latest] = history;
  return {
    agentId,
    name: `${firstName} ${lastName}`,
    municipalityName,
    isWalkIn: bookingId === null,
    ...(`was-${agentId}` in form.values ? postedFields(form.values, agentId) : known),
    was: shownAs(known),
    latest,
    history,
    statusError: form.errors[`status-${agentId}`],
    noteError: form.errors[`note-${agentId}`],
    isUnfolded: form.errors[`note-${agentId}`] !== undefined,
  };
}
