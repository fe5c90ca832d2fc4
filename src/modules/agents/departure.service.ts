import { Inject, Injectable } from '@nestjs/common';
import { scopeOf } from '../../common/access/scope.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { EmploymentEnds } from './employment-ends.js';
import { dayFault, departureTakesEffect } from './employment.rules.js';
import { OpenEmployments } from './open-employments.js';

/** A departure as its maker sees it. */
export interface Departure {
  agentId: number;
  on: LocalDate;
  state: 'departed' | 'planned';
}

/** Ends periods of employment. */
@Injectable()
export class DepartureService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly employments: OpenEmployments,
    private readonly ends: EmploymentEnds,
  ) {}

  /**
   * Notes that an agent leaves; `on` is the last day. Access ends at once when the day is today or earlier, else when it is over.
   * @throws DomainError `not_found`, `agent_departed`, `before_start`
   */
  depart(agentId: number, on: LocalDate, by: Principal, call: IdempotentCall): Promise<Departure> {
    const today = localDateOf(this.clock.now(), this.env.TZ_NAME);
    return this.idempotency.run(call, async (tx) => {
      const open = await this.employments.lock(tx, scopeOf(by), agentId);
      const fault = dayFault(open, on, 'departure');
      if (fault) throw new DomainError(fault, 'rule', { faults: [{ field: 'on', code: fault }] });
      if (departureTakesEffect(on, today) === 'later') {
        await this.ends.plan(tx, open, on, by.personId);
        return { agentId, on, state: 'planned' };
      }
      await this.ends.end(tx, open, on, 'departed', by.personId);
      return { agentId, on, state: 'departed' };
    });
  }

  /** Takes a planned departure back. @throws DomainError `not_found`, `agent_departed` when it has happened */
  async cancel(agentId: number, by: Principal): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const open = await this.employments.lock(tx, scopeOf(by), agentId);
      await this.ends.plan(tx, open, null, by.personId);
    });
  }
}
