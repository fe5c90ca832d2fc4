import { Injectable } from '@nestjs/common';
import { execute, insertRow } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { FigureCorrection } from '../entities/figure-correction.entity.js';
import type { Month } from '../month.rules.js';
import type { MonthFigure } from '../streak.rules.js';

/** A figure as it was, and as it should have been. */
export interface Correction {
  agentId: number;
  month: Month;
  before: MonthFigure;
  after: MonthFigure;
}

/** Puts a single figure right, and keeps what it was. */
@Injectable()
export class CorrectedFigure {
  async write(
    tx: Tx,
    { agentId, month, before, after }: Correction,
    byPersonId: number,
    at: Date,
  ): Promise<void> {
    await execute(
      tx,
      'UPDATE resolution_figure SET answered = ?, resolved = ?, warmTransferred = ?, changedAt = ? WHERE agentId = ? AND month = ?',
      [after.answered, after.resolved, after.warmTransferred, at, agentId, month],
    );
    await execute(tx, 'UPDATE resolution_month SET changedAt = ? WHERE month = ?', [at, month]);
    await insertRow<FigureCorrection>(tx, 'figure_correction', {
      agentId,
      month,
      answeredBefore: before.answered,
      resolvedBefore: before.resolved,
      warmTransferredBefore: before.warmTransferred,
      answeredAfter: after.answered,
      resolvedAfter: after.resolved,
      warmTransferredAfter: after.warmTransferred,
      byPersonId,
      at,
    });
  }
}
