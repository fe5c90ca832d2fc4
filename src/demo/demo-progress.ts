import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { execute, insertIgnore, selectRows, toInstant } from '../database/sql.js';
import { UnitOfWork, type Tx } from '../database/unit-of-work.js';

const EPOCH = new Date(0);
const LAST = 'finished';

/** How much demonstration data there are. */
export type DemoSize = 'small' | 'full';

/** A filling that somebody has begun, here or elsewhere. */
export interface BegunDemo {
  size: DemoSize;
  at: Date;
  isFinished: boolean;
}

/**
 * Remembers, beside the leases of jobs, how far the filling has come. Each step writes its mark first and in its own unit of
 * work: of two servers at one step the later waits for the mark and finds the step done, and a step that was killed has left
 * neither data nor mark. So a filling that was cut off is completed by the next start, with the day on which it was begun.
 */
@Injectable()
export class DemoProgress {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The filling that was begun before, else a new one; undefined when the database holds people of other kinds. */
  begin(size: DemoSize): Promise<BegunDemo | undefined> {
    return this.unitOfWork.run(async (tx) => {
      const before = await this.begun(tx);
      if (before) return before;
      const [anybody] = await selectRows(tx, 'SELECT id FROM person LIMIT 1');
      if (anybody) return undefined;
      await this.mark(tx, 'begun', { size, at: this.clock.now() });
      // Not what was just written, perhaps: somebody may have been faster.
      return this.begun(tx);
    });
  }

  /** Does the last step. */
  finish(work: (tx: Tx) => Promise<void>): Promise<void> {
    return this.step(LAST, work);
  }

  /** Does a step, unless it has been done. */
  async step(name: string, work: (tx: Tx) => Promise<void>): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (await this.mark(tx, name)) await work(tx);
    });
  }

  private async begun(tx: Tx): Promise<BegunDemo | undefined> {
    const [row] = await selectRows<{ owner: DemoSize; nextAt: string | Date; finished: number | string }>(
      tx,
      `SELECT b.owner, b.nextAt, (SELECT COUNT(*) FROM job_lease f WHERE f.name = ?) AS finished
         FROM job_lease b WHERE b.name = ?`,
      [`demo ${LAST}`, 'demo begun'],
    );
    return row && { size: row.owner, at: toInstant(row.nextAt), isFinished: Number(row.finished) > 0 };
  }

  /** Whether the mark is new. */
  private async mark(tx: Tx, name: string, begun?: { size: DemoSize; at: Date }): Promise<boolean> {
    const { affected } = await execute(
      tx,
      `${insertIgnore(tx)} INTO job_lease (name, owner, leaseUntil, nextAt) VALUES (?, ?, ?, ?)`,
      [`demo ${name}`, begun?.size ?? null, EPOCH, begun?.at ?? EPOCH],
    );
    return affected === 1;
  }
}
