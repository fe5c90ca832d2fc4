import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { DayWriter } from './days/day-writer.js';
import { OnboardingDayQueries, type OnboardingDayRow } from './onboarding-days.queries.js';
import type { NewDay } from './onboarding-days.schemas.js';
import { dayFaults } from './days/planning.rules.js';
import { SeatWorks } from './seats/seat-works.js';

/** Plans onboarding days. */
@Injectable()
export class OnboardingDayService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly idempotency: Idempotency,
    private readonly works: SeatWorks,
    private readonly queries: OnboardingDayQueries,
    private readonly writer: DayWriter,
  ) {}

  /** Plans a day and gives its seats to those who wait for one, who has waited longest first. @throws DomainError `invalid_day` */
  async plan(day: NewDay, actorPersonId: number, call: IdempotentCall): Promise<OnboardingDayRow> {
    const faults = dayFaults(day, this.env.TZ_NAME);
    const [planned] = await this.write([day], faults, actorPersonId, call);
    return planned!;
  }

  /** Plans several days, all or none; a fault's field begins with the row, counted from 0. @throws DomainError `invalid_day` */
  planTogether(
    days: readonly NewDay[],
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<OnboardingDayRow[]> {
    const faults = days.flatMap((day, row) =>
      dayFaults(day, this.env.TZ_NAME).map(({ field, code }) => ({ field: `${row}.${field}`, code })),
    );
    return this.write(days, faults, actorPersonId, call);
  }

  private async write(
    days: readonly NewDay[],
    faults: FieldFault[],
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<OnboardingDayRow[]> {
    if (faults.length > 0) throw new DomainError('invalid_day', 'rule', { faults });
    return this.idempotency.run(call, async (tx) => {
      const ids: number[] = [];
      for (const { directions = null, instructors = null, message = null, ...day } of days)
        ids.push(await this.writer.insert(tx, { ...day, directions, instructors, message }, actorPersonId));
      await this.works.run(tx, { byPersonId: actorPersonId }, async () => {});
      return this.queries.byIds(ids, tx);
    });
  }
}
