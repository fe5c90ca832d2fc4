import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { AuditService } from '../audit/index.js';
import { OnboardingDay } from './entities/onboarding-day.entity.js';
import type { OnboardingDayRow } from './onboarding-days.queries.js';

/** What makes an onboarding day. */
export interface NewOnboardingDay {
  on: string;
  startsAt: string;
  endsAt: string;
  venue: string;
  address: string;
  capacity: number;
  bookBy: string;
}

/** Plans onboarding days. */
@Injectable()
export class OnboardingDayService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly idempotency: Idempotency,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `day_hours_wrong`, `book_by_after_day` */
  plan(day: NewOnboardingDay, actorPersonId: number, call: IdempotentCall): Promise<OnboardingDayRow> {
    const { on, startsAt, endsAt, venue, address, capacity, bookBy } = day;
    if (endsAt <= startsAt || localDateOf(new Date(startsAt), this.env.TZ_NAME) !== on)
      throw new DomainError('day_hours_wrong', 'rule', {
        faults: [{ field: 'startsAt', code: 'day_hours_wrong' }],
      });
    if (bookBy > on)
      throw new DomainError('book_by_after_day', 'rule', {
        faults: [{ field: 'bookBy', code: 'book_by_after_day' }],
      });
    return this.idempotency.run(call, async (tx) => {
      const { identifiers } = await tx.insert(OnboardingDay, {
        onDate: on,
        startsAt: new Date(startsAt),
        endsAt: new Date(endsAt),
        venue,
        address,
        capacity,
        bookBy,
      });
      const id = identifiers[0]!['id'] as number;
      await this.audit.record(tx, {
        actorPersonId,
        action: 'onboarding_day.planned',
        subjectType: 'onboarding_day',
        subjectId: id,
      });
      return { id, ...day, isCancelled: false };
    });
  }
}
