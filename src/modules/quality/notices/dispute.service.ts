import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { insertRow, isUniqueViolation, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { TaskService } from '../../tasks/index.js';
import type { FigureDispute } from '../entities/figure-dispute.entity.js';
import { CaseProgress } from './case-progress.js';
import type { DisputeMade, NewDispute } from './dispute.schemas.js';

/** What the task about a dispute is called, and what it is about. */
export const DISPUTE_TASK = 'figure_dispute';

/** The agent who says that a figure is wrong. */
export interface Disputing {
  personId: number;
  agentId: number;
}

/** An agent says that a figure is wrong: the secretariat looks at it, and until then nobody is told of it. */
@Injectable()
export class DisputeService {
  constructor(
    private readonly clock: Clock,
    private readonly idempotency: Idempotency,
    private readonly tasks: TaskService,
    private readonly audit: AuditService,
    private readonly progress: CaseProgress,
  ) {}

  /** @throws DomainError `unknown_figure` for a month without one, `figure_already_disputed` */
  raise(dispute: NewDispute, by: Disputing, call: IdempotentCall): Promise<DisputeMade> {
    return this.idempotency.run(call, async (tx) => {
      await this.progress.hold(tx, by.agentId);
      await this.checkFigure(tx, by.agentId, dispute.month);
      const createdAt = this.clock.now();
      const id = await this.insert(tx, dispute, by.agentId, createdAt);
      await this.tell(tx, id, by);
      await this.progress.review(tx, by.agentId);
      return { id, ...dispute, createdAt: createdAt.toISOString() };
    });
  }

  private async checkFigure(tx: Tx, agentId: number, month: string): Promise<void> {
    const figures = await selectRows(tx, 'SELECT id FROM resolution_figure WHERE agentId = ? AND month = ?', [
      agentId,
      month,
    ]);
    if (figures.length > 0) return;
    const code = 'unknown_figure';
    throw new DomainError(code, 'rule', { faults: [{ field: 'month', code }] });
  }

  private async insert(
    tx: Tx,
    { month, reason }: NewDispute,
    agentId: number,
    createdAt: Date,
  ): Promise<number> {
    try {
      return await insertRow<FigureDispute>(tx, 'figure_dispute', {
        agentId,
        month,
        openAgentId: agentId,
        reason,
        createdAt,
        answer: null,
        answeredByPersonId: null,
        answeredAt: null,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const code = 'figure_already_disputed';
      throw new DomainError(code, 'conflict', { faults: [{ field: 'month', code }] });
    }
  }

  private async tell(tx: Tx, disputeId: number, { personId, agentId }: Disputing): Promise<void> {
    const [open] = await selectRows<{ municipalityCode: string }>(
      tx,
      'SELECT municipalityCode FROM employment WHERE openAgentId = ?',
      [agentId],
    );
    await this.tasks.open(tx, {
      kind: DISPUTE_TASK,
      subjectType: DISPUTE_TASK,
      subjectId: disputeId,
      municipalityCode: open?.municipalityCode ?? null,
      occasion: 1,
    });
    await this.audit.record(tx, {
      actorPersonId: personId,
      action: 'figure_dispute.raised',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { dispute: disputeId },
    });
  }
}
