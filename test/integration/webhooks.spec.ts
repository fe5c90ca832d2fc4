import { buildWorld, anAgent, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host, signedHeaders } from '../support/webhook.js';
import { Api } from '../support/api.js';

describe('completion webhooks', () => {
  let app: TestApp;
  let world: World;
  let host: Host;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    host = await Host.connect(app, world.secretariat);
  });
  afterAll(() => app.stop());

  async function enrolled(changes: Record<string, unknown> = {}) {
    const { body: agent } = await world.leader.post('/agents', anAgent(changes));
    const { body } = await world.leader.get(`/enrolments?agentId=${agent['id']}`);
    return { agent, enrolment: body['items'][0] as { id: number; reference: string } };
  }
  const stateOf = async (id: number) =>
    (await world.secretariat.get(`/enrolments?limit=200`)).body['items'].find(
      (e: { id: number }) => e.id === id,
    );

  it('marks the course completed, once', async () => {
    const { agent, enrolment } = await enrolled();
    const message = completed(enrolment.reference, { success: 'passed', score: { scaled: 0.9 } });
    expect(await host.send(message, 'msg-1')).toMatchObject({
      status: 202,
      body: { messageId: 'msg-1', status: 'applied' },
    });
    const first = await stateOf(enrolment.id);
    expect(first).toMatchObject({
      state: 'completed',
      success: 'passed',
      scoreScaled: 0.9,
      source: 'Articulate',
    });
    expect((await world.leader.get(`/agents/${agent['id']}`)).body).toMatchObject({
      status: 'ready',
      journey: { readyForFirstShift: true, reasons: [] },
    });

    const changed = { ...message, score: { scaled: 1 } };
    expect((await host.send(changed, 'msg-1')).body['status']).toBe('duplicate');
    expect(await stateOf(enrolment.id)).toEqual(first);
    expect(await app.count('completion_event', `enrolmentId = ${enrolment.id}`)).toBe(1);
  });

  it('tells message ids apart that differ in case', async () => {
    const { enrolment } = await enrolled();
    expect((await host.send(completed(enrolment.reference), 'Case')).body['status']).toBe('applied');
    expect((await host.send(completed(enrolment.reference), 'case')).body['status']).toBe('applied');
  });

  it('matches by learner and course too', async () => {
    const { agent, enrolment } = await enrolled();
    const [course] = (await world.secretariat.get('/courses')).body['items'];
    const message = completed('', {
      enrolment: undefined,
      learner: { email: String(agent['email']).toUpperCase() },
      course: { code: course.code },
    });
    expect((await host.send(message)).body['status']).toBe('applied');
    expect((await stateOf(enrolment.id)).state).toBe('completed');
  });

  it('keeps a message that fits nobody, and answers 202', async () => {
    expect((await host.send(completed('0'.repeat(32)), 'lost-1')).body['status']).toBe('unmatched');
    expect((await host.send({ hello: 'there' }, 'lost-2')).body['status']).toBe('unmatched');
    const { items } = (await world.secretariat.get('/inbox-messages?status=unmatched')).body;
    expect(items.map((m: { messageId: string; reason: string }) => [m.messageId, m.reason])).toEqual([
      ['lost-2', 'not_understood'],
      ['lost-1', 'unknown_learner_or_course'],
    ]);
  });

  it('does not believe a host whose clock is ahead, nor a score that is none', async () => {
    const { enrolment } = await enrolled();
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    const score = { raw: 1e308, min: -1e308, max: 1e308 };
    expect(
      (await host.send(completed(enrolment.reference, { occurredAt: ahead, score }))).body['status'],
    ).toBe('applied');
    const state = await stateOf(enrolment.id);
    expect(state.scoreScaled).toBeNull();
    expect(new Date(state.completedAt).getTime()).toBeLessThanOrEqual(Date.now());
  });

  it('lets a connection report on its own courses only', async () => {
    const { body: other } = await world.secretariat.post('/courses', {
      code: 'andet',
      title: 'Andet',
      estimatedMinutes: 5,
    });
    const limited = await Host.connect(app, world.secretariat, {
      name: 'Kun andet',
      courseIds: [other['id']],
    });
    const { enrolment } = await enrolled();
    expect((await limited.send(completed(enrolment.reference))).body['status']).toBe('unmatched');
    expect((await stateOf(enrolment.id)).state).toBe('not_started');
  });

  it('takes the same message from many at once exactly once', async () => {
    const { enrolment } = await enrolled();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => host.send(completed(enrolment.reference), 'race')),
    );
    const statuses = answers.map((answer) => answer.body['status']);
    expect(statuses.filter((status) => status === 'applied')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'duplicate')).toHaveLength(19);
  });

  it('merges many messages about one enrolment at once without losing any', async () => {
    const { enrolment } = await enrolled();
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        host.send(completed(enrolment.reference, { type: 'course.progressed', score: { scaled: n / 100 } })),
      ),
    );
    expect(answers.every((answer) => answer.status === 202)).toBe(true);
    expect(await app.count('completion_event', `enrolmentId = ${enrolment.id}`)).toBe(40);
    expect(await stateOf(enrolment.id)).toMatchObject({ state: 'in_progress', scoreScaled: 0.39 });
  });

  describe('refuses', () => {
    const body = JSON.stringify(completed('x'));
    const send = (headers: Record<string, string>, key = host.key, text = body) =>
      new Api(app).post(`/webhooks/completions/${key}`, text, headers);
    const good = () => signedHeaders(host.secret, body, 'id-1');

    it.each([
      ['no signature', () => ({})],
      ['another secret', () => signedHeaders(`whsec_${Buffer.alloc(32).toString('base64')}`, body, 'id-1')],
      ['another body', () => signedHeaders(host.secret, `${body} `, 'id-1')],
      ['another id', () => ({ ...good(), 'webhook-id': 'id-2' })],
      [
        'a message of six minutes ago',
        () => signedHeaders(host.secret, body, 'id-1', new Date(Date.now() - 360_000)),
      ],
      [
        'a message from six minutes ahead',
        () => signedHeaders(host.secret, body, 'id-1', new Date(Date.now() + 360_000)),
      ],
      ['an odd timestamp', () => ({ ...good(), 'webhook-timestamp': `${good()['webhook-timestamp']}abc` })],
      ['an overlong id', () => ({ ...good(), 'webhook-id': 'x'.repeat(191) })],
    ])('%s', async (_, headers) => {
      expect(await send(headers())).toMatchObject({ status: 401, body: { code: 'invalid_signature' } });
    });

    it('an unknown connection, with the same words', async () => {
      expect(await send(good(), 'nope')).toMatchObject({ status: 401, body: { code: 'invalid_signature' } });
      expect(await send(good(), host.key.toUpperCase())).toMatchObject({ status: 401 });
    });

    it('a body beyond 64 kB', async () => {
      const large = JSON.stringify({ ...completed('x'), padding: 'x'.repeat(70_000) });
      expect((await send(signedHeaders(host.secret, large, 'big'), host.key, large)).status).toBe(413);
    });

    it.each([
      ['broken', '{"a":'],
      ['repeated keys', '{"a":1,"a":2}'],
      ['a prototype', '{"__proto__":{}}'],
      ['a number without end', '{"a":1e400}'],
      ['a lone surrogate', '{"a":"\\ud800"}'],
      ['depth', '['.repeat(10_000)],
    ])('JSON with %s, but keeps it', async (name, text) => {
      const id = `broken ${name}`.replaceAll(' ', '-');
      const answer = await send(signedHeaders(host.secret, text, id), host.key, text);
      expect(answer).toMatchObject({ status: 400, body: { code: 'unreadable_message' } });
      expect(await app.count('inbox_message', `messageId = '${id}' AND status = 'unmatched'`)).toBe(1);
    });
  });

  it('shows a secret once', async () => {
    const headers = { 'idempotency-key': 'connection-1' };
    const wish = { name: 'Én gang', shape: 'own' };
    const first = await world.secretariat.post('/connections', wish, headers);
    expect(first.body['secret']).toMatch(/^whsec_/);
    const again = await world.secretariat.post('/connections', wish, headers);
    expect(again.body).toMatchObject({ id: first.body['id'], key: first.body['key'] });
    expect(again.body['secret']).toBeUndefined();
    expect((await world.secretariat.get('/connections')).text).not.toContain('whsec_');
    const [row] = await app.rows<{ sealedSecret: string }>(
      'SELECT sealedSecret FROM connection WHERE id = ?',
      [first.body['id'] as number],
    );
    expect(row!.sealedSecret).not.toContain(String(first.body['secret']).slice(6));
  });
});
