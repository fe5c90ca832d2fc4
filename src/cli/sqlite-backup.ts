import { existsSync } from 'node:fs';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import Libsql from 'libsql';

/** The file of an SQLite `DATABASE_URL`. */
export function sqliteFile(url: string): string {
  return resolve(url.slice('sqlite:'.length));
}

/** Copies the file as it is at one moment; the server may go on writing meanwhile. Gives the path of the copy. */
export async function backupSqlite(file: string, folder: string, stamp: string): Promise<string> {
  if (!existsSync(file)) throw new Error(`There is no database ${file}.`);
  const copy = join(folder, `${parse(file).name}-${stamp}.db`);
  const part = `${copy}.part`;
  try {
    // Made before it is filled, so that nobody else can read the personal data in it.
    await writeFile(part, '', { mode: 0o600, flag: 'wx' });
    vacuumInto(file, part);
    checkSqlite(part);
    await putInPlace(part, copy);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  return copy;
}

/** @throws Error when the file is no whole database of ours */
export function checkSqlite(file: string): void {
  const db = new Libsql(file, { readonly: true });
  try {
    const [check] = db.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
    if (check?.integrity_check !== 'ok') throw new Error(`${file} is damaged: ${check?.integrity_check}`);
    if (db.prepare('PRAGMA foreign_key_check').all().length > 0)
      throw new Error(`${file} is not whole: some of its rows name rows that are not there.`);
    if (!db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'migrations'").get())
      throw new Error(`${file} is not a database of Vagtklar.`);
  } finally {
    db.close();
  }
}

/** Renames a complete file, on the disk before and after, so that a power cut leaves the one or the other. */
export async function putInPlace(from: string, to: string): Promise<void> {
  await flush(from);
  await rename(from, to);
  await flush(dirname(to));
}

function vacuumInto(file: string, part: string): void {
  const db = new Libsql(file);
  try {
    db.pragma('busy_timeout = 30000');
    db.prepare('VACUUM INTO ?').run(part);
  } finally {
    db.close();
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
