import { QueryFailedError, type DataSource } from 'typeorm';
import type { BoundValue, SendStatement, StatementResult } from './statements.js';

interface Header {
  affectedRows: number;
  insertId: number;
}

type Answered = (error: Error | null, result?: unknown[] | Header) => void;

/** The part of mysql2's pools and connections used here. */
export interface MysqlHandle {
  query(sql: string, values: BoundValue[], answered: Answered): void;
}

/** Sends statements on the transaction's connection, else on a free one of TypeORM's pool. */
export function mysqlStatements(dataSource: DataSource): SendStatement {
  const { pool } = dataSource.driver as unknown as { pool: MysqlHandle };
  return async (sql, values, tx) =>
    sendOn(tx ? ((await tx.queryRunner!.connect()) as MysqlHandle) : pool, sql, values);
}

/** Sends a statement on a connection. */
export function sendOn(
  handle: MysqlHandle,
  sql: string,
  values: BoundValue[] = [],
): Promise<StatementResult> {
  return new Promise((resolve, reject) =>
    handle.query(sql, values, (error, result) =>
      error ? reject(new QueryFailedError(sql, values, error)) : resolve(toResult(result)),
    ),
  );
}

function toResult(result: unknown[] | Header | undefined): StatementResult {
  if (Array.isArray(result)) return { rows: result, affected: 0, insertId: 0 };
  return { rows: [], affected: result?.affectedRows ?? 0, insertId: result?.insertId ?? 0 };
}
