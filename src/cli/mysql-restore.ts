import { open } from 'node:fs/promises';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { isComplete } from './mysql-backup.js';
import { mysqlAddress, runTool, type MysqlAddress } from './mysql-tools.js';

/** Loads a dump into an empty database, or into one that may be emptied. */
export async function restoreMysql(source: string, url: string, overwrite?: string): Promise<void> {
  const address = mysqlAddress(url);
  const handle = await open(source, 'r').catch(() => {
    throw new Error(`There is no file ${source}.`);
  });
  const connection = await createConnection(url.replace(/^mariadb:/, 'mysql:'));
  try {
    if (!(await isComplete(handle))) throw new Error(`${source} is not a whole dump.`);
    await refuseWhileInUse(connection, address);
    await makeEmpty(connection, address, overwrite);
    const args = ['--default-character-set=utf8mb4', address.database];
    await runTool({ address, tools: ['mariadb', 'mysql'], args, input: handle.fd });
  } finally {
    await connection.end();
    await handle.close();
  }
}

/** Servers keep connections open. The lock is the one under which they migrate, so none starts in the middle. */
async function refuseWhileInUse(connection: Connection, { database }: MysqlAddress): Promise<void> {
  const [locked] = await connection.query<RowDataPacket[]>(
    "SELECT GET_LOCK(CONCAT('vagtklar:', MD5(DATABASE())), 0) AS taken",
  );
  const [others] = await connection.query<RowDataPacket[]>(
    'SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND id <> CONNECTION_ID()',
  );
  if (locked[0]?.['taken'] !== 1 || others.length > 0)
    throw new Error(
      `${database} is in use (${others.length} other connections): stop every server that works on it.`,
    );
}

async function makeEmpty(
  connection: Connection,
  { database }: MysqlAddress,
  overwrite?: string,
): Promise<void> {
  const [tables] = await connection.query<RowDataPacket[]>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  if (tables.length === 0) return;
  if (overwrite !== database)
    throw new Error(`${database} is not empty. To replace what is in it, say --overwrite ${database}`);
  await connection.query('SET foreign_key_checks = 0');
  for (const { name } of tables as { name: string }[]) await connection.query('DROP TABLE ??', [name]);
  await connection.query('SET foreign_key_checks = 1');
}
