import type { DataSource } from 'typeorm';
import type { RowStream } from './database.js';
import { bound, type SqlValue } from './sql.js';

/** Reads a result from the server while it is being consumed; back-pressure reaches the server's cursor. */
export function mysqlRowStream(dataSource: DataSource): RowStream {
  return async function* stream<T>(sql: string, values: readonly SqlValue[] = []) {
    const runner = dataSource.createQueryRunner();
    try {
      const rows = await runner.stream(sql, values.map(bound));
      for await (const row of rows) yield row as T;
    } finally {
      await runner.release();
    }
  };
}
