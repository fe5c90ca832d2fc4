import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, insertRow } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { EditableDay } from './day-changes.rules.js';
import type { OnboardingDay } from '../entities/onboarding-day.entity.js';

/** Writes the row of a day, and who did so. */
@Injectable()
export class DayWriter {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  async insert(tx: Tx, { on, ...day }: EditableDay, actorPersonId: number): Promise<number> {
    const id = await insertRow<OnboardingDay>(tx, 'onboarding_day', {
      onDate: on,
      ...day,
      startsAt: new Date(day.startsAt),
      endsAt: new Date(day.endsAt),
      seatsTaken: 0,
      calendarSequence: 0,
      cancelledAt: null,
      version: 1,
    });
    await this.note(tx, 'onboarding_day.planned', id, actorPersonId, { on });
    return id;
  }

  /** Writes the editable part. @throws DomainError `stale_version` */
  async update(
    tx: Tx,
    dayId: number,
    day: EditableDay,
    { version, actorPersonId }: { version: number; actorPersonId: number },
  ): Promise<void> {
    const { affected } = await execute(
      tx,
      `UPDATE onboarding_day SET onDate = ?, startsAt = ?, endsAt = ?, venue = ?, address = ?, directions = ?, instructors = ?,
              message = ?, capacity = ?, bookBy = ?, calendarSequence = calendarSequence + 1, version = version + 1
        WHERE id = ? AND version = ?`,
      [
        day.on,
        new Date(day.startsAt),
        new Date(day.endsAt),
        day.venue,
        day.address,
        day.directions,
        day.instructors,
        day.message,
        day.capacity,
        day.bookBy,
        dayId,
        version,
      ],
    );
    if (affected !== 1) throw new DomainError('stale_version', 'conflict');
    await this.note(tx, 'onboarding_day.changed', dayId, actorPersonId, { on: day.on });
  }

  async cancel(tx: Tx, dayId: number, actorPersonId: number): Promise<void> {
    await execute(
      tx,
      'UPDATE onboarding_day SET cancelledAt = ?, calendarSequence = calendarSequence + 1, version = version + 1 WHERE id = ?',
      [this.clock.now(), dayId],
    );
    await this.note(tx, 'onboarding_day.cancelled', dayId, actorPersonId, {});
  }

  private note(
    tx: Tx,
    action: string,
    dayId: number,
    actorPersonId: number,
    detail: Record<string, string>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId,
      action,
      subjectType: 'onboarding_day',
      subjectId: dayId,
      detail,
    });
  }
}
