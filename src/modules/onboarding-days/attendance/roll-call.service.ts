import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import { faultsOf } from '../../../common/http/validation.js';
import { localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { AttendanceService } from './attendance.service.js';
import { OnboardingDayQueries } from '../onboarding-days.queries.js';
import { newMark, type NewMark } from '../onboarding-days.schemas.js';
import { asMark, changedRows, isRollCallOpen, type ChangedRow } from './roll-call.rules.js';

/** Takes what is marked on the page of the roll call. */
@Injectable()
export class RollCallService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly days: OnboardingDayQueries,
    private readonly attendance: AttendanceService,
  ) {}

  /**
   * Takes the rows of the posted form that were changed in it, all or none.
   * @throws DomainError `not_found`, `roll_call_not_open`, `invalid_attendance` naming the fields
   */
  async take(dayId: number, posted: Readonly<Record<string, string>>, actorPersonId: number): Promise<void> {
    const rows = changedRows(posted);
    const faults: FieldFault[] = [];
    const marks = rows.flatMap((row) => readRow(row, faults));
    if (faults.length > 0) throw new DomainError('invalid_attendance', 'rule', { faults });
    await this.mark(dayId, marks, actorPersonId);
  }

  /** Notes that somebody came without a seat. @throws DomainError `not_found`, `roll_call_not_open`, `invalid_attendance` */
  admit(dayId: number, agentId: number, actorPersonId: number): Promise<void> {
    return this.mark(dayId, [{ agentId, status: 'attended' }], actorPersonId);
  }

  private async mark(dayId: number, marks: readonly NewMark[], personId: number): Promise<void> {
    const day = await this.days.find(dayId);
    if (!day) throw new DomainError('not_found', 'not_found');
    if (!isRollCallOpen(day, localDateOf(this.clock.now(), this.env.TZ_NAME)))
      throw new DomainError('roll_call_not_open', 'rule');
    if (marks.length > 0) await this.attendance.mark(dayId, marks, { personId, source: 'roll_call' });
  }
}

/** The mark of a row, or its faults, each named like its field in the form. */
function readRow(row: ChangedRow, faults: FieldFault[]): NewMark[] {
  if (row.status === '') {
    faults.push({ field: `status-${row.agentId}`, code: 'attendance_not_chosen' });
    return [];
  }
  const parsed = newMark.safeParse(asMark(row));
  if (parsed.success) return [parsed.data];
  for (const fault of parsed.error.issues.flatMap(faultsOf))
    faults.push({ ...fault, field: `${fault.field}-${row.agentId}` });
  return [];
}
