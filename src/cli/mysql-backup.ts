import { open, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { mysqlAddress, runTool } from './mysql-tools.js';
import { putInPlace } from './sqlite-backup.js';

const DUMP = [
  // One snapshot of all tables; nobody is locked out meanwhile.
  '--single-transaction',
  '--skip-lock-tables',
  '--routines',
  '--triggers',
  '--hex-blob',
  '--no-tablespaces',
  '--default-character-set=utf8mb4',
  // MySQL's own tool would otherwise write what only its administrator may restore; MariaDB's does not know it.
  '--loose-set-gtid-purged=OFF',
];

/** Dumps the database as it is at one moment. Gives the path of the dump. */
export async function backupMysql(url: string, folder: string, stamp: string): Promise<string> {
  const address = mysqlAddress(url);
  const file = join(folder, `${address.database}-${stamp}.sql`);
  const part = `${file}.part`;
  const handle = await open(part, 'wx+', 0o600);
  try {
    const args = [...DUMP, address.database];
    await runTool({ address, tools: ['mariadb-dump', 'mysqldump'], args, output: handle.fd });
    if (!(await isComplete(handle))) throw new Error('The dump has no end: it is not whole.');
    await putInPlace(part, file);
  } finally {
    await handle.close();
    await rm(part, { force: true });
  }
  return file;
}

/** The tools write this line last. */
export async function isComplete(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  const tail = Buffer.alloc(Math.min(size, 200));
  await handle.read(tail, 0, tail.length, size - tail.length);
  return tail.toString('latin1').includes('-- Dump completed');
}
