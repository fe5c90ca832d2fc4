import { setTimeout as wait } from 'node:timers/promises';
import { addMonths, monthsFrom } from '../../src/modules/quality/index.js';
import { localDateOf } from '../../src/common/local-date.js';
import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import type { Database } from '../../src/database/database.js';
import { openDatabase } from '../../src/database/open-database.js';
import { execute, insertRow, selectRows, type NewRow } from '../../src/database/sql.js';
import type { Tx } from '../../src/database/unit-of-work.js';
import type { QualityCase } from '../../src/modules/quality/index.js';
import { Api, signIn } from '../support/api.js';
import { addManyAgents, setPolicy, signAgreement, type Calls } from '../support/quality.js';
import { ServerProcess } from '../support/server-process.js';
import { createTestDatabase, isMariadb, type TestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

/** A few kills here, 100 in `npm run soak`. */
const KILLS = Number(process.env['CLOSING_KILLS'] ?? 2);
/** So many that a closing takes some time. */
const AGENTS = 600;
const LOW: Calls = [100, 35];
const LAST = addMonths(localDateOf(new Date()).slice(0, 7), -1);
/** What the demonstration has put there, those first that refer to others. */
const FILLED = [
  'coaching_talk',
  'quality_case_month',
  'quality_case',
  'closing_exclusion',
  'month_closing',
  'quality_policy',
  'figures_agreement',
  'resolution_figure',
  'resolution_month',
];
/** A month that no test closes. */
const NOWHERE = '2000-01';
/** InnoDB tells what it told before to whoever asks about transactions again within 100 ms of asking. */
const LOCKS_KNOWN_AFTER_MS = 250;
const STREAK = monthsFrom(addMonths(LAST, -2), LAST);

describe(`kill -9, ${KILLS} times, while a month is being closed`, () => {
  let database: TestDatabase;
  let db: Database;
  let agentIds: number[];

  beforeAll(async () => {
    database = await createTestDatabase();
    // The first server migrates and fills in the demonstration.
    const first = await ServerProcess.start(database);
    await first.stop();
    const env = readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url });
    db = await openDatabase(env, { entities, exclusive: false });
    await db.unitOfWork.run(async (tx) => {
      for (const table of FILLED) await execute(tx, `DELETE FROM ${table}`);
      await setPolicy(tx, { appliesFrom: STREAK[0]!, undoHours: 168 });
      await signAgreement(tx, '751', '2020-01-01');
      const calls = Object.fromEntries(STREAK.map((month) => [month, LOW]));
      agentIds = await addManyAgents(tx, AGENTS, '751', calls);
    });
  }, 120_000);
  afterAll(async () => {
    await db.close();
    await database.drop();
  });

  const path = `/resolution-months/${LAST}/closures`;

  async function serve<T>(work: (server: ServerProcess, secretariat: Api) => Promise<T>): Promise<T> {
    const server = await ServerProcess.start(database);
    try {
      const app = { url: server.url } as TestApp;
      return await work(server, await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo'));
    } finally {
      await server.kill();
    }
  }

  const count = async (from: string): Promise<number> =>
    Number((await db.selectOne<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from}`))!.n);

  /** All of a closing is there, or nothing of it. */
  async function checkWhole(): Promise<number> {
    const cases = await count('quality_case');
    expect([0, AGENTS]).toContain(cases);
    expect(await count('quality_case_month')).toBe(cases * STREAK.length);
    expect(await count("audit_entry WHERE action = 'quality_case.opened'")).toBe(cases);
    expect(await count("audit_entry WHERE action = 'month.closed'")).toBe(await count('month_closing'));
    expect(await db.select('SELECT agentId FROM quality_case GROUP BY agentId HAVING COUNT(*) > 1')).toEqual(
      [],
    );
    return cases;
  }

  function clear(): Promise<void> {
    return db.unitOfWork.run(async (tx) => {
      for (const table of ['quality_case_month', 'quality_case', 'closing_exclusion', 'month_closing'])
        await execute(tx, `DELETE FROM ${table}`);
      await execute(
        tx,
        "DELETE FROM audit_entry WHERE subjectType = 'month_closing' OR action LIKE 'quality_case%'",
      );
    });
  }

  it(
    'leaves all of a closing or nothing, and the next one finds the rest',
    async () => {
      // How long one takes that nobody disturbs.
      const whole = await serve(async (_, secretariat) => {
        const begun = performance.now();
        expect((await secretariat.post(path)).status).toBe(201);
        return performance.now() - begun;
      });
      expect(await checkWhole()).toBe(AGENTS);
      const outcomes: string[] = [];
      for (let n = 0; n < KILLS; n += 1) {
        await clear();
        const answer = await serve(async (server, secretariat) => {
          const closing = secretariat.post(path).then(
            ({ status }) => String(status),
            () => 'cut off',
          );
          await wait(whole * ((n + 1) / (KILLS + 1)));
          await server.kill();
          return closing;
        });
        const cases = await checkWhole();
        // What was answered is kept.
        if (answer === '201') expect(cases).toBe(AGENTS);
        outcomes.push(`${answer}, ${cases} cases`);
      }
      if (process.env['SOAK_REPORT'])
        process.stderr.write(`figures: ${whole.toFixed(0)} ms undisturbed; ${counted(outcomes)}\n`);
      // Some were cut off in the middle, or nothing is tested.
      expect(outcomes).toContain('cut off, 0 cases');
      await serve(async (_, secretariat) => {
        const answers = await Promise.all([secretariat.post(path), secretariat.post(path)]);
        expect(answers.map(({ status }) => status)).toEqual([201, 201]);
      });
      expect(await checkWhole()).toBe(AGENTS);
    },
    120_000 + KILLS * 30_000,
  );

  // Only here can somebody else hold a row while the server writes.
  (isMariadb ? it : it.skip)(
    'leaves nothing of one that is killed with half of its cases written',
    async () => {
      await clear();
      const row = await rowInTheWay(agentIds.at(-1)!);
      await serve(async (server, secretariat) => {
        let closing: Promise<unknown> = Promise.resolve();
        const holding = db.unitOfWork.run(async (tx) => {
          await insertRow<QualityCase>(tx, 'quality_case', row);
          // It comes to the last agent and waits for that row, which nobody will ever see.
          closing = secretariat.post(path).catch(() => 'cut off');
          await until('the closing waits in the middle', () => isWaiting(tx), LOCKS_KNOWN_AFTER_MS);
          await server.kill();
          throw new Error('enough');
        });
        await expect(holding).rejects.toThrow('enough');
        expect(await closing).toBe('cut off');
      });
      await run(`DELETE FROM month_closing WHERE month = '${NOWHERE}'`);
      await until('the database has taken it back', async () => (await count('month_closing')) === 0);
      expect(await checkWhole()).toBe(0);
      await serve(async (_, secretariat) => {
        expect((await secretariat.post(path)).body['cases']).toHaveLength(AGENTS);
      });
      expect(await checkWhole()).toBe(AGENTS);
    },
    120_000,
  );

  const run = (sql: string) => db.unitOfWork.run((tx) => execute(tx, sql));

  /** Whether a transaction of this database waits for a lock. */
  async function isWaiting(tx: Tx): Promise<boolean> {
    const [row] = await selectRows<{ n: number | string }>(
      tx,
      `SELECT COUNT(*) AS n FROM information_schema.innodb_trx t
         JOIN information_schema.processlist p ON p.id = t.trx_mysql_thread_id
        WHERE t.trx_state = 'LOCK WAIT' AND p.db = DATABASE()`,
    );
    return Number(row!.n) > 0;
  }

  /** A case of the same streak, of a closing of its own; it names a newer version of the policy, for the oldest is the lock. */
  async function rowInTheWay(agentId: number): Promise<NewRow<QualityCase>> {
    const at = new Date();
    const [employment] = await db.select<{ id: number }>('SELECT id FROM employment WHERE openAgentId = ?', [
      agentId,
    ]);
    const closingId = await db.unitOfWork.run(async (tx) => {
      const policyId = await setPolicy(tx, { appliesFrom: STREAK[0]!, undoHours: 168 });
      const { insertId } = await execute(
        tx,
        `INSERT INTO month_closing (month, policyId, closedByPersonId, closedAt, finalAt)
         SELECT '${NOWHERE}', ?, MIN(id), ?, ? FROM person`,
        [policyId, at, at],
      );
      return insertId;
    });
    return {
      agentId,
      employmentId: employment!.id,
      municipalityCode: '751',
      closingId,
      streakFrom: STREAK[0]!,
      streakTo: LAST,
      liveStreakFrom: STREAK[0]!,
      state: 'pending',
      agentNoticeAt: at,
      agentToldAt: null,
      leaderNoticeAt: null,
      leaderToldAt: null,
      endedAt: null,
      endReason: null,
      isTalkRelevant: null,
      createdAt: at,
      version: 1,
    };
  }
});

/** Each outcome once, with how often it came. */
function counted(outcomes: readonly string[]): string {
  const kinds = [...new Set(outcomes)].sort();
  return kinds.map((kind) => `${outcomes.filter((one) => one === kind).length} × ${kind}`).join('; ');
}
