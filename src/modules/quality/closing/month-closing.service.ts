import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { localDateOf, type LocalDate } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { insertRow, isUniqueViolation } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { MonthClosing } from '../entities/month-closing.entity.js';
import type { Month } from '../month.rules.js';
import { CaseWriter } from './case-writer.js';
import { chosenOf } from './closing-choice.rules.js';
import { ClosingLock } from './closing-lock.js';
import type { Closed, NewClosing } from './closing.schemas.js';
import { ClosingTrail } from './closing-trail.js';
import type { AssessedMonth } from './assessed-month.rules.js';
import { MonthAssessments } from './month-assessments.js';
import { noticeTimes } from './notice-times.rules.js';
import { closingFault, seenOf } from './closing.rules.js';

/** Closes months: what the rule finds becomes cases, one for each streak. Nothing is mailed before the closing is final. */
@Injectable()
export class MonthClosingService {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly assessments: MonthAssessments,
    private readonly writer: CaseWriter,
    private readonly trail: ClosingTrail,
  ) {}

  /**
   * Closes a month, or closes it once more after corrections; without new hits that changes nothing.
   * @throws DomainError `month_not_over`, `quality_policy_missing`, `month_before_policy`, `month_not_imported`, `months_missing`, `preview_changed`,
   * `invalid_closing`
   */
  close(month: Month, choice: NewClosing, byPersonId: number, call: IdempotentCall): Promise<Closed> {
    return this.idempotency.run(call, async (tx) => {
      await ClosingLock.take(tx);
      const assessed = await this.assessments.of(month, tx);
      refuse(assessed, month, localDateOf(this.clock.now(), this.env.TZ_NAME), choice);
      const chosen = chosenOf(assessed.agents, choice, byPersonId);
      if (chosen.faults.length > 0)
        throw new DomainError('invalid_closing', 'rule', { faults: chosen.faults });
      const closing = await this.insert(tx, assessed, byPersonId);
      const takenIn = new Set(chosen.taken);
      const taken = assessed.agents.filter(({ agentId }) => takenIn.has(agentId));
      const followers = assessed.agents.filter(({ followUpMonths }) => followUpMonths.length > 0);
      const cases = await this.openCases(tx, closing, taken);
      await this.writer.follow(tx, closing.id, followers);
      await this.writer.leaveOut(tx, closing.id, chosen.left);
      const followUps = followers.map((one) => ({
        caseId: one.caseId!,
        agentId: one.agentId,
        months: one.followUpMonths,
      }));
      await this.trail.closed(tx, { ...closing, month, byPersonId }, { cases, followUps, left: chosen.left });
      return { id: closing.id, month, finalAt: closing.finalAt.toISOString(), cases, followUps };
    });
  }

  private async insert(tx: Tx, { month, policy }: AssessedMonth, closedByPersonId: number) {
    const closedAt = this.clock.now();
    const { finalAt } = noticeTimes(closedAt, policy, this.env.TZ_NAME);
    const id = await insertRow<MonthClosing>(tx, 'month_closing', {
      month,
      policyId: policy.id,
      closedByPersonId,
      closedAt,
      finalAt,
      undoneByPersonId: null,
      undoneAt: null,
    });
    return { id, closedAt, finalAt };
  }

  /** The lock lets one closing in at a time; should two get past it, the database still takes one case a streak. */
  private async openCases(
    tx: Tx,
    closing: { id: number; closedAt: Date; finalAt: Date },
    agents: AssessedMonth['agents'],
  ): Promise<Closed['cases']> {
    try {
      return await this.writer.open(tx, closing, agents);
    } catch (error) {
      throw isUniqueViolation(error) ? new DomainError('preview_changed', 'conflict') : error;
    }
  }
}

function refuse(
  assessed: AssessedMonth | null,
  month: Month,
  today: LocalDate,
  { seen }: NewClosing,
): asserts assessed is AssessedMonth {
  const fault = closingFault(assessed, month, today);
  if (fault) throw new DomainError(fault.code, 'rule', { args: fault.args });
  if (seen !== undefined && seen !== seenOf(assessed!)) throw new DomainError('preview_changed', 'conflict');
}
