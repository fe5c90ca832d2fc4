import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { randomToken } from '../common/crypto.js';
import { execute, insertIgnore } from './sql.js';
import { UnitOfWork } from './unit-of-work.js';

const LEASE_MS = 10 * 60_000;
const EPOCH = new Date(0);

/** Lets one instance at a time do a scheduled job, and each job only when its time has come. */
@Injectable()
export class JobLeases {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the work unless another instance is at it or it was done less than `everyMs` ago. An instance that dies or freezes
   * loses the job after ten minutes; the work must therefore be safe to do twice.
   * @returns whether the work was done here
   */
  async runWhenDue(name: string, everyMs: number, work: () => Promise<void>): Promise<boolean> {
    const owner = randomToken();
    if (!(await this.claim(name, owner))) return false;
    let nextAt = this.clock.now();
    try {
      await work();
      nextAt = new Date(nextAt.getTime() + everyMs);
      return true;
    } finally {
      await this.unitOfWork.run((tx) =>
        execute(
          tx,
          'UPDATE job_lease SET owner = NULL, leaseUntil = ?, nextAt = ? WHERE name = ? AND owner = ?',
          [EPOCH, nextAt, name, owner],
        ),
      );
    }
  }

  private claim(name: string, owner: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      await execute(tx, `${insertIgnore(tx)} INTO job_lease (name, leaseUntil, nextAt) VALUES (?, ?, ?)`, [
        name,
        EPOCH,
        EPOCH,
      ]);
      const { affected } = await execute(
        tx,
        'UPDATE job_lease SET owner = ?, leaseUntil = ? WHERE name = ? AND nextAt <= ? AND leaseUntil <= ?',
        [owner, new Date(now.getTime() + LEASE_MS), name, now, now],
      );
      return affected === 1;
    });
  }
}
