import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import { openDatabase } from '../../src/database/open-database.js';
import { createTestDatabase, isMariadb } from '../support/test-database.js';

const open = (url: string, exclusive = false) =>
  openDatabase(readEnv({ NODE_ENV: 'test', DATABASE_URL: url }), { entities, exclusive });

describe('migrations', () => {
  it('give exactly the schema that the entities describe', async () => {
    const own = await createTestDatabase();
    const database = await open(own.url);
    const { upQueries } = await database.reader.driver.createSchemaBuilder().log();
    await database.close();
    await own.drop();
    expect(upQueries.map((query) => query.query)).toEqual([]);
  });

  it('can be run again after a crash in the middle', async () => {
    const own = await createTestDatabase();
    const first = await open(own.url);
    // As if the process had died after the tables were made and before that was noted.
    await first.unitOfWork.run((tx) => tx.query('DELETE FROM migrations'));
    await first.close();
    const second = await open(own.url);
    const rows = await second.select<{ n: number | string }>('SELECT COUNT(*) AS n FROM municipality');
    await second.close();
    await own.drop();
    expect(Number(rows[0]!.n)).toBe(98);
  });

  (isMariadb ? it : it.skip)('are run once when two instances start together', async () => {
    const own = await createTestDatabase();
    const [a, b, c] = await Promise.all([open(own.url), open(own.url), open(own.url)]);
    const names = await a.select<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    await Promise.all([a.close(), b.close(), c.close()]);
    await own.drop();
    expect(new Set(names.map((row) => row.name)).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(5);
  });

  (isMariadb ? it : it.skip)(
    'make tables for every letter, also in a database made for Western ones',
    async () => {
      const own = await createTestDatabase('CHARACTER SET latin1');
      const database = await open(own.url);
      const tables = await database.select<{ name: string }>(
        `SELECT TABLE_NAME AS name FROM information_schema.TABLES
        WHERE TABLE_SCHEMA = DATABASE() AND TABLE_COLLATION NOT LIKE 'utf8mb4%'`,
      );
      await database.close();
      await own.drop();
      expect(tables).toEqual([]);
    },
  );
});
