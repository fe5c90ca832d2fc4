import { setTimeout as wait } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import type { Database } from '../../src/database/database.js';
import { openDatabase } from '../../src/database/open-database.js';
import { execute } from '../../src/database/sql.js';
import { reminderDue } from '../../src/modules/onboarding/reminders.rules.js';
import { Api, signIn } from '../support/api.js';
import { anAgent } from '../support/builders.js';
import { MailServer } from '../support/mail-server.js';
import { freePort, ServerProcess } from '../support/server-process.js';
import { createTestDatabase, isMariadb, type TestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

/** Seconds of kills and freezes under load: a few here, 300 in `npm run soak`. */
const SECONDS = Number(process.env['TWO_INSTANCES_SECONDS'] ?? 6);
/** Short, so that a take-over is seen soon. */
const LEASE_SECONDS = 4;

type Name = 'a' | 'b';
const NAMES: readonly Name[] = ['a', 'b'];

/** Two built servers on one database and one mail server, and what clients were answered. */
class Pair {
  readonly registered: { id: number }[] = [];
  readonly statuses = new Map<number, number>();
  private readonly servers = new Map<Name, ServerProcess>();
  private readonly ports = new Map<Name, string>();
  private token = '';
  private isStopped = false;

  private constructor(
    private readonly database: TestDatabase,
    readonly mail: MailServer,
    readonly db: Database,
  ) {}

  static async start(): Promise<Pair> {
    const database = await createTestDatabase();
    const mail = await MailServer.start();
    const env = readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url });
    const pair = new Pair(database, mail, await openDatabase(env, { entities, exclusive: false }));
    try {
      // One after the other: the demonstration is filled in by the first.
      for (const name of NAMES) await pair.begin(name);
      pair.token = (
        await signIn({ url: pair.server('a').url } as TestApp, 'leder.751@vagtklar.test', 'vagtklar-demo')
      ).token!;
    } catch (error) {
      await pair.stop();
      throw error;
    }
    return pair;
  }

  /** Starts an instance, or starts it again on its own port. */
  async begin(name: Name): Promise<void> {
    const port = this.ports.get(name) ?? String(await freePort());
    this.ports.set(name, port);
    const settings = {
      PORT: port,
      // The name with which it greets tells the mail server who sends.
      SMTP_URL: `${this.mail.url}?name=${name}`,
      MAIL_LEASE_SECONDS: String(LEASE_SECONDS),
      LOG_LEVEL: 'warn',
      NODE_OPTIONS: `--import=${pathToFileURL('test/support/hurry.mjs').href}`,
    };
    this.servers.set(name, await ServerProcess.start(this.database, settings));
  }

  server(name: Name): ServerProcess {
    return this.servers.get(name)!;
  }

  /** Registers an agent through one instance, and notes the answer. */
  async register(name: Name, changes: Record<string, unknown> = {}): Promise<void> {
    const leader = new Api(this.server(name), this.token);
    const { status, body } = await leader.post('/agents', anAgent(changes));
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    if (status === 201) this.registered.push({ id: body['id'] as number });
  }

  /** Waits until everything that may go out has gone out; reminders may have to wait for office hours. */
  async allSent(): Promise<void> {
    await until('every mail is sent', async () => {
      const open = "state <> 'sent' AND NOT (template = 'elearning-reminder' AND state = 'queued'";
      return (await this.count(`mail WHERE ${open} AND nextAttemptAt > UTC_TIMESTAMP())`)) === 0;
    });
  }

  async count(from: string): Promise<number> {
    const row = await this.db.selectOne<{ n: number | string }>(`SELECT COUNT(*) AS n FROM ${from}`);
    return Number(row!.n);
  }

  /** Ids of mails that are noted as sent, and how often each was received. */
  async receipts(): Promise<{
    missing: number[];
    twice: number;
    received: Record<Name, number>;
    sent: number;
  }> {
    const sent = await this.db.select<{ id: number }>("SELECT id FROM mail WHERE state = 'sent'");
    const ids = this.mail.deliveries.map(({ messageId }) => Number(/^<(\d+)@/.exec(messageId)?.[1]));
    const distinct = new Set(ids);
    const by = (name: Name) => this.mail.deliveries.filter(({ from }) => from === name).length;
    return {
      missing: sent.map(({ id }) => id).filter((id) => !distinct.has(id)),
      twice: ids.length - distinct.size,
      received: { a: by('a'), b: by('b') },
      sent: sent.length,
    };
  }

  async stop(): Promise<void> {
    if (this.isStopped) return;
    this.isStopped = true;
    await this.db.close();
    for (const server of this.servers.values()) {
      server.thaw();
      await server.kill();
    }
    await this.mail.stop();
    await this.database.drop();
  }
}

// One SQLite file takes one server, so there is nothing to run on it.
const several = isMariadb ? describe : describe.skip;

several('two instances on one database', () => {
  let pair: Pair;
  beforeEach(async () => {
    pair = await Pair.start();
  });
  // There is none when the first could not start.
  afterEach(() => pair?.stop());

  it('share the outbox and the reminders, and do everything once', async () => {
    const firstShiftOn = dayWithSteadyReminder();
    const today = localDateOf(new Date());
    const client = async (name: Name) => {
      for (let n = 0; n < 15; n += 1) await pair.register(name, { startOn: today, firstShiftOn });
    };
    await Promise.all(['a', 'b', 'a', 'b'].map((name) => client(name as Name)));
    expect(Object.fromEntries(pair.statuses)).toEqual({ 201: 60 });
    await pair.allSent();
    // As if they had been registered a month ago, when the reminder was still to come.
    await pair.db.unitOfWork.run((tx) =>
      execute(tx, 'UPDATE employment SET createdAt = ? WHERE firstShiftOn = ?', [
        new Date(Date.now() - 30 * 86_400_000),
        firstShiftOn,
      ]),
    );
    const ids = pair.registered.map(({ id }) => id).join(', ');
    const ofThem = `template = 'elearning-reminder' AND aboutId IN
      (SELECT e.id FROM enrolment e JOIN agent a ON a.personId = e.personId WHERE a.id IN (${ids}))`;
    await until('everybody is reminded', async () => (await pair.count(`mail WHERE ${ofThem}`)) >= 60);
    await pair.allSent();
    expect(await pair.count(`mail WHERE ${ofThem}`)).toBe(60);
    expect(
      await pair.db.select(
        "SELECT aboutId FROM mail WHERE template = 'elearning-reminder' GROUP BY aboutId HAVING COUNT(*) > 1",
      ),
    ).toEqual([]);

    const { missing, twice, received } = await pair.receipts();
    expect({ missing, twice }).toEqual({ missing: [], twice: 0 });
    expect(Math.min(received.a, received.b)).toBeGreaterThan(0);
    for (const name of NAMES) expect(await pair.server(name).stop()).toBe(0);
  });

  it('one goes on with the mail that the other was sending when it was killed', async () => {
    const held = holdFrom(pair.mail, 'a');
    await registerUntil(pair, held.isHolding);
    await pair.server('a').kill();
    for (let n = 0; n < 5; n += 1) await pair.register('b');
    await pair.allSent();
    held.release();
    const { missing, twice } = await pair.receipts();
    expect(missing).toEqual([]);
    expect(twice).toBeLessThanOrEqual(1);
    expect([...pair.statuses.keys()]).toEqual([201]);
  });

  // Frozen in the middle of a transaction it holds rows for 20 seconds.
  it('one goes on with the mail of a frozen one, which notices and goes on working when it thaws', async () => {
    const held = holdFrom(pair.mail, 'a');
    await registerUntil(pair, held.isHolding);
    pair.server('a').freeze();
    for (let n = 0; n < 5; n += 1) await pair.register('b');
    await pair.allSent();
    const [taken] = await pair.db.select<{ id: number; sentAt: Date }>(
      'SELECT id, sentAt FROM mail WHERE attempts = 2',
    );
    expect(taken).toBeDefined();

    held.release();
    pair.server('a').thaw();
    await until('the thawed one notices', () => pair.server('a').said().includes('lease lost'));
    expect(await pair.db.select("SELECT id, sentAt FROM mail WHERE attempts = 2 AND state = 'sent'")).toEqual(
      [taken],
    );
    const before = (await pair.receipts()).received.a;
    await until('the thawed one sends again', async () => {
      await pair.register('a');
      return (await pair.receipts()).received.a > before;
    });
    await pair.allSent();
    const { missing, twice } = await pair.receipts();
    expect(missing).toEqual([]);
    expect(twice).toBeLessThanOrEqual(1);
    expect([...pair.statuses.keys()]).toEqual([201]);
  }, 120_000);

  it(
    `keep every promise through ${SECONDS} seconds of kills and freezes under load`,
    async () => {
      const end = Date.now() + SECONDS * 1000;
      const clients = ['a', 'b', 'a', 'b'].map((name) => loadUntil(pair, name as Name, end));
      const hits = await disturbUntil(pair, end);
      await Promise.all(clients);
      await pair.allSent();

      const { missing, twice, received, sent } = await pair.receipts();
      if (process.env['SOAK_REPORT'])
        process.stderr.write(
          `figures: ${pair.registered.length} registrations acknowledged, ${hits.kills} kills, ${hits.freezes} freezes, ` +
            `${sent} mails (${received.a} by one, ${received.b} by the other), ${twice} of them received twice\n`,
        );
      expect(missing).toEqual([]);
      expect(twice).toBeLessThanOrEqual(hits.kills + hits.freezes);
      const known = new Set(
        (await pair.db.select<{ id: number }>('SELECT id FROM agent')).map(({ id }) => id),
      );
      const lost = pair.registered.filter(({ id }) => !known.has(id));
      expect(lost).toEqual([]);
      expect([...pair.statuses.keys()]).toEqual([201]);
    },
    180_000 + SECONDS * 1000,
  );
});

/** Registers through one instance until the time is over; waits for one that is gone to come back. */
async function loadUntil(pair: Pair, name: Name, end: number): Promise<void> {
  while (Date.now() < end) {
    try {
      await pair.register(name);
    } catch (error) {
      // What the killed instance did not answer is not promised.
      if (!isConnectionError(error)) throw error;
    }
    // So that the outbox keeps up, and load lasts as long as the disturbances.
    await wait(50 + Math.random() * 100);
  }
}

/** Kills and freezes one instance after the other at random instants, and brings each back. */
async function disturbUntil(pair: Pair, end: number): Promise<{ kills: number; freezes: number }> {
  const hits = { kills: 0, freezes: 0 };
  while (Date.now() < end) {
    await wait(200 + Math.random() * 1000);
    const name = NAMES[Math.floor(Math.random() * 2)]!;
    if (hits.kills <= hits.freezes) {
      hits.kills += 1;
      await pair.server(name).kill();
      await pair.begin(name);
    } else {
      hits.freezes += 1;
      pair.server(name).freeze();
      // Shorter and longer than a lease.
      await wait(Math.random() * 2 * LEASE_SECONDS * 1000);
      pair.server(name).thaw();
    }
    // Only who got what is compared, so the texts of a long run need not pile up.
    pair.mail.mails.length = 0;
  }
  return hits;
}

/** Lets the mail server keep the next mail of an instance without an answer until it is released. */
function holdFrom(mail: MailServer, name: Name): { isHolding: () => boolean; release: () => void } {
  let holding = false;
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  mail.hold = async (from) => {
    if (from !== name || holding) return;
    holding = true;
    await released;
  };
  return { isHolding: () => holding, release };
}

/** Registers through both until it is so. */
function registerUntil(pair: Pair, isSo: () => boolean): Promise<void> {
  return until('the mail server holds a mail', async () => {
    await Promise.all(NAMES.map((name) => pair.register(name)));
    return isSo();
  });
}

/** A first shift whose reminder has fallen due and whose next one does not within the hour. */
function dayWithSteadyReminder(): string {
  const now = new Date();
  const registered = new Date(now.getTime() - 30 * 86_400_000);
  const leftAt = (day: string, at: Date) =>
    reminderDue(day, registered, at, 'Europe/Copenhagen')?.weekdaysLeft;
  const days = Array.from({ length: 7 }, (_, n) => addDays(localDateOf(now), n + 1));
  const later = new Date(now.getTime() + 3_600_000);
  return days.find((day) => leftAt(day, now) !== undefined && leftAt(day, now) === leftAt(day, later))!;
}

function isConnectionError(error: unknown): boolean {
  // Errors of fetch come from another realm than the test's, so `instanceof` does not know them.
  return /fetch failed|terminated|other side closed|ECONN/.test(String(error));
}
