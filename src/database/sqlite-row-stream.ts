import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { RowStream } from './database.js';
import { bound, type SqlValue } from './sql.js';

type Message = { columns: string[]; rows: string } | { error: string } | { done: true };

/**
 * Reads a result in a thread of its own, since SQLite is synchronous and a long query would stop every other request.
 * One batch is read ahead while the last one is consumed, and no more, so memory stays flat.
 */
export function sqliteRowStream(file: string): RowStream {
  return async function* stream<T>(sql: string, values: readonly SqlValue[] = []) {
    const worker = new Worker(new URL('./sqlite-rows.worker.mjs', import.meta.url), {
      workerData: { file, sql, values: values.map(bound) },
    });
    let next = ask(worker);
    try {
      for (;;) {
        const message = await next;
        if ('error' in message) throw new Error(message.error);
        if ('done' in message) return;
        next = ask(worker);
        for (const values of JSON.parse(message.rows) as unknown[][])
          yield named(message.columns, values) as T;
      }
    } finally {
      await worker.terminate();
    }
  };
}

function named(columns: readonly string[], values: readonly unknown[]): unknown {
  const row: Record<string, unknown> = {};
  for (let n = 0; n < columns.length; n += 1) row[columns[n]!] = values[n];
  return row;
}

function ask(worker: Worker): Promise<Message> {
  const message = once(worker, 'message').then(([message]) => message as Message);
  // It may fail while the batch before it is still being consumed, or not be wanted any more.
  message.catch(() => {});
  worker.postMessage('next');
  return message;
}
