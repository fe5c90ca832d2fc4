import { setTimeout as wait } from 'node:timers/promises';
import { QueryFailedError, type DataSource } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { UnitOfWork, type Tx } from './unit-of-work.js';

const DEADLOCK = 1213;
const LOCK_TIMEOUT = 1205;
const ATTEMPTS = 10;

/** Transactions on MySQL or MariaDB; a deadlock or lock time-out runs the whole work again, a bounded number of times. */
export class MysqlUnitOfWork extends UnitOfWork {
  constructor(private readonly dataSource: DataSource) {
    super();
  }

  protected override async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (!isLockConflict(error)) throw error;
        if (attempt === ATTEMPTS) throw new DomainError('busy', 'unavailable', { retryAfterSeconds: 1 });
        await wait(Math.random() * 10 * 2 ** Math.min(attempt, 6));
      }
    }
  }
}

function isLockConflict(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { errno } = error.driverError as { errno?: number };
  return errno === DEADLOCK || errno === LOCK_TIMEOUT;
}
