import { createConnection, type Connection } from 'mysql2/promise';
import { DataSource } from 'typeorm';
import type { Env } from '../config/env.js';
import { Database } from './database.js';
import { loadMigrations } from './load-migrations.js';
import { mysqlRowStream } from './mysql-row-stream.js';
import { mysqlStatements } from './mysql-statements.js';
import { MysqlUnitOfWork } from './mysql-unit-of-work.js';
import type { OpenOptions } from './open-database.js';
import { sendStatementsBy } from './statements.js';

const MIGRATION_LOCK_SECONDS = 120;

/** A pool on a MySQL or MariaDB server; instances that start together migrate one after the other. */
export async function openMysql(env: Env, options: OpenOptions): Promise<Database> {
  const url = env.DATABASE_URL.replace(/^mariadb:/, 'mysql:');
  const dataSource = new DataSource({
    // With type `mysql` a MariaDB server shows false schema differences, so the server itself is asked.
    type: await serverType(url),
    url,
    entities: options.entities,
    migrations: await loadMigrations(),
    timezone: 'Z',
    charset: 'utf8mb4',
    isolationLevel: 'READ COMMITTED',
    poolSize: env.DATABASE_POOL_SIZE,
    connectTimeout: 10_000,
  });
  await withMigrationLock(url, async () => {
    await dataSource.initialize();
    await dataSource.runMigrations({ transaction: 'each' });
  });
  sendStatementsBy(dataSource, mysqlStatements(dataSource));
  return new Database({
    kind: 'mysql',
    reader: dataSource,
    unitOfWork: new MysqlUnitOfWork(dataSource),
    streamRows: mysqlRowStream(dataSource),
    close: () => dataSource.destroy(),
  });
}

async function serverType(url: string): Promise<'mysql' | 'mariadb'> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<never[]>('SELECT VERSION() AS version');
    const [row] = rows as { version: string }[];
    return row?.version.includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}

/** The lock belongs to the connection, so the server frees it by itself when an instance dies in the middle. */
async function withMigrationLock(url: string, work: () => Promise<void>): Promise<void> {
  const connection = await createConnection(url);
  try {
    const [rows] = await connection.query<never[]>(
      "SELECT GET_LOCK(CONCAT('vagtklar:', MD5(DATABASE())), ?) AS taken",
      [MIGRATION_LOCK_SECONDS],
    );
    if ((rows as { taken: number }[])[0]?.taken !== 1)
      throw new Error('Another instance has been migrating the database for two minutes: look at its log.');
    await speakUtf8(connection);
    await work();
  } finally {
    await connection.end();
  }
}

/** New tables take the database's character set, and a database made on an old server may know Western letters only. */
async function speakUtf8(connection: Connection): Promise<void> {
  const [rows] = await connection.query<never[]>(
    'SELECT DATABASE() AS name, @@character_set_database AS charset',
  );
  const [{ name, charset } = { name: '', charset: '' }] = rows as { name: string; charset: string }[];
  if (charset !== 'utf8mb4') await connection.query('ALTER DATABASE ?? CHARACTER SET utf8mb4', [name]);
}
