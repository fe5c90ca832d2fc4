import { Api } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';

describe('hostile input', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  it.each([
    ['broken JSON', '{"firstName":'],
    ['no JSON', 'firstName=Anna'],
    ['a depth bomb', '{"a":'.repeat(5000)],
    ['an array bomb', '['.repeat(200_000)],
    ['a text that never ends', `"${'\\\\"'.repeat(300_000)}`],
    ['__proto__', '{"__proto__":{"admin":true},"firstName":"A"}'],
    ['constructor', '{"constructor":{"prototype":{}}}'],
    ['a lone surrogate', '{"firstName":"\\ud800","lastName":"B","email":"a@b.dk","startOn":"2099-01-01"}'],
    ['an endless number', '{"leaderId":1e400}'],
    ['a key twice', '{"firstName":"A","firstName":"B"}'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
    ['a null byte', JSON.stringify(anAgent({ firstName: 'A\u0000B' }))],
    ['an overlong name', JSON.stringify(anAgent({ firstName: 'x'.repeat(101) }))],
    ['a number for a name', JSON.stringify(anAgent({ firstName: 5 }))],
    ['an object for a date', JSON.stringify(anAgent({ startOn: {} }))],
    ['a day far away', JSON.stringify(anAgent({ startOn: '9999-99-99' }))],
  ])('is refused with 400: %s', async (_, text) => {
    const answer = await world.leader.post('/agents', text);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body['code']).toMatch(/^[a-z_]+$/);
    expect(answer.text).not.toMatch(/at .*\.(js|ts):/);
  });

  it('is kept as it is when it only looks dangerous', async () => {
    const firstName = '"><script>alert(1)</script>';
    const { status, body } = await world.leader.post(
      '/agents',
      anAgent({ firstName, lastName: "Robert'); DROP TABLE agent;--" }),
    );
    expect(status).toBe(201);
    expect(body['firstName']).toBe(firstName);
  });

  it.each([
    ['413', () => world.leader.post('/agents', JSON.stringify({ x: 'x'.repeat(1_100_000) }))],
    ['415', () => world.leader.post('/agents', '<a/>', { 'content-type': 'application/xml' })],
    ['404', () => world.leader.get('/nothing-here')],
    ['404', () => world.leader.get('/agents/999999')],
    ['400', () => world.leader.get('/agents/1e3x')],
    ['400', () => world.leader.get('/agents/99999999999999999999')],
    ['400', () => world.leader.get('/agents/%00')],
    ['400', () => world.leader.get('/agents?limit=1000')],
    ['400', () => world.leader.get('/agents?limit=1&limit=2')],
    ['400', () => world.leader.get('/agents?q[a]=b')],
    ['400', () => world.leader.get('/agents?cursor=%FF')],
    ['400', () => world.leader.post('/agents', anAgent(), { 'idempotency-key': 'x'.repeat(201) })],
    ['401', () => new Api(app, 'rubbish').get('/agents')],
    ['401', () => new Api(app).get('/agents', { authorization: 'Basic eDp5' })],
    ['404', () => world.leader.call('DELETE', '/api/v1/agents')],
  ])('gets %s', async (status, call) => {
    const answer = await call();
    expect(answer.status).toBe(Number(status));
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('does not find an agent by wildcards', async () => {
    await world.leader.post('/agents', anAgent());
    for (const q of ['%25', '_', '!'])
      expect((await world.leader.get(`/agents?q=${q}`)).body['items'].length).toBeLessThanOrEqual(
        (await world.leader.get('/agents')).body['items'].length,
      );
    expect((await world.leader.get('/agents?q=%25%25zz')).body['items']).toEqual([]);
  });
});
