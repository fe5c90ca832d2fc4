import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';

/** The handle of the running transaction; passed on explicitly to everything that writes. */
export type Tx = EntityManager;

const running = new AsyncLocalStorage<true>();

/** Whether the present call chain is inside a unit of work, where everything must go through its `tx`. */
export function isInsideUnitOfWork(): boolean {
  return running.getStore() === true;
}

/** The only way to write. */
export abstract class UnitOfWork {
  /**
   * Runs the work in one transaction and gives its result once that is committed; any error rolls everything back.
   * The work may run more than once (deadlock), so it must touch nothing outside the database.
   * @throws Error when called inside another unit of work
   */
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    if (isInsideUnitOfWork()) throw new Error('A unit of work was begun inside another one: pass its tx on.');
    return this.transaction((tx) => running.run(true, () => work(tx)));
  }

  protected abstract transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}
