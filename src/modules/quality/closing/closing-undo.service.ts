import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, lockClause, selectRows, toInstant } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import type { Month } from '../month.rules.js';
import { ClosingLock } from './closing-lock.js';
import { ClosingTrail } from './closing-trail.js';

interface ClosingRow {
  month: Month;
  finalAt: string | Date;
  undoneAt: string | Date | null;
}

/** Takes a closing back as long as nobody has been written to. */
@Injectable()
export class ClosingUndoService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly trail: ClosingTrail,
  ) {}

  /** Withdraws the cases of a closing and the months by which others went on. @throws DomainError `not_found`, `closing_final`, `closing_undone` */
  async undo(closingId: number, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await ClosingLock.take(tx);
      const { month } = await this.undoable(tx, closingId);
      const now = this.clock.now();
      const cases = await this.pending(tx, closingId);
      await execute(tx, 'UPDATE month_closing SET undoneAt = ?, undoneByPersonId = ? WHERE id = ?', [
        now,
        byPersonId,
        closingId,
      ]);
      await execute(
        tx,
        `UPDATE quality_case SET state = 'withdrawn', endReason = 'undone', endedAt = ?, liveStreakFrom = NULL, version = version + 1
          WHERE closingId = ? AND state = 'pending'`,
        [now, closingId],
      );
      await execute(tx, 'DELETE FROM quality_case_month WHERE followUpOf = ?', [closingId]);
      await this.trail.undone(tx, { id: closingId, month, byPersonId }, cases);
    });
  }

  private async undoable(tx: Tx, closingId: number): Promise<ClosingRow> {
    const [closing] = await selectRows<ClosingRow>(
      tx,
      `SELECT month, finalAt, undoneAt FROM month_closing WHERE id = ?${lockClause(tx)}`,
      [closingId],
    );
    if (!closing) throw new DomainError('not_found', 'not_found');
    if (closing.undoneAt !== null) throw new DomainError('closing_undone', 'conflict');
    if (toInstant(closing.finalAt) <= this.clock.now()) throw new DomainError('closing_final', 'conflict');
    return closing;
  }

  /** The cases that wait, held so that nobody is told meanwhile; a server whose clock runs ahead may have begun. */
  private async pending(tx: Tx, closingId: number): Promise<{ id: number; agentId: number }[]> {
    const cases = await selectRows<{ id: number; agentId: number; state: string; agentToldAt: unknown }>(
      tx,
      `SELECT id, agentId, state, agentToldAt FROM quality_case WHERE closingId = ? ORDER BY id${lockClause(tx)}`,
      [closingId],
    );
    if (cases.some(({ agentToldAt }) => agentToldAt !== null))
      throw new DomainError('closing_final', 'conflict');
    return cases.filter(({ state }) => state === 'pending').map(({ id, agentId }) => ({ id, agentId }));
  }
}
