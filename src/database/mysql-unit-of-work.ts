import { setTimeout as wait } from 'node:timers/promises';
import { QueryFailedError, type DataSource } from 'typeorm';
import { DomainError } from '../common/domain-error.js';
import { sendOn, type MysqlHandle } from './mysql-statements.js';
import { markActive } from './transaction-mark.js';
import { UnitOfWork, type Tx } from './unit-of-work.js';

const DEADLOCK = 1213;
const LOCK_TIMEOUT = 1205;
const ATTEMPTS = 10;
/**
 * A server that is frozen in the middle of its work would keep the rows it holds for hours. MariaDB ends a transaction that nobody has
 * said anything in for so long, well before others give up waiting (50 s); MySQL has nothing of the kind.
 */
const IDLE_SECONDS = 20;

/** Transactions on MySQL or MariaDB; a deadlock or lock time-out runs the whole work again, a bounded number of times. */
export class MysqlUnitOfWork extends UnitOfWork {
  /** Connections that have been told how our transactions are, so that it need not be said before each. */
  private readonly told = new WeakSet<MysqlHandle>();

  constructor(private readonly dataSource: DataSource) {
    super();
  }

  protected override async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isLockConflict(error)) throw error;
        if (attempt === ATTEMPTS) throw new DomainError('busy', 'unavailable', { retryAfterSeconds: 1 });
        await wait(Math.random() * 10 * 2 ** Math.min(attempt, 6));
      }
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    const handle = (await runner.connect()) as MysqlHandle;
    try {
      await this.begin(handle);
      markActive(runner, true);
      const result = await work(runner.manager);
      await sendOn(handle, 'COMMIT');
      return result;
    } catch (error) {
      // It fails only when the connection is gone, and the transaction with it; the first error tells more.
      await sendOn(handle, 'ROLLBACK').catch(() => {});
      throw error;
    } finally {
      markActive(runner, false);
      await runner.release();
    }
  }

  private async begin(handle: MysqlHandle): Promise<void> {
    if (!this.told.has(handle)) {
      await sendOn(handle, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
      if (this.dataSource.options.type === 'mariadb')
        await sendOn(handle, `SET SESSION idle_transaction_timeout = ${IDLE_SECONDS}`);
      this.told.add(handle);
    }
    await sendOn(handle, 'START TRANSACTION');
  }
}

function isLockConflict(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { errno } = error.driverError as { errno?: number };
  return errno === DEADLOCK || errno === LOCK_TIMEOUT;
}
