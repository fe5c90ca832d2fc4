import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { insertRow } from '../../src/database/sql.js';
import { ConnectionWatch, RefusalService, type InboxMessage } from '../../src/modules/tracking/index.js';
import { IntakeService } from '../../src/modules/tracking/intake.service.js';
import { Api, PASSWORD } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { addCourse, anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { PasswordHost, registration } from '../support/rustici.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, isMariadb } from '../support/test-database.js';
import { completed, Host, signedHeaders } from '../support/webhook.js';

const SHAPES = ['own', 'rustici', 'xapi', 'scorm-commit'] as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('connections', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  const connect = async (changes: Record<string, unknown> = {}) => {
    const host = await Host.connect(app, world.secretariat, { name: `Vært ${unique()}`, ...changes });
    const { items } = (await world.secretariat.get('/connections?limit=200')).body;
    const { id } = items.find((one: { key: string }) => one.key === host.key);
    return { host, id: id as number };
  };
  const read = async (id: number) => (await world.secretariat.get(`/connections/${id}`)).body;
  const secretariat = async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: PASSWORD,
    });
    return browser;
  };

  describe('a test message', () => {
    it.each(SHAPES)('goes the way of any other and changes nothing: %s', async (shape) => {
      await world.leader.post('/agents', anAgent());
      const { id } = await connect({ shape });
      const before = await app.rows('SELECT * FROM enrolment ORDER BY id');
      const unmatched = await app.count('inbox_message', "status = 'unmatched'");
      const { status, body } = await world.secretariat.post(`/connections/${id}/test-messages`);
      expect({ status, told: body['status'] }).toEqual({ status: 201, told: 'unmatched' });
      const [message] = (await world.secretariat.get(`/inbox-messages?connectionId=${id}`)).body['items'];
      expect(message).toMatchObject({
        status: 'test',
        reason: 'unknown_learner_or_course',
        enrolmentId: null,
        messageId: body['messageId'],
      });
      expect(await app.rows('SELECT * FROM enrolment ORDER BY id')).toEqual(before);
      expect(await app.count('inbox_message', "status = 'unmatched'")).toBe(unmatched);
      expect(await read(id)).toMatchObject({ lastMessageAt: null, lastAcceptedAt: null, refusedCount: 0 });
      const assigned = await world.secretariat.post(`/inbox-messages/${message.id}/assignments`, {
        enrolmentId: before[0]!['id'],
      });
      expect(assigned.body['code']).toBe('message_not_waiting');
    });

    it('never reaches an enrolment, even if it were about one', async () => {
      const { host } = await connect();
      const { body: agent } = await world.leader.post('/agents', anAgent());
      const [enrolment] = (await world.leader.get(`/enrolments?agentId=${agent['id']}`)).body['items'];
      const text = JSON.stringify(completed(enrolment.reference));
      const id = `mark-${unique()}`;
      const delivery = { headers: signedHeaders(host.secret, text, id), body: Buffer.from(text) };
      const receipt = await app.get(IntakeService).receive(host.key, delivery, true);
      expect(receipt).toEqual({ messageId: id, status: 'unmatched' });
      const [row] = await app.rows<{ id: number }>(
        'SELECT id, status, enrolmentId FROM inbox_message WHERE messageId = ?',
        [id],
      );
      expect(row).toMatchObject({ status: 'test', enrolmentId: null });
      expect((await world.secretariat.post(`/inbox-messages/${row!.id}/replays`)).status).toBe(409);
      expect(await app.count('completion_event', `enrolmentId = ${enrolment.id}`)).toBe(0);
    });

    it('is not there for a connection that is not', async () => {
      expect((await world.secretariat.post('/connections/999999/test-messages')).status).toBe(404);
      expect((await world.secretariat.get('/connections/999999')).status).toBe(404);
    });
  });

  describe('changes', () => {
    it('are made on the version that was read', async () => {
      const { id } = await connect();
      const { version } = await read(id);
      const wish = { version, name: 'Nyt navn', courseIds: [world.courseId] };
      expect((await world.secretariat.patch(`/connections/${id}`, wish)).body).toMatchObject({
        name: 'Nyt navn',
        courseIds: [world.courseId],
        version: version + 1,
      });
      expect((await world.secretariat.patch(`/connections/${id}`, wish)).body['code']).toBe('stale_version');
      const unknown = { version: version + 1, name: 'X', courseIds: [999_999] };
      expect((await world.secretariat.patch(`/connections/${id}`, unknown)).body['code']).toBe(
        'unknown_course',
      );
      const missing = await world.secretariat.patch('/connections/999999', { ...wish, courseIds: null });
      expect(missing.status).toBe(404);
    });
  });

  describe('the page', () => {
    it('makes one of any shape with its courses, and shows it', async () => {
      const other = await app.get(UnitOfWork).run((tx) => addCourse(tx, app.clock.now(), { title: 'Andet' }));
      const browser = await secretariat();
      const list = await browser.get('/indstillinger/forbindelser');
      const made = await browser.post('/indstillinger/forbindelser', {
        _csrf: list.csrf,
        name: 'SCORM Cloud',
        shape: 'rustici',
        courseIds: String(other),
      });
      expect(made.text).toContain('whsec_');
      const [{ id, key }] = (await world.secretariat.get('/connections?limit=200')).body['items'].filter(
        (one: { name: string }) => one.name === 'SCORM Cloud',
      );
      const page = await browser.get(`/indstillinger/forbindelser/${id}`);
      expect(page.status).toBe(200);
      for (const word of [
        `/api/v1/webhooks/completions/${key}`,
        'SCORM Cloud og Rustici Engine',
        'RegistrationChanged',
        'HTTP Basic',
        'Andet',
        'Én hemmelighed gælder',
      ])
        expect(page.text).toContain(word);
      expect(page.text).not.toContain('whsec_');
    });

    it('rotates the secret, and says until when the old one counts', async () => {
      const { id } = await connect();
      const browser = await secretariat();
      const path = `/indstillinger/forbindelser/${id}`;
      const rotated = await browser.submit(await browser.get(path), `${path}/ny-noegle`);
      expect(rotated.text).toMatch(/whsec_/);
      const page = await browser.get(path);
      expect(page.text).toContain('To hemmeligheder gælder: den nye, og den gamle indtil');
      expect(page.text).not.toMatch(/whsec_/);
      app.clock.advance(DAY + 1000);
      const later = await (await secretariat()).get(path);
      app.clock.advance(-DAY - 1000);
      expect(later.text).toContain('Én hemmelighed gælder');
    });

    it('shows the last messages raw, and as what they were read', async () => {
      const { host, id } = await connect({ shape: 'rustici' });
      const rustici = new PasswordHost(app, host);
      await rustici.post(registration('reg-1', { score: { scaled: 0 }, registrationSuccess: 'FAILED' }));
      await rustici.post({ topic: 'CourseDeleted', payloadId: 'p-9', body: {} });
      const browser = await secretariat();
      const path = `/indstillinger/forbindelser/${id}`;
      const tested = await browser.submit(await browser.get(path), `${path}/test`);
      expect(tested.url).toBe(path);
      for (const word of [
        'nobody@example.invalid på forløbet intet',
        'Gennemført',
        'Ikke bestået',
        '0 %',
        '600 sekunder',
        'Testbeskeden blev modtaget og forstået',
        'Beskeden kan ikke læses i denne form',
        '&quot;registrationSuccess&quot;:&quot;FAILED&quot;',
        'Testbeskeden er sendt',
      ])
        expect(tested.text.replaceAll('\u00a0', ' ')).toContain(word);
      expect(tested.text).toMatch(/Beskeder det seneste døgn<\/th><td>2</);
      expect(tested.text).toContain('passer ikke til nogen (Indholdet blev ikke forstået)');
    });

    it('changes name and courses, and tells what is wrong', async () => {
      const { id } = await connect({ courseIds: [world.courseId] });
      const browser = await secretariat();
      const path = `/indstillinger/forbindelser/${id}`;
      const page = await browser.get(path);
      const faulty = await browser.post(path, { _csrf: page.csrf, version: '1', name: '' });
      expect(faulty).toMatchObject({ status: 400 });
      expect(faulty.text).toContain('Skriv et navn.');
      const saved = await browser.post(path, { _csrf: page.csrf, version: '1', name: 'Ret' });
      expect(saved.location).toBe(`${path}?done=connection_changed`);
      expect(await read(id)).toMatchObject({ name: 'Ret', courseIds: null, version: 2 });
      const stale = await browser.post(path, { _csrf: page.csrf, version: '1', name: 'Igen' });
      expect(stale.status).toBe(400);
    });

    it('is there for the secretariat alone, and only when the connection is', async () => {
      const browser = await secretariat();
      expect((await browser.get('/indstillinger/forbindelser/999999')).status).toBe(404);
      expect((await browser.get('/indstillinger/forbindelser/abc')).status).toBe(404);
    });
  });

  describe('refused deliveries', () => {
    it('are counted, written once a minute, and begin anew after a message that was taken', async () => {
      const { host, id } = await connect();
      const wrong = host.withSecret(`whsec_${Buffer.alloc(32).toString('base64')}`);
      for (let n = 0; n < 4; n += 1) expect((await wrong.send(completed('x'))).status).toBe(401);
      expect(await read(id)).toMatchObject({ refusedCount: 1, lastRefusalReason: 'invalid_signature' });
      await app.get(RefusalService).flush();
      expect(await read(id)).toMatchObject({ refusedCount: 4 });
      app.clock.advance(61_000);
      await wrong.send(completed('x'));
      expect(await read(id)).toMatchObject({ refusedCount: 5 });
      expect((await host.send('{"a":')).status).toBe(400);
      await app.get(RefusalService).flush();
      expect(await read(id)).toMatchObject({ refusedCount: 6, lastRefusalReason: 'unreadable_message' });
      const page = await (await secretariat()).get(`/indstillinger/forbindelser/${id}`);
      expect(page.text).toContain('6 leveringer er afvist siden den seneste gode besked');
      app.clock.advance(1000);
      await host.send(completed('0'.repeat(32)));
      expect(await read(id)).toMatchObject({ refusedCount: 0 });
      app.clock.advance(61_000);
      await wrong.send(completed('x'));
      expect(await read(id)).toMatchObject({ refusedCount: 1 });
      expect(await app.count('inbox_message', `connectionId = ${id}`)).toBe(2);
    });

    it('of an address that is nobody’s are counted nowhere', async () => {
      const before = await app.rows('SELECT id, refusedCount, lastRefusedAt FROM connection ORDER BY id');
      const stranger = new PasswordHost(app, { key: 'nobody', secret: 'x' });
      await stranger.post({});
      await app.get(RefusalService).flush();
      expect(await app.rows('SELECT id, refusedCount, lastRefusedAt FROM connection ORDER BY id')).toEqual(
        before,
      );
    });
  });
});

describe('the watch over connections', () => {
  let app: TestApp;
  let other: TestApp;
  let world: World;
  let database: Awaited<ReturnType<typeof createTestDatabase>>;

  beforeAll(async () => {
    database = await createTestDatabase();
    app = await TestApp.start({}, database);
    world = await buildWorld(app);
    // SQLite takes one instance; there the same one does it twice at once.
    other = isMariadb ? await TestApp.start({}, database, app.clock) : app;
  });
  afterAll(async () => {
    if (other !== app) await other.stop({ keepDatabase: true });
    await app.stop();
  });

  const watch = () =>
    Promise.all([app, other, app, other].map((instance) => instance.get(ConnectionWatch).run()));
  const tasks = (id: number, kind: string) =>
    app.rows<{ doneAt: unknown }>(
      "SELECT doneAt FROM task WHERE kind = ? AND subjectType = 'connection' AND subjectId = ? ORDER BY id",
      [kind, id],
    );
  const mails = (id: number) =>
    app.count('mail', `template = 'connection-alarm' AND aboutType = 'connection' AND aboutId = ${id}`);
  const make = async () => {
    const host = await Host.connect(app, world.secretariat, { name: `Vært ${unique()}`, shape: 'rustici' });
    const [row] = await app.rows<{ id: number }>('SELECT id FROM connection WHERE connectionKey = ?', [
      host.key,
    ]);
    return { id: row!.id, rustici: new PasswordHost(app, host) };
  };
  /** A message that came so many days ago. */
  const received = (connectionId: number, daysAgo: number, status: InboxMessage['status'] = 'applied') =>
    app.get(UnitOfWork).run((tx) =>
      insertRow<InboxMessage>(tx, 'inbox_message', {
        connectionId,
        messageId: `old-${unique()}`,
        messageHash: `hash-${unique()}`,
        body: '{}',
        status,
        reason: null,
        learnerKey: null,
        enrolmentId: null,
        receivedAt: new Date(app.clock.now().getTime() - daysAgo * DAY),
      }),
    );

  it('tells once when a host falls silent, and again only after it has spoken', async () => {
    const { id, rustici } = await make();
    for (const daysAgo of [12, 13, 14, 15, 16]) await received(id, daysAgo);
    await received(id, 1, 'test');
    await watch();
    await watch();
    expect(await tasks(id, 'connection_silent')).toEqual([{ doneAt: null }]);
    expect(await mails(id)).toBe(1);
    expect((await world.secretariat.get('/tasks')).body['items']).toContainEqual(
      expect.objectContaining({ kind: 'connection_silent', subjectName: expect.stringMatching(/^Vært/) }),
    );
    const [mail] = await app.rows<{ subject: string; text: string; toAddress: string }>(
      `SELECT subject, text, toAddress FROM mail WHERE template = 'connection-alarm' AND aboutId = ${id}`,
    );
    expect(mail).toMatchObject({ toAddress: app.env.SUPPORT_EMAIL });
    expect(mail!.text).toContain(`/indstillinger/forbindelser/${id}`);
    expect(mail!.text).toContain('har ikke sendt noget i flere dage');

    await rustici.post(registration('reg-1'));
    await watch();
    expect((await tasks(id, 'connection_silent'))[0]!.doneAt).not.toBeNull();
    app.clock.advance(60 * DAY);
    await watch();
    app.clock.advance(-60 * DAY);
    expect(await tasks(id, 'connection_silent')).toHaveLength(2);
    expect(await mails(id)).toBe(2);
  });

  it('says nothing of a host that never had a habit, or still keeps it', async () => {
    const { id: rare } = await make();
    for (const daysAgo of [20, 40, 60]) await received(rare, daysAgo);
    const { id: busy } = await make();
    for (const daysAgo of [1, 2, 3, 8, 9]) await received(busy, daysAgo);
    const { id: unused } = await make();
    await watch();
    for (const id of [rare, busy, unused]) expect(await tasks(id, 'connection_silent')).toEqual([]);
  });

  it('tells once when deliveries are refused, and settles it when one is taken', async () => {
    const { id, rustici } = await make();
    const refused = () => rustici.post({}, { password: 'x' });
    for (let n = 0; n < 4; n += 1) await refused();
    await watch();
    expect(await tasks(id, 'connection_failing')).toEqual([]);
    await refused();
    await watch();
    await watch();
    expect(await tasks(id, 'connection_failing')).toEqual([{ doneAt: null }]);
    expect(await mails(id)).toBe(1);
    app.clock.advance(2 * DAY);
    await watch();
    // That nobody tries any more is no good sign.
    expect(await tasks(id, 'connection_failing')).toEqual([{ doneAt: null }]);
    await rustici.post(registration('reg-2'));
    await watch();
    expect((await tasks(id, 'connection_failing'))[0]!.doneAt).not.toBeNull();
    app.clock.advance(HOUR);
    for (let n = 0; n < 5; n += 1) await refused();
    await watch();
    expect(await tasks(id, 'connection_failing')).toHaveLength(2);
    expect(await mails(id)).toBe(2);
  });
});

describe('xAPI statements under our registration', () => {
  it('count for the course they name, and not for one of its scenes', async () => {
    const app = await TestApp.start();
    try {
      const world = await buildWorld(app);
      const agent = await world.leader.post('/agents', anAgent());
      const { body } = await world.secretariat.get(`/enrolments?agentId=${agent.body['id']}`);
      const { reference, id } = body['items'][0] as { reference: string; id: number };
      const [course] = await app.rows<{ code: string }>('SELECT code FROM course WHERE id = ?', [
        world.courseId,
      ]);
      const made = await world.secretariat.post('/connections', { name: 'xAPI', shape: 'xapi' });
      const say = async (object: string) => {
        const text = JSON.stringify({
          actor: { account: { homePage: 'https://host.test', name: 'x' } },
          verb: { id: 'http://adlnet.gov/expapi/verbs/passed' },
          object: { id: object },
          context: { registration: reference },
        });
        const headers = signedHeaders(made.body['secret'], text, `x-${object}`);
        const answer = await new Api(app).post(`/webhooks/completions/${made.body['key']}`, text, headers);
        return answer.body['status'] as string;
      };
      expect(await say(`https://host.test/${course!.code}/scene-3`)).toBe('unmatched');
      const state = async () =>
        (await world.secretariat.get(`/enrolments?agentId=${agent.body['id']}`)).body['items'][0];
      expect(await state()).toMatchObject({ id, state: 'not_started' });
      expect(await say(`https://host.test/${course!.code}`)).toBe('applied');
      expect(await state()).toMatchObject({ id, state: 'completed' });
    } finally {
      await app.stop();
    }
  });
});
