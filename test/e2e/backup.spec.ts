import { execFile } from 'node:child_process';
import { readdir, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import { openDatabase } from '../../src/database/open-database.js';
import { Api, signIn } from '../support/api.js';
import { anAgent } from '../support/builders.js';
import { ServerProcess } from '../support/server-process.js';
import { createTestDatabase, isMariadb, MARIADB_URL, type TestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import { completed, signedHeaders } from '../support/webhook.js';

const run = promisify(execFile);
const TABLES = [
  'person',
  'agent',
  'employment',
  'enrolment',
  'mail',
  'audit_entry',
  'connection',
  'migrations',
];
const LEADER = 'leder.751@vagtklar.test';
const SECRETARIAT = 'sekretariat@vagtklar.test';

const cli = (url: string, args: string[], env: Record<string, string> = {}) =>
  run(process.execPath, ['dist/cli/main.js', ...args], {
    env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: url, ...env },
  });
const as = (server: ServerProcess, email: string) =>
  signIn({ url: server.url } as TestApp, email, 'vagtklar-demo');
/** What `--overwrite` must say: the database, or the name of the file. */
const nameOf = (database: TestDatabase) => database.url.split('/').at(-1)!;

describe('backup and restore', () => {
  let database: TestDatabase;
  let copy: TestDatabase;
  let server: ServerProcess;
  let folder: string;
  let leader: Api;
  let connection: { key: string; secret: string };
  const registered: { id: number }[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    copy = await createTestDatabase();
    folder = join(database.folder, 'backups');
    server = await ServerProcess.start(database);
    leader = await as(server, LEADER);
    const secretariat = await as(server, SECRETARIAT);
    connection = (await secretariat.post('/connections', { name: 'Vært', shape: 'own' })).body as never;
  });
  afterAll(async () => {
    await server.stop();
    await copy.drop();
    await database.drop();
  });

  const register = async () => {
    const { status, body } = await leader.post('/agents', anAgent());
    if (status !== 201) throw new Error(`Registration was answered ${status}.`);
    registered.push({ id: body['id'] as number });
  };

  /** Makes a backup and gives its path. */
  const backUp = async () => {
    const { stdout } = await cli(database.url, ['backup', '--to', folder]);
    return /backed up in (\S+)\. /.exec(stdout)![1]!;
  };

  it('copies one moment under load, and the copy is whole and works', async () => {
    for (let n = 0; n < 20; n += 1) await register();
    let isOver = false;
    const clients = Array.from({ length: 4 }, async () => {
      while (!isOver) await register();
    });
    const before = registered.map(({ id }) => id);
    const file = await backUp();
    const during = registered.length;
    isOver = true;
    await Promise.all(clients);
    expect(during).toBeGreaterThan(before.length);
    // Personal data are in it.
    expect((await stat(file)).mode & 0o077).toBe(0);

    await cli(copy.url, ['restore', '--from', file]);
    const { counts, agentIds, halves } = await look(copy);
    expect(before.filter((id) => !agentIds.has(id))).toEqual([]);
    const answered = new Set(registered.map(({ id }) => id));
    const others = [...agentIds].filter((id) => !answered.has(id));
    // Those of the demonstration.
    expect(others).toHaveLength(30);
    expect(halves).toBe(0);
    expect(counts['employment']).toBe(counts['agent']);
    expect(counts['enrolment']).toBe(counts['agent']);

    const restored = await ServerProcess.start(copy);
    try {
      const secretariat = await as(restored, SECRETARIAT);
      expect((await secretariat.get('/reports/completions')).body['totals']['total']).toBe(counts['agent']);
      const { status, body } = await (await as(restored, LEADER)).post('/agents', anAgent());
      expect(status).toBe(201);
      const { items } = (await secretariat.get(`/enrolments?agentId=${body['id']}`)).body;
      const text = JSON.stringify(completed(items[0].reference));
      const answer = await new Api(restored).post(
        `/webhooks/completions/${connection.key}`,
        text,
        signedHeaders(connection.secret, text, 'after-restore'),
      );
      expect(answer.status).toBe(202);
      const done = (await secretariat.get(`/enrolments?agentId=${body['id']}`)).body['items'][0];
      expect(done['state']).toBe('completed');
      // A database that is in use is left alone, whatever is said.
      const replacing = cli(copy.url, ['restore', '--from', file, '--overwrite', nameOf(copy)]);
      await expect(replacing).rejects.toMatchObject({ stderr: expect.stringMatching(/stop/) });
    } finally {
      await restored.stop();
    }
  });

  it('replaces a database only by its exact name, and then it is the same as the original', async () => {
    const secretariat = await as(server, SECRETARIAT);
    const waiting = async () =>
      Number((await secretariat.get('/mails?state=queued&limit=1')).body['items'].length) +
      Number((await secretariat.get('/mails?state=sending&limit=1')).body['items'].length);
    await until('the outbox is empty', async () => (await waiting()) === 0);
    const report = (await secretariat.get('/reports/completions')).body;
    const file = await backUp();
    await until('nobody is connected to the copy', () => isUnused(copy));

    const restore = (...more: string[]) => cli(copy.url, ['restore', '--from', file, ...more]);
    const refused = { code: 1, stderr: expect.stringContaining(`--overwrite ${nameOf(copy)}`) };
    await expect(restore()).rejects.toMatchObject(refused);
    await expect(restore('--overwrite', 'yes')).rejects.toMatchObject(refused);
    await restore('--overwrite', nameOf(copy));
    expect((await look(copy)).counts).toEqual((await look(database)).counts);
    const restored = await ServerProcess.start(copy);
    try {
      const there = await as(restored, SECRETARIAT);
      expect((await there.get('/reports/completions')).body).toEqual(report);
    } finally {
      await restored.stop();
    }
  });

  it('refuses what is no whole backup and touches nothing', async () => {
    const file = await backUp();
    await truncate(file, Math.floor((await stat(file)).size * 0.6));
    const before = (await look(copy)).counts;
    await until('nobody is connected to the copy', () => isUnused(copy));
    for (const from of [file, 'package.json', 'nowhere.db'])
      await expect(
        cli(copy.url, ['restore', '--from', from, '--overwrite', nameOf(copy)]),
      ).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^Not done: /) });
    expect((await look(copy)).counts).toEqual(before);
  });

  it('says how it is called', async () => {
    await expect(cli(database.url, ['backup'])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('backup --to <folder>'),
    });
    await expect(cli(database.url, ['restore', '--form', 'x'])).rejects.toMatchObject({ code: 2 });
  });

  const onMariadb = isMariadb ? it : it.skip;

  onMariadb('says so when the dump tool is missing, and leaves no half file', async () => {
    const failing = cli(database.url, ['backup', '--to', join(folder, 'none')], { PATH: '/nonexistent' });
    await expect(failing).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('mariadb-dump, mysqldump'),
    });
    expect(await readdir(join(folder, 'none'))).toEqual([]);
  });

  onMariadb('signs in with any password', async () => {
    const admin = await createConnection(MARIADB_URL);
    const user = `vt_${process.pid}`;
    const password = `p"a\\s's #w%ø`;
    try {
      await admin.query('CREATE USER ? IDENTIFIED BY ?', [user, password]);
      await admin.query('GRANT ALL ON ??.* TO ?', [nameOf(database), user]);
      const url = new URL(database.url);
      url.username = user;
      url.password = encodeURIComponent(password);
      const { stdout } = await cli(url.href, ['backup', '--to', folder]);
      expect(stdout).toContain('backed up in');
    } finally {
      await admin.query('DROP USER IF EXISTS ?', [user]);
      await admin.end();
    }
  });
});

/** How many rows each table has, which agents there are, and how many rows name others that are not there. */
async function look(database: TestDatabase) {
  const env = readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url });
  const db = await openDatabase(env, { entities, exclusive: false });
  try {
    const count = async (from: string) =>
      Number((await db.selectOne<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from}`))!.n);
    const counts: Record<string, number> = {};
    for (const table of TABLES) counts[table] = await count(table);
    const ids = await db.select<{ id: number }>('SELECT id FROM agent');
    const halves =
      (await count('agent a WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.id = a.personId)')) +
      (await count('agent a WHERE NOT EXISTS (SELECT 1 FROM employment m WHERE m.agentId = a.id)')) +
      (await count('agent a WHERE NOT EXISTS (SELECT 1 FROM enrolment e WHERE e.personId = a.personId)')) +
      (await count(
        "mail w WHERE aboutType = 'agent' AND NOT EXISTS (SELECT 1 FROM agent a WHERE a.id = w.aboutId)",
      ));
    return { counts, agentIds: new Set(ids.map(({ id }) => id)), halves };
  } finally {
    await db.close();
  }
}

/** The database server takes a moment to notice that a process is gone. */
async function isUnused(database: TestDatabase): Promise<boolean> {
  if (!isMariadb) return true;
  const admin = await createConnection(MARIADB_URL);
  try {
    const [rows] = await admin.query('SELECT id FROM information_schema.processlist WHERE db = ?', [
      nameOf(database),
    ]);
    return (rows as unknown[]).length === 0;
  } finally {
    await admin.end();
  }
}
