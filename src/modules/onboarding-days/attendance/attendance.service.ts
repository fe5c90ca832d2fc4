import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { placeholders, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { AttendanceFollowUp } from './attendance-follow-up.js';
import { AttendanceWriter, type Marker } from './attendance-writer.js';
import { markedAt, mustAttendAgain, type Mark } from './attendance.rules.js';
import type { NewMark } from '../onboarding-days.schemas.js';
import type { SeatWork } from '../seats/seat-allocation.js';
import { SeatWorks } from '../seats/seat-works.js';

/** Notes who took part in a day. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly works: SeatWorks,
    private readonly writer: AttendanceWriter,
    private readonly followUp: AttendanceFollowUp,
    private readonly audit: AuditService,
  ) {}

  /**
   * Takes the marks, all or none; those without a booking came as they were. Sending the same again changes nothing.
   * @throws DomainError `not_found`, `day_cancelled`, `invalid_attendance` naming the rows
   */
  async mark(dayId: number, marks: readonly NewMark[], marker: Marker): Promise<void> {
    await this.unitOfWork.run((tx) => this.markWithin(tx, dayId, marks, marker));
  }

  /** The same inside somebody else's unit of work. */
  async markWithin(tx: Tx, dayId: number, marks: readonly NewMark[], marker: Marker): Promise<void> {
    if (marks.length === 0) return;
    await this.works.run(tx, { dayId, byPersonId: marker.personId }, async (work) => {
      const day = work.days.find(({ id }) => id === dayId);
      if (!day) throw new DomainError('not_found', 'not_found');
      if (day.isCancelled) throw new DomainError('day_cancelled', 'conflict');
      await this.refuseUnknown(tx, marks);
      for (const mark of marks) await this.markOne(tx, work, { dayId, agentId: mark.agentId }, mark, marker);
    });
  }

  private async markOne(
    tx: Tx,
    work: SeatWork,
    key: { dayId: number; agentId: number },
    mark: NewMark,
    marker: Marker,
  ): Promise<void> {
    const written = await this.writer.write(tx, key, this.complete(mark), marker);
    if (!written.isTaken) return;
    await this.followUp.follow(tx, work, key, { ...written, source: marker.source });
    await this.audit.record(tx, {
      actorPersonId: marker.personId,
      action: 'attendance.marked',
      subjectType: 'agent',
      subjectId: key.agentId,
      detail: { day: key.dayId, status: mark.status },
    });
  }

  private complete({ status, reason = null, note = null, ...told }: NewMark): Mark {
    return {
      status,
      mustAttendAgain: mustAttendAgain(status, told.mustAttendAgain),
      reason,
      note,
      markedAt: markedAt(told.markedAt === undefined ? undefined : new Date(told.markedAt), this.clock.now()),
    };
  }

  private async refuseUnknown(tx: Tx, marks: readonly NewMark[]): Promise<void> {
    const ids = marks.map(({ agentId }) => agentId);
    const rows = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM agent WHERE id IN (${placeholders(ids)})`,
      ids,
    );
    const known = new Set(rows.map(({ id }) => id));
    const faults = ids.flatMap((agentId, row) => {
      const field = `${row}.agentId`;
      if (!known.has(agentId)) return [{ field, code: 'unknown_agent' }];
      return ids.indexOf(agentId) === row ? [] : [{ field, code: 'twice_in_list' }];
    });
    if (faults.length > 0) throw new DomainError('invalid_attendance', 'rule', { faults });
  }
}
