import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { ENV, type Env } from '../../../config/env.js';
import { lockClause, placeholders, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { CaseFacts } from './case-facts.js';
import { CaseMails } from './case-mails.js';
import { CaseStepWriter } from './case-step-writer.js';
import { BEFORE_LEADER, nextStep } from './case.rules.js';

/**
 * Carries a case one step on, with its mails, in one unit of work. The agent's row is the lock: a dispute, a departure and another
 * server wait, and find the case as it is then.
 */
@Injectable()
export class CaseProgress {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: CaseFacts,
    private readonly writer: CaseStepWriter,
    private readonly mails: CaseMails,
  ) {}

  /** What is due for a case at this instant; safe to call at any time, here or on another server. */
  async advance(caseId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [row] = await selectRows<{ agentId: number }>(
        tx,
        'SELECT agentId FROM quality_case WHERE id = ?',
        [caseId],
      );
      if (!row) return;
      await this.hold(tx, row.agentId);
      await this.step(tx, caseId);
    });
  }

  /** Locks an agent, whose cases nobody else changes meanwhile. */
  async hold(tx: Tx, agentId: number): Promise<void> {
    await selectRows(tx, `SELECT id FROM agent WHERE id = ?${lockClause(tx)}`, [agentId]);
  }

  /** Looks anew at the cases of a held agent of which no leader has been told. */
  async review(tx: Tx, agentId: number): Promise<void> {
    const open = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM quality_case WHERE agentId = ? AND state IN (${placeholders(BEFORE_LEADER)}) ORDER BY id`,
      [agentId, ...BEFORE_LEADER],
    );
    for (const { id } of open) await this.step(tx, id);
  }

  private async step(tx: Tx, caseId: number): Promise<void> {
    const known = await this.facts.of(tx, caseId);
    const moment = { now: this.clock.now(), zone: this.env.TZ_NAME };
    const step = known && nextStep(known, known.circumstances, moment);
    if (!known || !step || !(await this.writer.take(tx, known, step))) return;
    if (step.mails.includes('agent')) await this.mails.toAgent(tx, known);
    if (step.mails.includes('leader')) await this.mails.toLeader(tx, known);
    if (step.endReason) await this.mails.cancel(tx, known.id);
  }
}
