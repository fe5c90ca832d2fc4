import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { concernsParticipants, dayOverFault, mergeDay, type EditableDay } from './day-changes.rules.js';
import { DayParticipants } from './day-participants.js';
import { DayWriter } from './day-writer.js';
import { OnboardingDayQueries, type OnboardingDayRow } from '../onboarding-days.queries.js';
import type { DayChanges } from '../onboarding-days.schemas.js';
import { dayFaults } from './planning.rules.js';
import type { SeatWork } from '../seats/seat-allocation.js';
import { SeatWorks } from '../seats/seat-works.js';

/** Edits, moves and cancels days; those whom it concerns are told. */
@Injectable()
export class DayChangesService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly works: SeatWorks,
    private readonly queries: OnboardingDayQueries,
    private readonly participants: DayParticipants,
    private readonly writer: DayWriter,
  ) {}

  /**
   * Edits a day; a new date moves it with everyone whom it still fits.
   * @throws DomainError `not_found`, `stale_version`, `day_cancelled`, `day_over`, `invalid_day`
   */
  change(
    dayId: number,
    { version, ...changes }: DayChanges,
    actorPersonId: number,
  ): Promise<OnboardingDayRow> {
    return this.unitOfWork.run(async (tx) => {
      await this.works.run(tx, { dayId, byPersonId: actorPersonId }, async (work) => {
        const before = await this.changeable(tx, work, dayId);
        const after = mergeDay(before, changes);
        this.refuseFaults(after, before, work);
        await this.writer.update(tx, dayId, after, { version, actorPersonId });
        adjust(work, dayId, after);
        if (after.on !== before.on) await this.participants.refit(tx, work, dayId);
        if (concernsParticipants(before, after)) await this.participants.announce(tx, work, dayId);
      });
      return (await this.queries.byIds([dayId], tx))[0]!;
    });
  }

  /**
   * Cancels a day; everyone on it goes on to the next.
   * @throws DomainError `not_found`, `day_cancelled`, `day_over`, `attendance_registered`
   */
  cancel(dayId: number, actorPersonId: number): Promise<OnboardingDayRow> {
    return this.unitOfWork.run(async (tx) => {
      await this.works.run(tx, { dayId, byPersonId: actorPersonId }, async (work) => {
        await this.changeable(tx, work, dayId);
        const [held] = await selectRows(tx, 'SELECT id FROM attendance WHERE dayId = ? LIMIT 1', [dayId]);
        if (held) throw new DomainError('attendance_registered', 'conflict');
        await this.writer.cancel(tx, dayId, actorPersonId);
        work.days.find(({ id }) => id === dayId)!.isCancelled = true;
        await this.participants.sendOn(tx, work, dayId);
      });
      return (await this.queries.byIds([dayId], tx))[0]!;
    });
  }

  private async changeable(tx: Tx, work: SeatWork, dayId: number): Promise<OnboardingDayRow> {
    const [day] = await this.queries.byIds([dayId], tx);
    if (!day) throw new DomainError('not_found', 'not_found');
    const fault = dayOverFault(day, work.today);
    if (fault) throw new DomainError(fault, 'conflict');
    return day;
  }

  private refuseFaults(after: EditableDay, before: OnboardingDayRow, { today }: SeatWork): void {
    const faults = dayFaults(after, this.env.TZ_NAME);
    if (after.on !== before.on && after.on < today) faults.push({ field: 'on', code: 'in_the_past' });
    if (after.capacity < before.seatsTaken) faults.push({ field: 'capacity', code: 'below_seats_taken' });
    if (faults.length > 0) throw new DomainError('invalid_day', 'rule', { faults });
  }
}

/** The day as the rest of the work is to see it, in its new place in the order. */
function adjust(work: SeatWork, dayId: number, { on, bookBy, capacity }: EditableDay): void {
  Object.assign(
    work.days.find(({ id }) => id === dayId)!,
    { on, bookBy, capacity },
  );
  work.days.sort((a, b) => (a.on === b.on ? a.id - b.id : a.on < b.on ? -1 : 1));
}
