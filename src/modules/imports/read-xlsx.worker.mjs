// Plain JavaScript, because a worker thread is started from a file and no compiler stands between it and the tests.
import { parentPort, workerData } from 'node:worker_threads';
import { readSheet } from 'read-excel-file/node';

/** A cell as text; a date without a time of day becomes a day. */
const textOf = (cell) => {
  if (cell === null || cell === undefined) return '';
  if (!(cell instanceof Date)) return String(cell);
  const iso = cell.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso;
};

try {
  const rows = await readSheet(Buffer.from(workerData.content));
  parentPort.postMessage({ rows: rows.slice(0, workerData.maxRows).map((row) => row.map(textOf)) });
} catch (error) {
  parentPort.postMessage({ error: String(error?.message ?? error) });
}
