import { request as httpRequest } from 'node:http';
import { localDateOf } from '../../src/common/local-date.js';
import { Api } from '../support/api.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { basic, PasswordHost, registration } from '../support/rustici.js';
import { TestApp } from '../support/test-app.js';
import { Host, signedHeaders } from '../support/webhook.js';

describe('hosts of other shapes', () => {
  let app: TestApp;
  let world: World;
  let host: Host;
  let rustici: PasswordHost;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    host = await Host.connect(app, world.secretariat, { name: 'SCORM Cloud', shape: 'rustici' });
    rustici = new PasswordHost(app, host);
  });
  afterAll(() => app.stop());

  async function enrolled() {
    const { body: agent } = await world.leader.post('/agents', anAgent());
    const { body } = await world.leader.get(`/enrolments?agentId=${agent['id']}`);
    return { agent, ...(body['items'][0] as { id: number; reference: string }) };
  }
  const stateOf = async (id: number) =>
    (await world.secretariat.get('/enrolments?limit=200')).body['items'].find(
      (e: { id: number }) => e.id === id,
    );
  const courseCode = async () => (await world.secretariat.get('/courses')).body['items'][0].code as string;
  const stored = (id: string) =>
    app.rows<{ body: string; status: string; reason: string | null }>(
      'SELECT body, status, reason FROM inbox_message WHERE messageId = ?',
      [id],
    );

  describe('a registration result', () => {
    it('completes the enrolment whose reference is its id', async () => {
      const { id, reference } = await enrolled();
      expect(await rustici.post(registration(reference))).toMatchObject({
        status: 202,
        body: { status: 'applied', messageId: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      });
      expect(await stateOf(id)).toMatchObject({
        state: 'completed',
        success: 'passed',
        scoreScaled: 0.8,
        completedAt: '2026-03-02T09:00:00.000Z',
        source: 'SCORM Cloud',
      });
      const [event] = await app.rows('SELECT seconds FROM completion_event WHERE enrolmentId = ?', [id]);
      expect(event).toEqual({ seconds: 600 });
    });

    it('passes without saying completed, with a score and a share that are hardly numbers', async () => {
      const { id, reference } = await enrolled();
      const result = registration(reference, {
        registrationCompletion: 'UNKNOWN',
        score: { scaled: 7.0000000000000009 },
      });
      expect((await rustici.post(result)).body['status']).toBe('applied');
      expect(await stateOf(id)).toMatchObject({
        state: 'completed',
        success: 'passed',
        scoreScaled: 0.07,
        completedAt: '2026-03-02T10:00:00.000Z',
      });
    });

    it('finds the learner and the course where its id is none of ours', async () => {
      const { id, agent } = await enrolled();
      const result = registration('reg-1', {
        course: { id: (await courseCode()).toUpperCase() },
        learner: { id: '4711', email: String(agent['email']).toUpperCase() },
      });
      expect((await rustici.post(result)).body['status']).toBe('applied');
      expect((await stateOf(id)).state).toBe('completed');
    });

    const steps = [
      { registrationCompletion: 'INCOMPLETE', registrationSuccess: 'UNKNOWN', score: { scaled: 'NaN' } },
      { registrationCompletion: 'COMPLETED', registrationSuccess: 'FAILED', score: { scaled: 40 } },
      { registrationCompletion: 'COMPLETED', registrationSuccess: 'PASSED', score: { scaled: 90 } },
    ].map((step, index) => ({
      ...step,
      updated: `2026-03-0${index + 2}T10:00:00.000Z`,
      completedDate: index === 0 ? null : '2026-03-03T09:00:00.000Z',
    }));

    it.each([
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ])('ends in the same state in the order %i, %i, %i', async (...order) => {
      const { id, reference } = await enrolled();
      for (const index of order)
        expect((await rustici.post(registration(reference, steps[index]))).body['status']).toBe('applied');
      expect(await stateOf(id)).toMatchObject({
        state: 'completed',
        success: 'passed',
        scoreScaled: 0.9,
        completedAt: '2026-03-03T09:00:00.000Z',
      });
    });

    it('counts once however often it is sent, and a changed one again', async () => {
      const { id, reference } = await enrolled();
      const result = registration(reference, steps[0]);
      expect((await rustici.post(result)).body['status']).toBe('applied');
      for (let repeat = 0; repeat < 70; repeat += 1)
        expect(await rustici.post(result)).toMatchObject({ status: 202, body: { status: 'duplicate' } });
      expect(await app.count('completion_event', `enrolmentId = ${id}`)).toBe(1);
      expect((await stateOf(id)).state).toBe('in_progress');
      expect((await rustici.post(registration(reference, steps[2]))).body['status']).toBe('applied');
      expect((await stateOf(id)).state).toBe('completed');
    });

    it('counts once when seventy come together', async () => {
      const { id, reference } = await enrolled();
      const answers = await Promise.all(
        Array.from({ length: 70 }, () => rustici.post(registration(reference))),
      );
      expect(answers.every(({ status }) => status === 202)).toBe(true);
      expect(answers.filter(({ body }) => body['status'] === 'applied')).toHaveLength(1);
      expect(await app.count('completion_event', `enrolmentId = ${id}`)).toBe(1);
      expect((await stateOf(id)).state).toBe('completed');
    });

    it('that fits nobody waits, is assigned by hand, and another is found again', async () => {
      const { id, agent } = await enrolled();
      const email = `privat.${unique()}@example.test`;
      const course = { id: await courseCode() };
      const lost = registration('reg-2', { course, learner: { id: 'x', email } });
      const { body } = await rustici.post(lost);
      expect(body['status']).toBe('unmatched');
      const { items } = (await world.secretariat.get('/inbox-messages?status=unmatched')).body;
      const message = items.find((one: { messageId: string }) => one.messageId === body['messageId']);
      expect(message).toMatchObject({ reason: 'unknown_learner_or_course', body: JSON.stringify(lost) });
      const path = `/inbox-messages/${message.id}`;
      expect((await world.secretariat.post(`${path}/replays`)).body['status']).toBe('unmatched');
      const assigned = await world.secretariat.post(`${path}/assignments`, { enrolmentId: id });
      expect(assigned.body).toMatchObject({ status: 'applied', enrolmentId: id });
      expect(await stateOf(id)).toMatchObject({ completedAt: '2026-03-02T09:00:00.000Z', scoreScaled: 0.8 });
      expect(await rustici.post(lost)).toMatchObject({ status: 202, body: { status: 'duplicate' } });

      const second = await enrolled();
      const early = registration('reg-3', { course, learner: { id: 'x', email: `ny.${email}` } });
      const { messageId } = (await rustici.post(early)).body;
      await world.secretariat.patch(`/agents/${second.agent['id']}`, {
        version: (await world.secretariat.get(`/agents/${second.agent['id']}`)).body['version'],
        email: `ny.${email}`,
      });
      const [row] = await app.rows<{ id: number }>('SELECT id FROM inbox_message WHERE messageId = ?', [
        messageId,
      ]);
      const replayed = await world.secretariat.post(`/inbox-messages/${row!.id}/replays`);
      expect(replayed.body).toMatchObject({ status: 'applied', enrolmentId: second.id });
      expect(agent['id']).not.toBe(second.agent['id']);
    });

    it('comes in an envelope, whose id it has', async () => {
      const { id, reference } = await enrolled();
      const envelope = {
        payloadId: `payload-${unique()}`,
        subscriptionId: 's',
        topic: 'RegistrationChanged',
        timestamp: '2026-03-02T11:00:00Z',
        body: registration(reference),
      };
      expect((await rustici.post(envelope)).body).toEqual({
        messageId: envelope.payloadId,
        status: 'applied',
      });
      expect((await stateOf(id)).state).toBe('completed');
      const again = { ...envelope, timestamp: '2026-03-02T12:00:00Z' };
      expect((await rustici.post(again)).body['status']).toBe('duplicate');
      const other = { ...envelope, payloadId: `payload-${unique()}`, topic: 'CourseDeleted' };
      expect((await rustici.post(other)).body['status']).toBe('unmatched');
      expect(await stored(other.payloadId)).toEqual([
        { body: JSON.stringify(other), status: 'unmatched', reason: 'not_understood' },
      ]);
    });

    it.each(['userName', 'username'])(
      'comes as a form with %s, whose password is kept nowhere',
      async (name) => {
        const { id, reference } = await enrolled();
        const data = JSON.stringify(registration(reference, { note: 'æ + & =' }));
        const answer = await rustici.form({ data, [name]: host.key, password: host.secret });
        expect(answer).toMatchObject({ status: 202, body: { status: 'applied' } });
        expect((await stateOf(id)).state).toBe('completed');
        expect(await stored(answer.body['messageId'])).toMatchObject([{ body: data }]);
        // The same result, whichever way it comes.
        expect((await rustici.post(data)).body['status']).toBe('duplicate');
        expect(await app.count('inbox_message', `body LIKE '%${host.secret.slice(6, 30)}%'`)).toBe(0);
      },
    );

    it('may be signed like any other', async () => {
      const { id, reference } = await enrolled();
      expect((await host.send(registration(reference), 'signed-1')).body).toEqual({
        messageId: 'signed-1',
        status: 'applied',
      });
      expect((await stateOf(id)).state).toBe('completed');
    });

    it.each([
      ['broken', '{"registrationCompletion": NaN'],
      ['empty', ''],
      ['no object', '7'],
    ])('that cannot be read (%s) is kept and not sent seventy times more', async (_, text) => {
      const answer = await rustici.post(text);
      expect(answer).toMatchObject({ status: 202, body: { status: 'unmatched' } });
      expect(await stored(answer.body['messageId'])).toMatchObject([{ body: text, status: 'unmatched' }]);
      expect(await rustici.post(text)).toMatchObject({ status: 202, body: { status: 'duplicate' } });
    });

    it('that is no UTF-8 is kept as far as it goes', async () => {
      const answer = await fetch(`${app.url}/api/v1${rustici.path}`, {
        method: 'POST',
        body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]),
        headers: { 'content-type': 'application/json', ...basic(host.key, host.secret) },
      });
      expect(answer.status).toBe(202);
      const { messageId } = (await answer.json()) as { messageId: string };
      expect(await stored(messageId)).toMatchObject([{ status: 'unmatched', reason: 'unreadable' }]);
    });
  });

  describe('refuses', () => {
    const result = registration('x');
    const data = JSON.stringify(result);

    it.each([
      ['a wrong password', () => rustici.post(result, { password: `${host.secret}x` })],
      ['a wrong user name', () => rustici.post(result, { userName: `${host.key}x` })],
      ['an empty password', () => rustici.post(result, { password: '' })],
      ['no password', () => new Api(app).post(rustici.path, data)],
      ['a bearer token', () => new Api(app, host.secret).post(rustici.path, data)],
      ['rubbish for Basic', () => new Api(app).post(rustici.path, data, { authorization: 'Basic %%%' })],
      ['Basic without a colon', () => new Api(app).post(rustici.path, data, { authorization: 'Basic eHg=' })],
      ['a form with a wrong password', () => rustici.form({ data, userName: host.key, password: 'x' })],
      ['a form without one', () => rustici.form({ data })],
      ['a form with two', () => rustici.form(`data=x&userName=${host.key}&password=a&password=b`)],
      [
        'a form under the signature of nothing',
        () => {
          const headers = signedHeaders(host.secret, '', 'empty');
          return new Api(app).post(rustici.path, `data=${encodeURIComponent(data)}`, {
            ...headers,
            'content-type': 'application/x-www-form-urlencoded',
          });
        },
      ],
    ])('%s', async (_, send) => {
      const answer = await send();
      expect(answer).toMatchObject({ status: 401, body: { code: 'invalid_signature' } });
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Vagtklar"');
    });

    it('an unknown connection in the same words', async () => {
      const wrong = await rustici.post(result, { password: 'x' });
      const unknown = await new Api(app).post('/webhooks/completions/nope', data, basic('nope', 'x'));
      const words = ({ status, body }: typeof wrong) => ({ status, ...body, instance: undefined });
      expect(words(unknown)).toEqual(words(wrong));
      expect(unknown.headers.get('www-authenticate')).toBe(wrong.headers.get('www-authenticate'));
    });

    it.each([
      ['webhook-id', 401],
      ['webhook-timestamp', 401],
      // One header may hold several signatures as well.
      ['webhook-signature', 202],
      ['authorization', 401],
    ])('a repeated header %s: %i', async (name, expected) => {
      const text = '{"x":1}';
      const good: Record<string, string | string[]> =
        name === 'authorization' ? {} : signedHeaders(host.secret, text, `twice-${name}`);
      const value = good[name] ?? 'Basic eA==';
      const status = await new Promise<number | undefined>((resolve, reject) => {
        const sent = httpRequest(
          `${app.url}/api/v1${rustici.path}`,
          {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...good, [name]: [value, value].flat() },
          },
          (answer) => resolve(answer.resume().statusCode),
        );
        sent.on('error', reject);
        sent.end(text);
      });
      expect(status).toBe(expected);
    });

    it('what is larger than can be kept', async () => {
      const answer = await rustici.post({ ...result, padding: 'x'.repeat(70_000) });
      expect(answer.status).toBe(413);
    });

    it('a password where a message has to be signed', async () => {
      const own = await Host.connect(app, world.secretariat);
      expect((await new PasswordHost(app, own).post({})).status).toBe(401);
    });
  });

  it('takes two passwords while one is changed, and the new one alone after a day', async () => {
    const made = await Host.connect(app, world.secretariat, { name: 'Skifter', shape: 'rustici' });
    const old = new PasswordHost(app, made);
    const [{ id }] = (await world.secretariat.get('/connections')).body['items'].filter(
      (one: { key: string }) => one.key === made.key,
    );
    const { body } = await world.secretariat.post(`/connections/${id}/secrets`);
    const renewed = new PasswordHost(app, made.withSecret(body['secret']));
    const send = (one: PasswordHost) => one.post(registration(`r-${unique()}`));
    expect((await send(old)).status).toBe(202);
    expect((await send(renewed)).status).toBe(202);
    const data = JSON.stringify(registration(`r-${unique()}`));
    expect((await old.form({ data, userName: made.key, password: made.secret })).status).toBe(202);
    app.clock.advance(24 * 3_600_000 + 1000);
    expect((await send(old)).status).toBe(401);
    expect((await send(renewed)).status).toBe(202);
    app.clock.advance(-24 * 3_600_000 - 1000);
  });

  describe('xAPI', () => {
    const statement = (email: string, code: string, verb: string, changes: Record<string, unknown> = {}) => ({
      actor: { mbox: `mailto:${email}` },
      verb: { id: `http://adlnet.gov/expapi/verbs/${verb}` },
      object: { id: `https://host.example/courses/${code}` },
      timestamp: '2026-03-02T09:00:00Z',
      ...changes,
    });

    it('takes a list about several learners, each statement for itself, once', async () => {
      const xapi = new PasswordHost(app, await Host.connect(app, world.secretariat, { shape: 'xapi' }));
      const [one, two] = [await enrolled(), await enrolled()];
      const code = await courseCode();
      const statements = [
        statement(one.agent['email'], code, 'initialized'),
        statement(one.agent['email'], code, 'passed', { result: { score: { scaled: 0.75 } } }),
        statement(two.agent['email'], code, 'answered', {
          id: '7ccd3322-6b24-4a7d-9d1e-2f1b0e0c0001',
        }),
      ];
      expect(await xapi.post(statements)).toMatchObject({ status: 202, body: { status: 'applied' } });
      expect(await stateOf(one.id)).toMatchObject({ state: 'completed', scoreScaled: 0.75 });
      expect((await stateOf(two.id)).state).toBe('not_started');
      expect(await stored('7ccd3322-6b24-4a7d-9d1e-2f1b0e0c0001')).toMatchObject([{ status: 'kept' }]);
      expect((await xapi.post(statements)).body['status']).toBe('duplicate');
      expect((await xapi.post([statements[2]])).body['status']).toBe('duplicate');
      expect(await app.count('completion_event', `enrolmentId = ${one.id}`)).toBe(2);
      const kept = (await world.secretariat.get('/inbox-messages?status=kept')).body['items'];
      const assigned = await world.secretariat.post(`/inbox-messages/${kept[0].id}/assignments`, {
        enrolmentId: two.id,
      });
      expect(assigned).toMatchObject({ status: 409, body: { code: 'message_not_waiting' } });
    });

    it('tells a person what is kept about him or her, and forgets it', async () => {
      const host2 = await Host.connect(app, world.secretariat, { shape: 'xapi' });
      await host2.send(statement('kun.her@aarhus.test', 'findes-ikke', 'answered'));
      const { body: agent } = await world.leader.post('/agents', anAgent({ email: 'kun.her@aarhus.test' }));
      const { body } = await world.secretariat.get(`/people/${agent['personId']}/data-export`);
      expect(body['tables'].inbox_message).toMatchObject([{ status: 'kept' }]);
      await world.leader.post(`/agents/${agent['id']}/departures`, { on: localDateOf(app.clock.now()) });
      expect((await world.secretariat.post(`/people/${agent['personId']}/erasures`)).status).toBe(204);
      expect(await app.count('inbox_message', "body LIKE '%kun.her%' OR learnerKey LIKE '%kun.her%'")).toBe(
        0,
      );
    });

    it('refuses more statements than anybody sends at once', async () => {
      const xapi = await Host.connect(app, world.secretariat, { shape: 'xapi' });
      const many = Array.from({ length: 501 }, () => statement('a@b.dk', 'x', 'answered'));
      expect((await xapi.send(many)).status).toBe(413);
      expect((await xapi.send([])).body['status']).toBe('unmatched');
    });
  });

  it('takes commits of scorm-again for the only course of a connection', async () => {
    const { id, agent } = await enrolled();
    const [{ id: courseId }] = (await world.secretariat.get('/courses')).body['items'];
    const limited = await Host.connect(app, world.secretariat, {
      shape: 'scorm-commit',
      courseIds: [courseId],
    });
    const commit = {
      completionStatus: 'completed',
      successStatus: 'unknown',
      totalTimeSeconds: 12.5,
      score: { raw: '', min: '', max: '' },
      runtimeData: { cmi: { learner_id: agent['email'] } },
      commitSequence: 1,
    };
    const before = app.clock.now();
    expect((await limited.send(commit)).body['status']).toBe('applied');
    const state = await stateOf(id);
    expect(state).toMatchObject({ state: 'completed', success: null, scoreScaled: null });
    expect(new Date(state.completedAt).getTime()).toBeGreaterThanOrEqual(before.getTime() - 1000);
    const open = await Host.connect(app, world.secretariat, { shape: 'scorm-commit' });
    expect((await open.send(commit)).body['status']).toBe('unmatched');
  });
});
