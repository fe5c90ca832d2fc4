import { Worker } from 'node:worker_threads';
import { parse } from 'csv-parse';
import { DomainError } from '../../common/domain-error.js';
import { SAMPLE_ROWS, type TableRow } from './table-header.rules.js';
import { delimiterOf, delimiterOfLines } from './table-text.rules.js';
import { assertUnfoldsSmall } from './zip-size.js';

/** More rows than any municipality has; a longer table is most likely the wrong file. */
export const MAX_ROWS = 20_000;
/** The longest text any column takes is 500 characters; one more shows that it was too long. */
const MAX_CELL = 501;
const MAX_COLUMNS = 200;
const XLSX_LIMIT_MS = 30_000;

/**
 * The cells of a table as texts, row by row, the headings first: XLSX, or CSV in the encodings and with the separators
 * that spreadsheets write.
 * @param hasTitles whether titles may stand above the headings
 * @throws DomainError `table_unreadable`, `table_old_excel`, `table_empty`, `table_too_long`
 */
export async function readTable(content: Buffer, hasTitles = false): Promise<TableRow[]> {
  if (content.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0])))
    throw new DomainError('table_old_excel', 'rule');
  const isZip = content.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'));
  const all = isZip ? await readXlsx(content) : await readCsv(content, hasTitles);
  const rows = all
    .map((cells, index) => ({ number: index + 1, cells: cells.slice(0, MAX_COLUMNS).map(plainCell) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  if (rows.length < 2) throw new DomainError('table_empty', 'rule');
  if (rows.length > MAX_ROWS + 1)
    throw new DomainError('table_too_long', 'rule', { args: { maximum: MAX_ROWS } });
  return rows;
}

/** Control characters have no place in a cell, and would grow sixfold in JSON. */
function plainCell(cell: string): string {
  return cell
    .slice(0, MAX_CELL)
    .replace(/\p{Cc}/gu, ' ')
    .trim();
}

let lastWorkbook: Promise<unknown> = Promise.resolve();

async function readCsv(content: Buffer, hasTitles: boolean): Promise<string[][]> {
  const text = decode(content);
  // Binary content that is no table at all.
  if (text.includes('\u0000')) throw new DomainError('table_unreadable', 'rule');
  try {
    const rows: string[][] = [];
    const parser = parse(text, {
      delimiter: hasTitles ? delimiterOfLines(firstLines(text)) : delimiterOf(text),
      bom: true,
      relax_column_count: true,
      max_record_size: 100_000,
    });
    for await (const row of parser) {
      rows.push(row as string[]);
      if (rows.length > 2 * MAX_ROWS) break;
    }
    return rows;
  } catch {
    throw new DomainError('table_unreadable', 'rule');
  }
}

function firstLines(text: string): string[] {
  const lines = text.slice(0, 100_000).split(/\r?\n|\r/);
  return lines.filter((line) => line.trim() !== '').slice(0, SAMPLE_ROWS);
}

/** UTF-8 and UTF-16 by their marks, UTF-8 without one when it is valid, else windows-1252 as older Excels write it. */
function decode(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content);
  if (content[0] === 0xfe && content[1] === 0xff) return new TextDecoder('utf-16be').decode(content);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('windows-1252').decode(content);
  }
}

/** Reads a workbook's first sheet in a thread with little memory: a workbook is a zip and may unfold without end. */
async function readXlsx(content: Buffer): Promise<string[][]> {
  // One after the other, so that several large ones do not fill the memory together.
  const turn = lastWorkbook.then(async () => {
    await assertUnfoldsSmall(content);
    return readFirstSheet(content);
  });
  lastWorkbook = turn.catch(() => undefined);
  return turn;
}

function readFirstSheet(content: Buffer): Promise<string[][]> {
  const worker = new Worker(new URL('./read-xlsx.worker.mjs', import.meta.url), {
    workerData: { content, maxRows: MAX_ROWS + 2 },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new DomainError('table_unreadable', 'rule'));
    const timer = setTimeout(() => {
      refuse();
      void worker.terminate();
    }, XLSX_LIMIT_MS);
    worker.once('message', (message: { rows: string[][] } | { error: string }) => {
      if ('rows' in message) resolve(message.rows);
      else refuse();
    });
    worker.once('error', refuse);
    worker.once('exit', () => {
      clearTimeout(timer);
      refuse();
    });
  });
}
