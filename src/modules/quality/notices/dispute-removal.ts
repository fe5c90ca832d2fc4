import { Injectable } from '@nestjs/common';
import type { Condition } from '../../../common/access/scope.js';
import { execute, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { TaskService } from '../../tasks/index.js';
import { DISPUTE_TASK } from './dispute.service.js';

/** Removes what agents have said about figures, with the tasks that ask for an answer. */
@Injectable()
export class DisputeRemoval {
  constructor(private readonly tasks: TaskService) {}

  /** Those that meet a condition on `figure_dispute`. */
  async remove(tx: Tx, { sql, values }: Condition): Promise<void> {
    const open = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM figure_dispute WHERE answeredAt IS NULL AND ${sql}`,
      values,
    );
    for (const { id } of open) await this.tasks.settle(tx, DISPUTE_TASK, DISPUTE_TASK, id);
    await execute(tx, `DELETE FROM figure_dispute WHERE ${sql}`, values);
  }
}
