import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, selectRows, toInstant } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { TaskService } from '../../tasks/index.js';
import { FigureWriter } from '../figures/figure-writer.js';
import { answerFault, figureIn, type Answer } from './answer.rules.js';
import { CaseProgress } from './case-progress.js';
import { DISPUTE_TASK } from './dispute.service.js';

interface AnsweredDispute {
  id: number;
  agentId: number;
  personId: number;
  month: string;
  createdAt: string | Date;
  openAgentId: number | null;
}

/** The secretariat answers an agent's word that a figure is wrong; what was held goes on, or is withdrawn. */
@Injectable()
export class DisputeAnswersService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly figures: FigureWriter,
    private readonly tasks: TaskService,
    private readonly audit: AuditService,
    private readonly progress: CaseProgress,
  ) {}

  /**
   * @throws DomainError `not_found`, `own_dispute` for the one who raised it, `dispute_answered`, `invalid_answer`,
   *   `figure_not_corrected` when the figure is what it was
   */
  async answer(disputeId: number, answer: Answer, byPersonId: number): Promise<void> {
    const fault = answerFault(answer);
    if (fault) throw new DomainError('invalid_answer', 'rule', { faults: [fault] });
    await this.unitOfWork.run(async (tx) => {
      const dispute = await this.held(tx, disputeId, byPersonId);
      if (answer.answer === 'corrected') await this.correct(tx, dispute, answer, byPersonId);
      await this.close(tx, dispute, answer, byPersonId);
      await this.progress.review(tx, dispute.agentId);
    });
  }

  /** The dispute, its agent held. */
  private async held(tx: Tx, disputeId: number, byPersonId: number): Promise<AnsweredDispute> {
    const [known] = await selectRows<{ agentId: number }>(
      tx,
      'SELECT agentId FROM figure_dispute WHERE id = ?',
      [disputeId],
    );
    if (!known) throw new DomainError('not_found', 'not_found');
    await this.progress.hold(tx, known.agentId);
    const [dispute] = await selectRows<AnsweredDispute>(
      tx,
      `SELECT d.id, d.agentId, a.personId, d.month, d.createdAt, d.openAgentId
         FROM figure_dispute d JOIN agent a ON a.id = d.agentId WHERE d.id = ?`,
      [disputeId],
    );
    if (dispute!.personId === byPersonId) throw new DomainError('own_dispute', 'forbidden');
    if (dispute!.openAgentId === null) throw new DomainError('dispute_answered', 'conflict');
    return dispute!;
  }

  private async correct(tx: Tx, dispute: AnsweredDispute, answer: Answer, byPersonId: number): Promise<void> {
    const figure = figureIn(answer);
    if (!figure) return this.checkCorrected(tx, dispute);
    const { agentId, month } = dispute;
    const [written] = await this.figures.write(
      tx,
      [{ agentId, month, ...figure }],
      byPersonId,
      this.clock.now(),
    );
    if (written!.change === 'same') throw notCorrected();
  }

  /** Without figures of its own the answer says that an import has put the figure right since. */
  private async checkCorrected(tx: Tx, { agentId, month, createdAt }: AnsweredDispute): Promise<void> {
    const since = await selectRows(
      tx,
      'SELECT id FROM figure_correction WHERE agentId = ? AND month = ? AND at >= ? LIMIT 1',
      [agentId, month, toInstant(createdAt)],
    );
    if (since.length === 0) throw notCorrected();
  }

  private async close(
    tx: Tx,
    { id, agentId }: AnsweredDispute,
    { answer }: Answer,
    byPersonId: number,
  ): Promise<void> {
    await execute(
      tx,
      'UPDATE figure_dispute SET openAgentId = NULL, answer = ?, answeredByPersonId = ?, answeredAt = ? WHERE id = ?',
      [answer, byPersonId, this.clock.now(), id],
    );
    await this.tasks.settle(tx, DISPUTE_TASK, DISPUTE_TASK, id);
    await this.audit.record(tx, {
      actorPersonId: byPersonId,
      action: 'figure_dispute.answered',
      subjectType: 'agent',
      subjectId: agentId,
      detail: { dispute: id, answer },
    });
  }
}

function notCorrected(): DomainError {
  const code = 'figure_not_corrected';
  return new DomainError(code, 'rule', { faults: [{ field: 'answered', code }] });
}
