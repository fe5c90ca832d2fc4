import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const run = promisify(execFile);

describe('the command line', () => {
  let database: TestDatabase;
  const cli = async (...args: string[]) => {
    const env = {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      MAIL_DIR: join(database.folder, 'mail'),
    };
    try {
      const { stdout, stderr } = await run(process.execPath, ['dist/cli/main.js', ...args], { env });
      return { code: 0, said: stdout + stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
      return { code, said: stdout + stderr };
    }
  };

  beforeAll(async () => {
    database = await createTestDatabase();
    const user = [
      '--email',
      'anna@ddh.test',
      '--first-name',
      'Anna',
      '--last-name',
      'Bech',
      '--municipality',
      '751',
    ];
    expect((await cli('create-user', ...user)).code).toBe(0);
  });
  afterAll(() => database.drop());

  it('imports a table: first the faults, then, when told to, the rows', async () => {
    const file = join(database.folder, 'ledere.csv');
    await writeFile(file, 'Fornavn;Efternavn;E-mail;Kommune\nOle;Bo;ole@aarhus.test;Aarhus\nIb;;x;751\n');
    const args = ['import', '--kind', 'users', '--file', file, '--as', 'anna@ddh.test'];
    const checked = await cli(...args);
    expect(checked.code).toBe(1);
    expect(checked.said).toContain('row 3, lastName:');
    expect(checked.said).toContain('2 rows: 1 faultless, 1 faulty, 0 written');
    expect((await cli(...args, '--commit', 'yes')).said).toContain('1 written');
    expect(
      (await cli('import', '--kind', 'users', '--file', file, '--as', 'ole@aarhus.test')).said,
    ).toContain('not somebody in the secretariat');
  });

  it('exports the report, and runs what has served its time', async () => {
    for (const ending of ['csv', 'xlsx']) {
      const to = join(database.folder, `rapport.${ending}`);
      expect((await cli('export', '--to', to)).code).toBe(0);
      expect((await readFile(to)).length).toBeGreaterThan(50);
    }
    expect((await cli('retention')).said).toContain('agents: 0');
  });

  it('tells how it is used', async () => {
    expect((await cli('export')).code).toBe(2);
    expect((await cli()).said).toContain('create-user');
    expect((await cli('nonsense')).code).toBe(2);
  });
});
