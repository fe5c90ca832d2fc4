import { EntityManager, type DataSource } from 'typeorm';

/** A value in the form that both drivers take. */
export type BoundValue = string | number | null;

/** What a statement gave: rows of a SELECT, else what it changed. */
export interface StatementResult {
  rows: unknown[];
  affected: number;
  insertId: number;
}

/** Sends a statement; without `tx` on any connection, with it on the connection of the transaction. */
export type SendStatement = (
  sql: string,
  values: BoundValue[],
  tx: EntityManager | undefined,
) => StatementResult | Promise<StatementResult>;

const senders = new WeakMap<DataSource, SendStatement>();

/**
 * Lets the statements we write ourselves reach the driver without TypeORM's query runner, whose logging, broadcasting and
 * statement cache (its own inserts hold literal ids, so that each fills one place of it) took longer than the statements.
 */
export function sendStatementsBy(dataSource: DataSource, send: SendStatement): void {
  senders.set(dataSource, send);
}

/** Sends a statement to where the source reads and writes. */
export async function sendStatement(
  source: EntityManager | DataSource,
  sql: string,
  values: BoundValue[],
): Promise<StatementResult> {
  const isManager = source instanceof EntityManager;
  const dataSource = isManager ? source.dataSource : source;
  const send = senders.get(dataSource);
  if (!send) throw new Error('This data source was not opened by openDatabase().');
  return send(sql, values, isManager && source.queryRunner ? source : undefined);
}
