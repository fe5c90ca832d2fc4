import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RowStream } from './database.js';
import { bound, type SqlValue } from './sql.js';

type Message = { rows: unknown[] } | { error: string } | { done: true };

/**
 * Reads a result in a thread of its own, since SQLite is synchronous and a long query would stop every other request.
 * The next batch is asked for only when the last one is consumed, so memory stays flat.
 */
export function sqliteRowStream(file: string): RowStream {
  return async function* stream<T>(sql: string, values: readonly SqlValue[] = []) {
    const worker = new Worker(new URL('./sqlite-rows.worker.mjs', import.meta.url), {
      workerData: { file, sql, values: values.map(bound) },
    });
    try {
      for (;;) {
        worker.postMessage('next');
        const [message] = (await once(worker, 'message')) as [Message];
        if ('error' in message) throw new Error(message.error);
        if ('done' in message) return;
        yield* message.rows as T[];
      }
    } finally {
      await worker.terminate();
    }
  };
}
