import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

/** A fresh, empty database, and how to get rid of it. */
export interface TestDatabase {
  url: string;
  folder: string;
  drop: () => Promise<void>;
}

/** The server on which `npm run test:mariadb` makes its databases. */
export const MARIADB_URL = process.env['TEST_MARIADB_URL'] ?? 'mysql://root@127.0.0.1:3306';

/** Which database the run is about. */
export const isMariadb = process.env['TEST_DATABASE'] === 'mariadb';

let counter = 0;

/** Makes a database of its own for a suite, on SQLite or, with `TEST_DATABASE=mariadb`, on the server. */
export async function createTestDatabase(options = ''): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'vagtklar-test-'));
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  if (!isMariadb) return { url: `sqlite:${join(folder, 'test.db')}`, folder, drop: removeFolder };

  counter += 1;
  const name = `vagtklar_test_${process.pid}_${counter}_${Date.now().toString(36)}`;
  await onServer(`CREATE DATABASE ${name} ${options}`);
  return {
    url: `${MARIADB_URL}/${name}`,
    folder,
    drop: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name}`);
      await removeFolder();
    },
  };
}

async function onServer(sql: string): Promise<void> {
  const connection = await createConnection(MARIADB_URL);
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
