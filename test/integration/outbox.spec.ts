import { readdir, readFile } from 'node:fs/promises';
import { createConnection } from 'mysql2/promise';
import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import {
  MailDispatcher,
  MailReasons,
  OutboxService,
  type MailOrder,
} from '../../src/modules/notifications/index.js';
import { TestApp } from '../support/test-app.js';
import { MailServer } from '../support/mail-server.js';
import { createTestDatabase } from '../support/test-database.js';
import { TestClock } from '../support/test-clock.js';

const order = (changes: Partial<MailOrder> = {}): MailOrder => ({
  template: 'sign-in-link',
  to: { personId: null, firstName: 'Åse', address: 'aase@aarhus.test', language: 'da' },
  variables: {},
  secretLinks: { link: 'http://localhost:3000/log-ind/link/hemmeligt' },
  ...changes,
});
const queue = (app: TestApp, wanted = order()) =>
  app.get(UnitOfWork).run((tx) => app.get(OutboxService).queue(tx, wanted));
const stateOf = async (app: TestApp, id: number | null) =>
  (
    await app.rows<{ state: string; attempts: number; sealedLinks: string | null; lastError: string | null }>(
      'SELECT state, attempts, sealedLinks, lastError FROM mail WHERE id = ?',
      [id],
    )
  )[0]!;

describe('the outbox with SMTP', () => {
  let app: TestApp;
  let server: MailServer;

  beforeEach(async () => {
    server = await MailServer.start();
    app = await TestApp.start({ SMTP_URL: server.url });
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });

  it('sends a mail whole, and drops the secret link after that', async () => {
    const id = await queue(app);
    const before = await stateOf(app, id);
    expect(before.sealedLinks).not.toContain('hemmeligt');
    await app.get(MailDispatcher).run();
    const [mail] = server.mails;
    expect(mail).toMatchObject({
      to: [{ address: 'aase@aarhus.test' }],
      subject: 'Dit link til Vagtklar',
      messageId: `<${id}@vagtklar.test>`,
    });
    expect(mail!.text).toContain('Hej Åse');
    expect(mail!.text).toContain('http://localhost:3000/log-ind/link/hemmeligt');
    expect(mail!.html).toContain('href="http://localhost:3000/log-ind/link/hemmeligt"');
    expect(await stateOf(app, id)).toMatchObject({ state: 'sent', sealedLinks: null });
  });

  it('makes one mail of two orders with the same key', async () => {
    const first = await queue(app, order({ dedupeKey: 'a' }));
    expect(first).not.toBeNull();
    expect(await queue(app, order({ dedupeKey: 'a' }))).toBeNull();
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(1);
  });

  it('tries again after 4xx, gives up on 5xx, and shows why', async () => {
    server.refuse = (address) =>
      address.startsWith('optaget') ? 451 : address.startsWith('ukendt') ? 550 : 0;
    const busy = await queue(app, order({ to: { ...order().to, address: 'optaget@a.test' } }));
    const unknown = await queue(app, order({ to: { ...order().to, address: 'ukendt@a.test' } }));
    const fine = await queue(app);
    await app.get(MailDispatcher).run();
    expect(await stateOf(app, busy)).toMatchObject({ state: 'retrying', attempts: 1 });
    expect(await stateOf(app, unknown)).toMatchObject({
      state: 'failed',
      lastError: expect.stringContaining('550'),
    });
    expect(await stateOf(app, fine)).toMatchObject({ state: 'sent' });
    server.refuse = () => 0;
    app.clock.advance(60_000);
    await app.get(MailDispatcher).run();
    expect(await stateOf(app, busy)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('loses nothing while the server is down', async () => {
    await server.stop();
    const ids = [await queue(app), await queue(app), await queue(app)];
    await app.get(MailDispatcher).run();
    // The first shows that nobody answers; the others are not even tried.
    expect((await Promise.all(ids.map((id) => stateOf(app, id)))).map((mail) => mail.state)).toEqual([
      'retrying',
      'queued',
      'queued',
    ]);
    server = await MailServer.start(server.port);
    app.clock.advance(60_000);
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(3);
  });

  it('does not give up a mail because the mail server refuses our sign-in', async () => {
    const refusing = await MailServer.start(0, { requiresSignIn: true });
    const other = await TestApp.start({ SMTP_URL: `smtp://wrong:password@127.0.0.1:${refusing.port}` });
    const id = await queue(other);
    await other.get(MailDispatcher).run();
    expect(await stateOf(other, id)).toMatchObject({
      state: 'retrying',
      lastError: expect.stringContaining('EAUTH'),
    });
    await other.stop();
    await refusing.stop();
  });

  /** As if an instance had died while sending; its lease ends so many seconds from now. */
  const leaseTo = (id: number | null, seconds: number) =>
    app
      .get(UnitOfWork)
      .run((tx) =>
        execute(
          tx,
          "UPDATE mail SET state = 'sending', leaseOwner = 'dead', nextAttemptAt = ? WHERE id = ?",
          [new Date(Date.now() + seconds * 1000), id],
        ),
      );

  it('takes over from an instance that died while sending, after its lease', async () => {
    const id = await queue(app);
    await leaseTo(id, 90);
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(0);
    await leaseTo(id, -1);
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(1);
    expect(await stateOf(app, id)).toMatchObject({ state: 'sent' });
  });

  it('takes nothing over early because its own clock is ahead', async () => {
    await leaseTo(await queue(app), 90);
    app.clock.advance(3_600_000);
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(0);
  });

  it('does not begin to send when it was held up after the claim until its lease is almost over', async () => {
    app.get(MailReasons).register('sign-in-link', async () => {
      app.clock.advance(80_000);
      return true;
    });
    const id = await queue(app, order({ about: { type: 'test', id: 1 } }));
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(0);
    expect(await stateOf(app, id)).toMatchObject({ state: 'retrying', attempts: 1 });
  });

  it('does not send twice because the database was away when the outcome was to be noted', async () => {
    const id = await queue(app);
    const unitOfWork = app.get(UnitOfWork);
    const run = unitOfWork.run.bind(unitOfWork);
    let calls = 0;
    unitOfWork.run = (work) => {
      calls += 1;
      // The first is the claim, the second the outcome.
      return calls === 2 ? Promise.reject(new Error('away')) : run(work);
    };
    await app.get(MailDispatcher).run();
    expect(calls).toBe(3);
    expect(server.mails).toHaveLength(1);
    expect(await stateOf(app, id)).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('is not delivered by an attempt that was given up, beside the next one', async () => {
    const hasty = await TestApp.start({ SMTP_URL: server.url, MAIL_LEASE_SECONDS: '3' });
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    server.holdReceiver = () => released;
    const id = await queue(hasty);
    await hasty.get(MailDispatcher).run();
    expect(await stateOf(hasty, id)).toMatchObject({ state: 'retrying', attempts: 1 });
    server.holdReceiver = async () => {};
    release();
    hasty.clock.advance(60_000);
    await hasty.get(MailDispatcher).run();
    expect(await stateOf(hasty, id)).toMatchObject({ state: 'sent', attempts: 2 });
    expect(server.mails).toHaveLength(1);
    await hasty.stop();
  });

  it('is not sent before its time', async () => {
    await queue(app, order({ notBefore: new Date(app.clock.now().getTime() + 3_600_000) }));
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(0);
    app.clock.advance(3_700_000);
    await app.get(MailDispatcher).run();
    expect(server.mails).toHaveLength(1);
  });
});

describe('the outbox without SMTP', () => {
  it('writes a file that /postkasse shows, with the link', async () => {
    const app = await TestApp.start();
    try {
      const id = await queue(app);
      await app.get(MailDispatcher).run();
      expect(await readdir(app.env.MAIL_DIR)).toEqual([`${id}.eml`]);
      expect(await readFile(`${app.env.MAIL_DIR}/${id}.eml`, 'utf8')).toContain('To: aase@aarhus.test');
      const list = await (await fetch(`${app.url}/postkasse`)).text();
      expect(list).toContain('Dit link til Vagtklar');
      const page = await (await fetch(`${app.url}/postkasse/${id}`)).text();
      expect(page).toContain('/log-ind/link/hemmeligt');
      const html = await fetch(`${app.url}/postkasse/${id}/html`);
      expect(html.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect((await fetch(`${app.url}/postkasse/99`)).status).toBe(404);
    } finally {
      await app.stop();
    }
  });

  it('has no /postkasse when mails are really sent', async () => {
    const app = await TestApp.start({ SMTP_URL: 'smtp://127.0.0.1:1' });
    expect((await fetch(`${app.url}/postkasse`)).status).toBe(404);
    await app.stop();
  });
});

const several = process.env['TEST_DATABASE'] === 'mariadb' ? describe : describe.skip;
several('two instances on one outbox', () => {
  it('send every mail once', async () => {
    const server = await MailServer.start();
    const own = await createTestDatabase();
    const clock = new TestClock();
    const a = await TestApp.start({ SMTP_URL: server.url }, own, clock);
    const b = await TestApp.start({ SMTP_URL: server.url }, own, clock);
    for (let n = 0; n < 60; n += 1) await queue(a);
    await Promise.all([a.get(MailDispatcher).run(), b.get(MailDispatcher).run()]);
    const ids = server.mails.map((mail) => mail.messageId);
    await b.stop({ keepDatabase: true });
    await a.stop();
    await server.stop();
    expect(new Set(ids).size).toBe(60);
    expect(ids).toHaveLength(60);
  });

  it('pass over a mail whose row a frozen instance keeps locked', async () => {
    const server = await MailServer.start();
    const own = await createTestDatabase();
    const app = await TestApp.start({ SMTP_URL: server.url }, own);
    const locked = await queue(app);
    const free = await queue(app);
    const frozen = await createConnection(own.url);
    await frozen.query('BEGIN');
    await frozen.query("UPDATE mail SET leaseOwner = 'frozen' WHERE id = ?", [locked]);
    await app.get(MailDispatcher).run();
    expect((await stateOf(app, locked)).state).toBe('queued');
    expect((await stateOf(app, free)).state).toBe('sent');
    await frozen.query('ROLLBACK');
    await frozen.end();
    await app.get(MailDispatcher).run();
    expect((await stateOf(app, locked)).state).toBe('sent');
    await app.stop();
    await server.stop();
  });
});
