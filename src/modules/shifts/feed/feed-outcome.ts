import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { TaskService } from '../../tasks/index.js';
import { ImportEnds } from '../import/import-ends.js';
import { PlanAge } from '../plan-age.js';

/** Notes how fetching the plan went. */
@Injectable()
export class FeedOutcome {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly ends: ImportEnds,
    private readonly tasks: TaskService,
    private readonly age: PlanAge,
  ) {}

  /** The plan could not be fetched or read. */
  async failed(code: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await execute(tx, 'UPDATE shift_plan SET fetchedAt = ? WHERE id = 1', [this.clock.now()]);
      await this.ends.fail(tx, code);
    });
  }

  /** The plan is still the one that was written last, so it is as new as can be. */
  async confirmed(tx: Tx): Promise<void> {
    await execute(
      tx,
      'UPDATE shift_plan SET fetchedAt = ?, failedSince = NULL, failure = NULL WHERE id = 1',
      [this.clock.now()],
    );
    await this.tasks.settle(tx, 'shift_plan_failed', 'shift_plan', 1);
    await this.age.edited(tx);
  }
}
