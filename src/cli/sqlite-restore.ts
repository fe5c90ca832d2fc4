import { existsSync, statSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import Libsql from 'libsql';
import { checkSqlite, putInPlace } from './sqlite-backup.js';

/** Puts a copy in the place of the database file; what was there stays beside it under another name. */
export async function restoreSqlite(source: string, target: string, overwrite?: string): Promise<void> {
  if (!existsSync(source)) throw new Error(`There is no file ${source}.`);
  await mkdir(dirname(target), { recursive: true });
  const release = holdLock(target);
  const part = `${target}.restoring`;
  try {
    const isTaken = existsSync(target) && statSync(target).size > 0;
    if (isTaken && overwrite !== basename(target))
      throw new Error(`${target} exists. To replace it, say --overwrite ${basename(target)}`);
    await copyFile(source, part);
    await chmod(part, 0o600);
    checkSqlite(part);
    if (isTaken) await setAside(target);
    await putInPlace(part, target);
  } finally {
    for (const ending of ['', '-wal', '-shm']) await rm(`${part}${ending}`, { force: true });
    release();
  }
}

/** The lock that a running server holds (`src/database/open-sqlite.ts`); whoever holds it keeps servers from starting. */
function holdLock(target: string): () => void {
  const lock = new Libsql(`${target}.lock`);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Error(`A server is using ${target}: stop it first.`);
  }
  return () => lock.close();
}

/** Keeps the old file under a second name. Its log must go: it would be played into the new file. */
async function setAside(target: string): Promise<void> {
  const aside = `${target}.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  try {
    foldLogIn(target);
  } catch {
    // Damaged, which may be why a backup is restored: kept with its log as it is.
  }
  await link(target, aside);
  for (const ending of ['-wal', '-shm'])
    if (existsSync(target + ending)) await rename(target + ending, aside + ending);
}

function foldLogIn(file: string): void {
  const db = new Libsql(file);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}
