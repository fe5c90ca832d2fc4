import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import Libsql from 'libsql';
import { DataSource } from 'typeorm';
import type { Env } from '../config/env.js';
import { Database } from './database.js';
import { loadMigrations } from './load-migrations.js';
import type { OpenOptions } from './open-database.js';
import { sqliteStatements, type SqliteHandle } from './sqlite-statements.js';
import { SqliteUnitOfWork } from './sqlite-unit-of-work.js';
import { sqliteRowStream } from './sqlite-row-stream.js';
import { sendStatementsBy } from './statements.js';

/** 128 MiB a connection at most: with the 2 MiB SQLite takes by itself, writing slows down once the indices have outgrown them. */
const PAGE_CACHE = 'cache_size = -131072';

/**
 * The reader sees the file through memory, 1 GiB of it at most: after each commit of the writer SQLite empties the reader's cache,
 * and reading the pages again call by call costs a quarter of the rate once the indices are deep.
 */
const MAPPED = 'mmap_size = 1073741824';

type Handle = InstanceType<typeof Libsql>;

/**
 * The embedded database: one writer connection behind a mutex and one reader that refuses to write, both on the same
 * file in WAL mode.
 */
export async function openSqlite(env: Env, options: OpenOptions): Promise<Database> {
  const file = resolve(env.DATABASE_URL.slice('sqlite:'.length));
  mkdirSync(dirname(file), { recursive: true });
  const releaseLock = options.exclusive ? lockFile(file) : () => {};
  try {
    const writer = dataSource(file, options, (db) => {
      db.pragma('journal_mode = WAL');
      db.pragma('synchronous = FULL');
      db.pragma('busy_timeout = 5000');
      db.pragma(PAGE_CACHE);
    });
    writer.setOptions({ migrations: await loadMigrations() });
    await writer.initialize();
    await writer.runMigrations({ transaction: 'each' });
    const reader = dataSource(file, options, (db) => {
      db.pragma('busy_timeout = 5000');
      db.pragma('query_only = ON');
      db.pragma(MAPPED);
      db.pragma(PAGE_CACHE);
    });
    await reader.initialize();
    const writing = await handleOf(writer);
    sendStatementsBy(writer, sqliteStatements(writing));
    sendStatementsBy(reader, sqliteStatements(await handleOf(reader)));
    return new Database({
      kind: 'sqlite',
      reader,
      unitOfWork: new SqliteUnitOfWork(writer, writing),
      streamRows: sqliteRowStream(file),
      close: async () => {
        await reader.destroy();
        await writer.destroy();
        releaseLock();
      },
    });
  } catch (error) {
    releaseLock();
    throw error;
  }
}

function dataSource(file: string, options: OpenOptions, prepareDatabase: (db: Handle) => void): DataSource {
  return new DataSource({
    type: 'better-sqlite3',
    driver: Libsql,
    database: file,
    entities: options.entities,
    prepareDatabase,
  });
}

/** TypeORM has one connection for each data source on SQLite. */
function handleOf(source: DataSource): Promise<SqliteHandle> {
  return source.createQueryRunner().connect() as Promise<SqliteHandle>;
}

/** Holds a lock that the operating system gives back even when the process is killed. */
function lockFile(file: string): () => void {
  const lock = new Libsql(`${file}.lock`);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new Error(
      `The database ${file} is in use by another server. One SQLite file takes one server: ` +
        'stop the other one, or set DATABASE_URL to a MySQL or MariaDB server to run several.',
    );
  }
  return () => lock.close();
}
