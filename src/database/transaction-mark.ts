import type { QueryRunner } from 'typeorm';

/** Keeps TypeORM's own book-keeping from beginning (true) or remembering (false) a transaction of its own. */
export function markActive(runner: QueryRunner, active: boolean): void {
  const state = runner as unknown as { isTransactionActive: boolean; transactionDepth: number };
  state.isTransactionActive = active;
  state.transactionDepth = active ? 1 : 0;
}
