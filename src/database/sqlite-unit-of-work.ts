import type { DataSource } from 'typeorm';
import type { SqliteHandle } from './sqlite-statements.js';
import { markActive } from './transaction-mark.js';
import { UnitOfWork, type Tx } from './unit-of-work.js';

/** Bounds how long the first of a group waits for the others. */
const LARGEST_GROUP = 50;

/** What came of a unit; told once it is known to be on disk. */
interface Outcome {
  error?: unknown;
  tell: () => void;
}

/** A unit that waits for its turn. */
interface Waiting {
  run: (tx: Tx) => Promise<Outcome>;
  reject: (error: unknown) => void;
}

/**
 * One unit after the other on the writer connection. TypeORM shares a single SQLite connection, so that its own
 * transactions nest into each other when they overlap and lose rows; here BEGIN IMMEDIATE, COMMIT and ROLLBACK are issued by
 * ourselves (docs/adr/0002-unit-of-work.md). Units that wait at the same time share one COMMIT, each in a savepoint of its own,
 * and none is answered before it (docs/adr/0010-group-commit.md).
 */
export class SqliteUnitOfWork extends UnitOfWork {
  private readonly waiting: Waiting[] = [];
  private isRunning = false;

  constructor(
    private readonly writer: DataSource,
    private readonly handle: SqliteHandle,
  ) {
    super();
  }

  protected override transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = async (tx: Tx): Promise<Outcome> => {
        try {
          const result = await work(tx);
          return { tell: () => resolve(result) };
        } catch (error) {
          return { error: error ?? new Error('The unit failed.'), tell: () => reject(error) };
        }
      };
      this.waiting.push({ run, reject });
      if (this.isRunning) return;
      this.isRunning = true;
      // Requests that have arrived at the same time get here first, and share the commit.
      setImmediate(() => void this.runWaiting());
    });
  }

  private async runWaiting(): Promise<void> {
    while (this.waiting.length > 0) {
      await this.commitGroup(this.waiting.splice(0, LARGEST_GROUP));
      // Answers go out and requests come in between two groups.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.isRunning = false;
  }

  private async commitGroup(group: Waiting[]): Promise<void> {
    try {
      this.handle.exec('BEGIN IMMEDIATE');
    } catch (error) {
      for (const unit of group) unit.reject(error);
      return;
    }
    try {
      for (const outcome of await this.runAndCommit(group)) outcome.tell();
    } catch (error) {
      // Each is tried alone, so that one too large for the disk fails only itself.
      if (group.length === 1) group[0]!.reject(error);
      else for (const unit of group) await this.commitGroup([unit]);
    }
  }

  private async runAndCommit(group: Waiting[]): Promise<Outcome[]> {
    const runner = this.writer.createQueryRunner();
    markActive(runner, true);
    try {
      const outcomes: Outcome[] = [];
      for (const unit of group) outcomes.push(await this.runUnit(unit, runner.manager));
      this.handle.exec('COMMIT');
      return outcomes;
    } catch (error) {
      // SQLITE_FULL and the like have already rolled back; a second ROLLBACK would hide the first error.
      if (this.handle.inTransaction) this.handle.exec('ROLLBACK');
      throw error;
    } finally {
      markActive(runner, false);
      await runner.release();
    }
  }

  private async runUnit(unit: Waiting, tx: Tx): Promise<Outcome> {
    this.handle.exec('SAVEPOINT unit');
    const outcome = await unit.run(tx);
    // A full disk rolls back the whole group.
    if (outcome.error && !this.handle.inTransaction) throw outcome.error;
    if (outcome.error) this.handle.exec('ROLLBACK TO unit');
    this.handle.exec('RELEASE unit');
    return outcome;
  }
}
