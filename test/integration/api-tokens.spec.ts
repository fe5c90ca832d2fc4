import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { routeTable } from '../support/route-table.js';
import { TestApp } from '../support/test-app.js';

const DAY_MS = 24 * 3_600_000;

describe('tokens for programs', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  async function make(scopes: string[], days = 30) {
    const { body, status } = await world.secretariat.post('/api-tokens', { name: 'Power BI', scopes, days });
    expect(status).toBe(201);
    return { id: body['id'] as number, api: new Api(app, body['token'] as string) };
  }

  it('open what their scopes name and nothing else', async () => {
    const { api } = await make(['reports:read']);
    expect((await api.get('/reports/completions')).status).toBe(200);
    expect((await api.get('/agents')).body).toMatchObject({ status: 403, code: 'scope_missing' });
    for (const path of ['/users', '/me', '/audit-entries', '/mails', '/api-tokens'])
      expect({ path, status: (await api.get(path)).status }).toEqual({ path, status: 403 });
    expect((await api.call('GET', '/agenter')).status).toBe(403);
  });

  it('see all municipalities and may register agents', async () => {
    const { api } = await make(['agents:read', 'agents:write']);
    const agent = anAgent({ municipalityCode: '615' });
    const made = await api.post('/agents', agent, { 'idempotency-key': 'k-1' });
    expect(made.status).toBe(201);
    expect((await api.post('/agents', agent, { 'idempotency-key': 'k-1' })).body['id']).toBe(made.body['id']);
    expect((await api.get(`/agents/${made.body['id']}`)).status).toBe(200);
    const { body } = await api.post('/agents', anAgent());
    expect(body['errors']).toMatchObject([{ field: 'municipalityCode', code: 'required' }]);
  });

  it('are shown once, listed with their last use, and end', async () => {
    const { id, api } = await make(['agents:read'], 10);
    await api.get('/agents');
    const find = async () =>
      (await world.secretariat.get('/api-tokens')).body['items'].find(
        (token: { id: number }) => token.id === id,
      );
    expect(await find()).toMatchObject({ name: 'Power BI', state: 'active', lastUsedAt: expect.any(String) });
    expect(JSON.stringify(await find())).not.toContain('vkt_');
    expect(JSON.stringify(await app.rows('SELECT * FROM api_token'))).not.toContain('vkt_');
    app.clock.advance(11 * DAY_MS);
    expect((await api.get('/agents')).status).toBe(401);
    app.clock.advance(-11 * DAY_MS);
    expect((await world.secretariat.delete(`/api-tokens/${id}`)).status).toBe(204);
    expect((await api.get('/agents')).status).toBe(401);
    expect((await find())['state']).toBe('revoked');
  });

  it('end with their maker', async () => {
    const user = {
      firstName: 'Kort',
      lastName: 'Tid',
      email: 'kort@ddh.test',
      roles: ['secretariat'],
      municipalityCode: '751',
    };
    const { body: maker } = await world.secretariat.post('/users', user);
    const { id, api } = await make(['agents:read']);
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query('UPDATE api_token SET createdByPersonId = ? WHERE id = ?', [maker['id'], id]));
    expect((await api.get('/agents')).status).toBe(200);
    await world.secretariat.patch(`/users/${maker['id']}`, { version: maker['version'], active: false });
    expect((await api.get('/agents')).status).toBe(401);
  });

  it('an unknown token opens nothing', async () => {
    expect((await new Api(app, 'vkt_nope').get('/agents')).status).toBe(401);
  });

  it('open no route that names no scope', async () => {
    const { api } = await make([
      'agents:read',
      'agents:write',
      'courses:read',
      'enrolments:read',
      'enrolments:write',
      'municipalities:read',
      'onboarding-days:read',
      'readiness:read',
      'reports:read',
      'shifts:read',
      'shifts:write',
    ]);
    const opened: string[] = [];
    for (const { method, path, access } of routeTable(app)) {
      if (access?.kind !== 'roles') continue;
      const concrete = path.replace(/:[a-z]+/gi, '999999');
      const answer = await api.call(method, concrete, method === 'GET' ? undefined : '{}');
      if (answer.status !== 403) opened.push(`${method} ${path}`);
    }
    expect(opened.sort()).toEqual([
      'DELETE /api/v1/shifts/:id',
      'GET /api/v1/agents',
      'GET /api/v1/agents/:id',
      'GET /api/v1/agents/:id/journey',
      'GET /api/v1/agents/:id/readiness',
      'GET /api/v1/courses',
      'GET /api/v1/courses/:id/progress',
      'GET /api/v1/enrolments',
      'GET /api/v1/municipalities',
      'GET /api/v1/onboarding-days',
      'GET /api/v1/onboarding-days/:id',
      'GET /api/v1/onboarding-days/:id/attendance-list',
      'GET /api/v1/onboarding-days/:id/bookings',
      'GET /api/v1/onboarding-days/statistics',
      'GET /api/v1/readiness',
      'GET /api/v1/reading-requirements',
      'GET /api/v1/reports/attendance',
      'GET /api/v1/reports/completions',
      'GET /api/v1/reports/readiness',
      'GET /api/v1/reports/reading-time',
      'GET /api/v1/shifts',
      'PATCH /api/v1/shifts/:id',
      'POST /api/v1/agents',
      'POST /api/v1/enrolments/:id/completions',
      'POST /api/v1/shifts',
    ]);
  });
});
