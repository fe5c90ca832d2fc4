import { resolve } from 'node:path';
import { z } from 'zod';
import { readEnv } from '../config/env.js';
import { command } from './command.js';
import { restoreMysql } from './mysql-restore.js';
import { sqliteFile } from './sqlite-backup.js';
import { restoreSqlite } from './sqlite-restore.js';

const USAGE = `restore --from <file> [--overwrite <database>]
      Puts a backup into the database of DATABASE_URL. The server must be stopped. A database that holds anything is
      replaced only when --overwrite names it exactly: the database, or the name of the SQLite file.`;

const options = z.object({ from: z.string().min(1), overwrite: z.string().min(1).optional() });

/** Puts a backup in place. */
export const restore = command('restore', USAGE, options, async ({ from, overwrite }) => {
  const { DATABASE_URL } = readEnv(process.env);
  const source = resolve(from);
  if (DATABASE_URL.startsWith('sqlite:')) await restoreSqlite(source, sqliteFile(DATABASE_URL), overwrite);
  else await restoreMysql(source, DATABASE_URL, overwrite);
  console.log(`${from} is restored. Start the server: it brings an older schema up to date.`);
  return 0;
});
