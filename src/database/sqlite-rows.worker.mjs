// Plain JavaScript, because a worker thread is started from a file and no compiler stands between it and the tests.
import { parentPort, workerData } from 'node:worker_threads';
import Libsql from 'libsql';

const BATCH = 500;
const db = new Libsql(workerData.file);
db.pragma('query_only = ON');
db.pragma('busy_timeout = 5000');
let columns;
let rows;

function begin() {
  // Rows as arrays, and those as one text: objects take longer to make and to hand to another thread than to read.
  const statement = db.prepare(workerData.sql).raw(true);
  columns = statement.columns().map(({ name }) => name);
  return statement.iterate(...workerData.values);
}

parentPort.on('message', () => {
  try {
    rows ??= begin();
    const batch = [];
    for (let next = rows.next(); !next.done; next = rows.next()) {
      batch.push(next.value);
      if (batch.length === BATCH) break;
    }
    parentPort.postMessage(batch.length > 0 ? { columns, rows: JSON.stringify(batch) } : { done: true });
  } catch (error) {
    parentPort.postMessage({ error: String(error?.message ?? error) });
  }
});
