import { Mutex } from 'async-mutex';
import type { DataSource, QueryRunner } from 'typeorm';
import { UnitOfWork, type Tx } from './unit-of-work.js';

/** The part of the libsql handle used here. */
interface SqliteHandle {
  exec(sql: string): void;
  readonly inTransaction: boolean;
}

/**
 * One transaction after the other on the writer connection. TypeORM shares a single SQLite connection, so that its
 * own transactions nest into each other when they overlap and lose rows; here BEGIN IMMEDIATE, COMMIT and ROLLBACK
 * are issued by ourselves behind a mutex (docs/adr/0002-unit-of-work.md).
 */
export class SqliteUnitOfWork extends UnitOfWork {
  private readonly mutex = new Mutex();

  constructor(private readonly writer: DataSource) {
    super();
  }

  protected override transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.mutex.runExclusive(() => this.exclusive(work));
  }

  private async exclusive<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.writer.createQueryRunner();
    const handle = (await runner.connect()) as SqliteHandle;
    handle.exec('BEGIN IMMEDIATE');
    markActive(runner, true);
    try {
      const result = await work(runner.manager);
      handle.exec('COMMIT');
      return result;
    } catch (error) {
      // SQLITE_FULL and the like have already rolled back; a second ROLLBACK would hide the first error.
      if (handle.inTransaction) handle.exec('ROLLBACK');
      throw error;
    } finally {
      markActive(runner, false);
      await runner.release();
    }
  }
}

/** Keeps TypeORM's own book-keeping from beginning (true) or remembering (false) a transaction of its own. */
function markActive(runner: QueryRunner, active: boolean): void {
  const state = runner as unknown as { isTransactionActive: boolean; transactionDepth: number };
  state.isTransactionActive = active;
  state.transactionDepth = active ? 1 : 0;
}
