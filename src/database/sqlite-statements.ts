import { QueryFailedError } from 'typeorm';
import type { BoundValue, SendStatement, StatementResult } from './statements.js';

/** The part of a libsql statement used here. */
interface SqliteStatement {
  readonly reader: boolean;
  all(values: BoundValue[]): unknown[];
  run(values: BoundValue[]): { changes: number; lastInsertRowid: number | bigint };
}

/** The part of a libsql connection used here. */
export interface SqliteHandle {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  readonly inTransaction: boolean;
}

/** Lists with their filters make many statements; the oldest makes room and is prepared again when it comes back. */
const KEPT = 500;

/** Prepares each statement once for the connection, and runs it at once: SQLite is synchronous. */
export function sqliteStatements(handle: SqliteHandle): SendStatement {
  const prepared = new Map<string, (values: BoundValue[]) => StatementResult>();
  const prepare = (sql: string) => {
    const run = runner(handle.prepare(sql));
    const oldest = prepared.size >= KEPT ? prepared.keys().next().value : undefined;
    if (oldest !== undefined) prepared.delete(oldest);
    prepared.set(sql, run);
    return run;
  };
  return (sql, values) => {
    try {
      return (prepared.get(sql) ?? prepare(sql))(values);
    } catch (error) {
      throw new QueryFailedError(sql, values, error as Error);
    }
  };
}

function runner(statement: SqliteStatement): (values: BoundValue[]) => StatementResult {
  if (statement.reader) return (values) => ({ rows: statement.all(values), affected: 0, insertId: 0 });
  return (values) => {
    const { changes, lastInsertRowid } = statement.run(values);
    return { rows: [], affected: changes, insertId: Number(lastInsertRowid) };
  };
}
