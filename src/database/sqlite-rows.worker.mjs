// Plain JavaScript, because a worker thread is started from a file and no compiler stands between it and the tests.
import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

const BATCH = 500;
const db = new Libsql(workerData.file);
db.pragma('query_only = ON');
db.pragma('busy_timeout = 5000');
let rows;

parentPort.on('message', () => {
  try {
    rows ??= db.prepare(workerData.sql).iterate(...workerData.values);
    const batch = [];
    for (let next = rows.next(); !next.done; next = rows.next()) {
      batch.push(next.value);
      if (batch.length === BATCH) break;
    }
    parentPort.postMessage(batch.length > 0 ? { rows: batch } : { done: true });
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});
