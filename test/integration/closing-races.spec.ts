import { execute, insertRow, isUniqueViolation } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import type { QualityCase } from '../../src/modules/quality/index.js';
import { Api, signIn } from '../support/api.js';
import { buildWorld } from '../support/builders.js';
import { addManyAgents, setPolicy, signAgreement, type Calls } from '../support/quality.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for 200. */
const ROUNDS = Number(process.env['CLOSING_ROUNDS'] ?? 4);
const AGENTS = 40;
const RACERS = 8;
const LOW: Calls = [100, 35];
const SUMMER = ['2026-06', '2026-07', '2026-08'];

describe('closing a month at once', () => {
  let database: TestDatabase;
  /** Two servers where the database takes two. */
  let apps: TestApp[];
  let apis: Api[];
  let agentIds: number[];

  beforeAll(async () => {
    database = await createTestDatabase();
    apps = [await TestApp.start({}, database)];
    await buildWorld(apps[0]!, { withCourse: false });
    if (process.env['TEST_DATABASE'] === 'mariadb') apps.push(await TestApp.start({}, database));
    for (const app of apps) app.clock.set('2026-09-08T09:00:00Z');
    await write(async (tx) => {
      await setPolicy(tx, { appliesFrom: '2026-06' });
      await signAgreement(tx, '751', '2026-01-01');
      const calls = Object.fromEntries(SUMMER.map((month) => [month, LOW]));
      agentIds = await addManyAgents(tx, AGENTS, '751', calls);
    });
  });
  afterAll(async () => {
    for (const app of apps) await app.stop({ keepDatabase: true });
    await database.drop();
  });
  beforeEach(async () => {
    // A sign-in lasts a quarter of an hour.
    for (const app of apps) app.clock.set('2026-09-08T09:00:00Z');
    apis = await Promise.all(apps.map((app) => signIn(app, 'sekretariat@ddh.test')));
    await clear();
  });

  const write = <T>(work: (tx: Tx) => Promise<T>) => apps[0]!.get(UnitOfWork).run(work);
  const api = (n: number) => apis[n % apis.length]!;
  const close = (n: number, body: object = {}) => api(n).post('/resolution-months/2026-08/closures', body);

  function clear(): Promise<void> {
    return write(async (tx) => {
      for (const table of ['quality_case_month', 'quality_case', 'closing_exclusion', 'month_closing'])
        await execute(tx, `DELETE FROM ${table}`);
    });
  }

  /** One case that stands for each agent, whole. */
  async function check(agents: readonly number[] = agentIds): Promise<void> {
    const cases = await apps[0]!.rows<{ id: number; agentId: number; months: number | string }>(
      `SELECT c.id, c.agentId, (SELECT COUNT(*) FROM quality_case_month m WHERE m.caseId = c.id) AS months
         FROM quality_case c WHERE c.state <> 'withdrawn' ORDER BY c.agentId`,
    );
    expect(cases.map(({ agentId }) => agentId)).toEqual([...agents].sort((a, b) => a - b));
    expect(cases.filter(({ months }) => Number(months) !== SUMMER.length)).toEqual([]);
  }

  it(`makes one case a streak, in ${ROUNDS} rounds of ${RACERS} closings`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(Array.from({ length: RACERS }, (_, n) => close(n)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      const made = answers.flatMap(({ body }) => body['cases'] as { id: number; agentId: number }[]);
      expect(made.map(({ agentId }) => agentId).sort((a, b) => a - b)).toEqual(agentIds);
      await check();
      await clear();
    }
  }, 3_600_000);

  it('takes each agent in or out, whoever comes first', async () => {
    const [out] = agentIds;
    const excluded = [{ agentId: out, reason: 'other_tasks' }];
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(
        Array.from({ length: RACERS }, (_, n) => close(n, n % 2 === 0 ? { excluded } : {})),
      );
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
      // Whoever was left out by the first stays out for the others too.
      const [first] = await apps[0]!.rows<{ n: number | string }>(
        `SELECT COUNT(*) AS n FROM quality_case WHERE agentId = ${out}`,
      );
      await check(Number(first!.n) === 1 ? agentIds : agentIds.slice(1));
      await clear();
    }
  }, 3_600_000);

  it('never leaves two cases of a streak while others undo', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { body: standing } = await close(0);
      const undo = (n: number) => api(n).post(`/month-closings/${standing['id']}/undoings`);
      const answers = await Promise.all(
        Array.from({ length: RACERS }, (_, n) => (n % 4 === 1 ? undo(n) : close(n))),
      );
      const statuses = (undone: boolean) =>
        answers.filter((_, n) => (n % 4 === 1) === undone).map(({ status }) => status);
      expect(statuses(true).sort((a, b) => a - b)).toEqual([200, 409]);
      expect(new Set(statuses(false))).toEqual(new Set([201]));
      expect(
        await apps[0]!.rows(
          `SELECT agentId FROM quality_case WHERE state <> 'withdrawn' GROUP BY agentId HAVING COUNT(*) > 1`,
        ),
      ).toEqual([]);
      await close(1);
      await check();
      await clear();
    }
  }, 3_600_000);

  it('does not let a new policy in between make two of one', async () => {
    const [{ version } = { version: 0 }] = await apps[0]!.rows<{ version: number }>(
      'SELECT MAX(id) AS version FROM quality_policy',
    );
    const answers = await Promise.all([
      close(0),
      api(1).call('PUT', '/api/v1/quality-policy', { version, minimumCalls: 5 }),
      ...Array.from({ length: RACERS }, (_, n) => close(n)),
    ]);
    expect([...new Set(answers.map(({ status }) => status))].sort((a, b) => a - b)).toEqual([200, 201]);
    await check();
  });

  it('is kept to one case a streak by the database itself', async () => {
    await close(0);
    const second = write(async (tx) => {
      const [row] = (await tx.query('SELECT * FROM quality_case LIMIT 1')) as QualityCase[];
      const { id: _, ...copy } = row!;
      await insertRow<QualityCase>(tx, 'quality_case', copy);
    });
    await expect(second.catch((error: unknown) => isUniqueViolation(error))).resolves.toBe(true);
  });
});
