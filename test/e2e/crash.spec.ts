import { setTimeout as wait } from 'node:timers/promises';
import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import type { Database } from '../../src/database/database.js';
import { execute } from '../../src/database/sql.js';
import { openDatabase } from '../../src/database/open-database.js';
import { Api, signIn } from '../support/api.js';
import { anAgent } from '../support/builders.js';
import { MailServer } from '../support/mail-server.js';
import { ServerProcess } from '../support/server-process.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';
import { completed, signedHeaders } from '../support/webhook.js';

/** A few kills here, 200 in `npm run soak`. */
const KILLS = Number(process.env['CRASH_KILLS'] ?? 4);

interface Acknowledged {
  agents: { id: number; personId: number }[];
  messages: string[];
}

describe(`kill -9, ${KILLS} times, during registrations and webhooks`, () => {
  let database: TestDatabase;
  let mail: MailServer;
  const acknowledged: Acknowledged = { agents: [], messages: [] };

  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await MailServer.start();
  });
  afterAll(async () => {
    await mail.stop();
    await database.drop();
  });

  /** Registers and reports from eight clients until the server is gone; notes what was answered. */
  async function work(url: string, connection: { key: string; secret: string }, leader: Api): Promise<void> {
    const anonymous = new Api({ url });
    const client = async () => {
      for (;;) {
        const { status, body } = await leader.post('/agents', anAgent());
        if (status !== 201) throw new Error(`Registration was answered ${status}: ${JSON.stringify(body)}`);
        acknowledged.agents.push({ id: body['id'], personId: body['personId'] });
        const { items } = (await leader.get(`/enrolments?agentId=${body['id']}`)).body;
        const messageId = `crash-${body['id']}`;
        const text = JSON.stringify(completed(items[0].reference));
        const headers = signedHeaders(connection.secret, text, messageId);
        const answer = await anonymous.post(`/webhooks/completions/${connection.key}`, text, headers);
        if (answer.status !== 202) throw new Error(`The webhook was answered ${answer.status}`);
        acknowledged.messages.push(messageId);
      }
    };
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, client));
    for (const outcome of outcomes)
      if (outcome.status === 'rejected' && !isConnectionError(outcome.reason)) throw outcome.reason;
  }

  it(
    'leaves everything that was acknowledged whole, and nothing half',
    async () => {
      const settings = { SMTP_URL: mail.url };
      let connection: { key: string; secret: string } | undefined;
      for (let n = 0; n < KILLS; n += 1) {
        const server = await ServerProcess.start(database, settings);
        const app = { url: server.url } as TestApp;
        const leader = await signIn(app, 'leder.751@vagtklar.test', 'vagtklar-demo');
        connection ??= (
          await (
            await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo')
          ).post('/connections', { name: 'Vært', shape: 'own' })
        ).body as { key: string; secret: string };
        const working = work(server.url, connection, leader);
        await wait(150 + Math.random() * 700);
        await server.kill();
        await working;
      }
      expect(acknowledged.agents.length).toBeGreaterThan(KILLS);

      const env = readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url });
      const db = await openDatabase(env, { entities, exclusive: false });
      // As if the 90 seconds had passed for which a dead process still holds the mail it was sending.
      await db.unitOfWork.run((tx) =>
        execute(tx, "UPDATE mail SET nextAttemptAt = ? WHERE state = 'sending'", [new Date()]),
      );
      const last = await ServerProcess.start(database, settings);
      try {
        await until('every mail is sent', async () => (await count(db, "mail WHERE state <> 'sent'")) === 0);
        await expectNothingHalf(db);
        await expectAcknowledged(db);
      } finally {
        await db.close();
        expect(await last.stop()).toBe(0);
      }
    },
    120_000 + KILLS * 15_000,
  );

  async function expectNothingHalf(db: Database): Promise<void> {
    const agents = await count(db, 'agent');
    // The 29 agents of the demonstration who were there from the beginning got no mail.
    const registered = await count(
      db,
      "agent a JOIN person p ON p.id = a.personId WHERE p.isDemo = 0 OR p.emailKey = 'agent@vagtklar.test'",
    );
    expect(await count(db, 'employment WHERE openAgentId = agentId')).toBe(agents);
    expect(await count(db, 'enrolment')).toBe(agents);
    expect(await count(db, "role_assignment WHERE role = 'agent'")).toBe(agents);
    expect(await count(db, "mail WHERE template = 'welcome'")).toBe(registered);
    expect(await count(db, "mail WHERE template = 'leader-receipt'")).toBe(registered);
    expect(await count(db, "audit_entry WHERE action = 'agent.registered'")).toBe(registered);
    expect(
      await count(db, 'person p WHERE NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = p.id)'),
    ).toBe(0);
    const applied = await count(db, "inbox_message WHERE status = 'applied'");
    expect(await count(db, 'completion_event WHERE inboxMessageId IS NOT NULL')).toBe(applied);
    expect(await count(db, "enrolment WHERE source = 'Vært' AND state = 'completed'")).toBe(applied);
  }

  async function expectAcknowledged(db: Database): Promise<void> {
    const ids = new Set((await db.select<{ id: number }>('SELECT id FROM agent')).map((row) => row.id));
    expect(acknowledged.agents.filter((agent) => !ids.has(agent.id))).toEqual([]);
    const messages = await db.select<{ messageId: string }>(
      "SELECT messageId FROM inbox_message WHERE status = 'applied'",
    );
    const kept = new Set(messages.map((row) => row.messageId));
    expect(acknowledged.messages.filter((id) => !kept.has(id))).toEqual([]);

    const mails = await db.select<{ id: number }>('SELECT id FROM mail');
    const received = mail.mails.map((each) => Number(/^<(\d+)@/.exec(each.messageId ?? '')?.[1]));
    const distinct = new Set(received);
    expect(mails.filter((each) => !distinct.has(each.id))).toEqual([]);
    if (process.env['CRASH_REPORT'])
      process.stderr.write(
        `crash figures: ${acknowledged.agents.length} registrations and ${acknowledged.messages.length} messages acknowledged, ` +
          `${mails.length} mails, ${received.length - distinct.size} of them received twice\n`,
      );
    expect(received.length - distinct.size).toBeLessThanOrEqual(KILLS);
  }
});

async function count(db: Database, from: string): Promise<number> {
  const row = await db.selectOne<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from}`);
  return Number(row!.n);
}

function isConnectionError(error: unknown): boolean {
  // Errors of fetch come from another realm than the test's, so `instanceof` does not know them.
  return /fetch failed|terminated|other side closed|ECONN/.test(String(error));
}
