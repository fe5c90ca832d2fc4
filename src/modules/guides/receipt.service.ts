import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute, fromJson, insertIgnore, lockClause, selectRows, toInstant } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { wronglyAnswered, type CheckQuestion } from './check-questions.rules.js';
import { GuideEvents } from './guide-events.js';
import { GuideReaders } from './guide-readers.js';

/** A receipt as the reader sees it. */
export interface ReceiptView {
  versionId: number;
  readAt: string;
}

interface ReadVersion {
  id: number;
  guideId: number;
  number: number;
  courseId: number | null;
  withdrawnAt: string | Date | null;
  questions: string | CheckQuestion[] | null;
}

/** Takes receipts: "read and understood". */
@Injectable()
export class ReceiptService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly readers: GuideReaders,
    private readonly events: GuideEvents,
  ) {}

  /**
   * The agent has read the version; saying so again gives the first receipt.
   * @throws DomainError `not_found` for a version that is not meant for the agent, `guide_withdrawn`, `elearning_not_completed`
   * for one that asks for e-learning, `wrong_answers`
   */
  read(
    versionId: number,
    agentId: number,
    answers: readonly (number | undefined)[] = [],
  ): Promise<ReceiptView> {
    return this.unitOfWork.run(async (tx) => {
      await this.hold(tx, agentId);
      const version = await this.versionFor(tx, versionId, agentId);
      const known = await this.receiptOf(tx, agentId, versionId);
      if (known) return known;
      if (version.withdrawnAt !== null) throw new DomainError('guide_withdrawn', 'conflict');
      if (version.courseId !== null) throw new DomainError('elearning_not_completed', 'rule');
      this.checkAnswers(version, answers);
      return this.write(tx, version, agentId, this.clock.now());
    });
  }

  /** The agent's row is the lock under which receipts and requirements change together. */
  private async hold(tx: Tx, agentId: number): Promise<void> {
    const held = await selectRows(tx, `SELECT id FROM agent WHERE id = ?${lockClause(tx)}`, [agentId]);
    if (held.length === 0) throw new DomainError('not_found', 'not_found');
  }

  private async versionFor(tx: Tx, versionId: number, agentId: number): Promise<ReadVersion> {
    const [version] = await selectRows<ReadVersion>(
      tx,
      'SELECT id, guideId, number, courseId, withdrawnAt, questions FROM guide_version WHERE id = ?',
      [versionId],
    );
    if (!version || !(await this.readers.isMeantFor(tx, versionId, agentId)))
      throw new DomainError('not_found', 'not_found');
    return version;
  }

  private checkAnswers({ questions }: ReadVersion, answers: readonly (number | undefined)[]): void {
    const wrong = wronglyAnswered(questions === null ? [] : fromJson<CheckQuestion[]>(questions), answers);
    if (wrong.length === 0) return;
    const faults = wrong.map((index) => ({ field: `answers.${index}`, code: 'wrong_answer' }));
    throw new DomainError('wrong_answers', 'rule', { faults });
  }

  private async receiptOf(tx: Tx, agentId: number, versionId: number): Promise<ReceiptView | undefined> {
    const [known] = await selectRows<{ readAt: string | Date }>(
      tx,
      'SELECT readAt FROM read_receipt WHERE agentId = ? AND versionId = ?',
      [agentId, versionId],
    );
    return known && { versionId, readAt: toInstant(known.readAt).toISOString() };
  }

  private async write(
    tx: Tx,
    { id, guideId, number }: Pick<ReadVersion, 'id' | 'guideId' | 'number'>,
    agentId: number,
    readAt: Date,
  ): Promise<ReceiptView> {
    await execute(
      tx,
      `${insertIgnore(tx)} INTO read_receipt (agentId, versionId, guideId, number, readAt) VALUES (?, ?, ?, ?, ?)`,
      [agentId, id, guideId, number, readAt],
    );
    await this.events.read(tx, { agentId, guideId, versionId: id });
    return { versionId: id, readAt: readAt.toISOString() };
  }
}
