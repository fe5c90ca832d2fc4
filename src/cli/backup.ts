import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { readEnv } from '../config/env.js';
import { command } from './command.js';
import { backupMysql } from './mysql-backup.js';
import { backupSqlite, sqliteFile } from './sqlite-backup.js';

const USAGE = `backup --to <folder>
      Writes a consistent copy of the database into the folder, while the server runs.`;

/** Copies the database as it is at one moment. */
export const backup = command('backup', USAGE, z.object({ to: z.string().min(1) }), async ({ to }) => {
  const { DATABASE_URL } = readEnv(process.env);
  const folder = resolve(to);
  await mkdir(folder, { recursive: true });
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  const file = DATABASE_URL.startsWith('sqlite:')
    ? await backupSqlite(sqliteFile(DATABASE_URL), folder, stamp)
    : await backupMysql(DATABASE_URL, folder, stamp);
  console.log(
    `The database is backed up in ${file}. Keep APP_SECRET with it: without it parts cannot be read.`,
  );
  return 0;
});
