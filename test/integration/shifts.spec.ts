import { PlanAge } from '../../src/modules/shifts/index.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { execute } from '../../src/database/sql.js';
import { hashPassword } from '../../src/modules/identity/index.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { TestApp } from '../support/test-app.js';

describe('the shift plan', () => {
  let app: TestApp;
  let world: World;
  let own: Record<string, any>;
  let other: Record<string, any>;
  let foreign: Record<string, any>;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-02T08:00:00Z');
    world = await buildWorld(app);
    own = (await world.leader.post('/agents', anAgent({ startOn: '2026-11-02' }))).body;
    other = (await world.leader.post('/agents', anAgent({ startOn: '2026-11-02' }))).body;
    foreign = (await world.foreignLeader.post('/agents', anAgent({ startOn: '2026-11-02' }))).body;
  });
  afterAll(() => app.stop());

  const at = (day: string, from = '07:00', to = '15:00') => ({
    startsAt: `2026-11-${day}T${from}:00.000Z`,
    endsAt: `2026-11-${day}T${to}:00.000Z`,
  });

  it('is planned, moved, handed on and cancelled', async () => {
    const planned = await world.leader.post('/shifts', { agentId: own['id'], ...at('10') });
    expect(planned).toMatchObject({ status: 201, body: { agentId: own['id'], ...at('10'), version: 1 } });
    const { id } = planned.body as { id: number };
    const moved = await world.leader.patch(`/shifts/${id}`, { ...at('11'), version: 1 });
    expect(moved).toMatchObject({ status: 200, body: { ...at('11'), version: 2 } });
    const stale = await world.leader.patch(`/shifts/${id}`, { ...at('12'), version: 1 });
    expect(stale).toMatchObject({ status: 409, body: { code: 'stale_version' } });
    const handed = await world.leader.patch(`/shifts/${id}`, { agentId: other['id'], version: 2 });
    expect(handed).toMatchObject({ status: 200, body: { agentId: other['id'], ...at('11') } });
    expect((await world.leader.delete(`/shifts/${id}`)).status).toBe(204);
    expect((await world.leader.delete(`/shifts/${id}`)).status).toBe(404);
    const actions = await app.rows<{ action: string }>(
      "SELECT action FROM audit_entry WHERE subjectType = 'shift' ORDER BY id",
    );
    expect(actions.map(({ action }) => action)).toEqual([
      'shift.planned',
      'shift.changed',
      'shift.changed',
      'shift.cancelled',
    ]);
  });

  it('gives a repeated request the first answer', async () => {
    const headers = { 'idempotency-key': 'en-vagt' };
    const first = await world.leader.post('/shifts', { agentId: own['id'], ...at('12') }, headers);
    const second = await world.leader.post('/shifts', { agentId: own['id'], ...at('12') }, headers);
    expect(second.body).toEqual(first.body);
    await world.leader.delete(`/shifts/${first.body['id']}`);
  });

  it.each([
    [{ startsAt: '2026-11-10T15:00:00Z', endsAt: '2026-11-10T07:00:00Z' }, 422, 'shift_ends_before_start'],
    [{ startsAt: '2026-11-10T07:00:00Z', endsAt: '2026-11-12T07:00:00Z' }, 422, 'shift_too_long'],
    [{ startsAt: '1926-11-10T07:00:00Z', endsAt: '1926-11-10T09:00:00Z' }, 400, 'invalid_input'],
    [{ startsAt: 'i morgen', endsAt: '2026-11-10T09:00:00Z' }, 400, 'invalid_input'],
    [{ ...at('10'), agentId: 999_999 }, 404, 'not_found'],
    [{ ...at('10'), room: 'B' }, 400, 'invalid_input'],
  ])('refuses %j with %d %s', async (changes, status, code) => {
    const answer = await world.leader.post('/shifts', { agentId: own['id'], ...changes });
    expect(answer).toMatchObject({ status, body: { code } });
  });

  it('is the own municipality’s for a leader, and the own for an agent', async () => {
    const mine = await world.secretariat.post('/shifts', { agentId: own['id'], ...at('13') });
    const theirs = await world.secretariat.post('/shifts', { agentId: foreign['id'], ...at('13') });
    const ids = async (api: Api, query = '') =>
      (await api.get(`/shifts?from=2026-11-13&to=2026-11-13${query}`)).body['items'].map(
        ({ id }: { id: number }) => id,
      );
    expect(await ids(world.secretariat)).toEqual([mine.body['id'], theirs.body['id']]);
    expect(await ids(world.secretariat, '&municipality=615')).toEqual([theirs.body['id']]);
    expect(await ids(world.secretariat, `&agentId=${own['id']}`)).toEqual([mine.body['id']]);
    expect(await ids(world.leader)).toEqual([mine.body['id']]);
    expect(await ids(world.foreignLeader)).toEqual([theirs.body['id']]);
    const agent = await agentApi(own);
    expect(await ids(agent)).toEqual([mine.body['id']]);
    const denied = [
      await world.foreignLeader.post('/shifts', { agentId: own['id'], ...at('14') }),
      await world.foreignLeader.patch(`/shifts/${mine.body['id']}`, { ...at('14'), version: 1 }),
      await world.foreignLeader.patch(`/shifts/${theirs.body['id']}`, { agentId: own['id'], version: 1 }),
      await world.foreignLeader.delete(`/shifts/${mine.body['id']}`),
    ];
    expect(denied.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await agent.delete(`/shifts/${mine.body['id']}`)).status).toBe(403);
    for (const { body } of [mine, theirs]) await world.secretariat.delete(`/shifts/${body['id']}`);
  });

  it('is out of a leader’s reach on the days when the agent worked elsewhere', async () => {
    const moved = (await world.leader.post('/agents', anAgent({ startOn: '2026-10-01', kind: 'existing' })))
      .body;
    const agentId = moved['id'] as number;
    const transfer = { municipalityCode: '615', on: '2026-10-20' };
    expect((await world.secretariat.post(`/agents/${agentId}/transfers`, transfer)).status).toBeLessThan(300);
    const october = { startsAt: '2026-10-10T07:00:00.000Z', endsAt: '2026-10-10T15:00:00.000Z' };
    const before = (await world.secretariat.post('/shifts', { agentId, ...october })).body['id'] as number;
    const after = (await world.foreignLeader.post('/shifts', { agentId, ...at('14') })).body['id'] as number;
    const denied = [
      await world.foreignLeader.patch(`/shifts/${before}`, { ...at('15'), version: 1 }),
      await world.foreignLeader.delete(`/shifts/${before}`),
      await world.foreignLeader.patch(`/shifts/${after}`, { ...october, version: 1 }),
      await world.foreignLeader.post('/shifts', { agentId, ...october }),
      await world.leader.delete(`/shifts/${after}`),
    ];
    expect(denied.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect((await world.foreignLeader.patch(`/shifts/${after}`, { ...at('15'), version: 1 })).status).toBe(
      200,
    );
    expect((await world.foreignLeader.delete(`/shifts/${after}`)).status).toBe(204);
    expect((await world.secretariat.delete(`/shifts/${before}`)).status).toBe(204);
  });

  it('is read page by page in the order of its starts', async () => {
    const ids: number[] = [];
    for (const [agent, day] of [
      [own, '18'],
      [other, '17'],
      [own, '17'],
      [foreign, '17'],
      [other, '18'],
    ] as const)
      ids.push((await world.secretariat.post('/shifts', { agentId: agent['id'], ...at(day) })).body['id']);
    const found: number[] = [];
    for (let cursor = ''; cursor !== 'null';) {
      const { body } = await world.secretariat.get(`/shifts?from=2026-11-17&limit=2${cursor}`);
      found.push(...body['items'].map(({ id }: { id: number }) => id));
      cursor = body['nextCursor'] === null ? 'null' : `&cursor=${body['nextCursor']}`;
    }
    expect(found).toEqual([ids[1], ids[2], ids[3], ids[0], ids[4]]);
    for (const id of ids) await world.secretariat.delete(`/shifts/${id}`);
  });

  it('is taken from programs that may', async () => {
    const { body } = await world.secretariat.post('/api-tokens', {
      name: 'Vagtsystem',
      scopes: ['shifts:read', 'shifts:write'],
      days: 30,
    });
    const program = new Api(app, body['token'] as string);
    const planned = await program.post('/shifts', { agentId: own['id'], ...at('19') });
    expect(planned.status).toBe(201);
    expect((await program.get('/shifts')).body['items']).toMatchObject([
      { id: planned.body['id'], source: 'api' },
    ]);
    expect((await program.delete(`/shifts/${planned.body['id']}`)).status).toBe(204);
  });

  it('says how old it is', async () => {
    const age = await app.get(PlanAge).now();
    expect(age).toMatchObject({ isOld: false });
    expect(age.updatedAt).not.toBeNull();
    app.clock.advance(7 * 24 * 3_600_000 + 60_000);
    expect(await app.get(PlanAge).now()).toEqual({ ...age, isOld: true });
    app.clock.set('2026-11-02T08:00:00Z');
  });

  it('is planned, edited and cancelled on pages, over the night too', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'leder.751@ddh.test',
      password: PASSWORD,
    });
    const form = await browser.get('/vagter/ny?on=2026-11-24');
    const faulty = await browser.submit(form, '/vagter/ny', {
      agentId: String(own['id']),
      on: '',
      fromTime: '25.00',
      toTime: '6.00',
    });
    expect(faulty).toMatchObject({ status: 400 });
    expect(faulty.text).toContain('25.00');
    const list = await browser.submit(form, '/vagter/ny', {
      agentId: String(own['id']),
      on: '2026-11-24',
      fromTime: '22:00',
      toTime: '06:00',
    });
    expect(list).toMatchObject({ status: 200, url: '/vagter' });
    const [shift] = (await world.leader.get('/shifts?from=2026-11-24')).body['items'];
    expect(shift).toMatchObject({
      startsAt: '2026-11-24T21:00:00.000Z',
      endsAt: '2026-11-25T05:00:00.000Z',
      source: 'page',
    });
    expect(list.text).toContain('(næste dag)');
    const edit = await browser.get(`/vagter/${shift.id}/ret`);
    const taken = await world.leader.post('/shifts', { agentId: other['id'], ...at('24', '21:00', '23:00') });
    const clash = await submitted(browser, edit, shift.id, {
      agentId: String(other['id']),
      on: '2026-11-24',
      fromTime: '22:00',
      toTime: '23:00',
    });
    expect(clash.status).toBe(400);
    expect(clash.text).toContain('Agenten har allerede en vagt');
    const moved = await submitted(browser, edit, shift.id, {
      agentId: String(own['id']),
      on: '2026-11-23',
      fromTime: '8',
      toTime: '16',
    });
    expect(moved.url).toBe('/vagter');
    expect((await world.leader.get('/shifts?from=2026-11-23&to=2026-11-23')).body['items']).toMatchObject([
      at('23'),
    ]);
    await browser.submit(moved, `/vagter/${shift.id}/aflys`);
    expect((await world.leader.get('/shifts')).body['items'].map(({ id }: { id: number }) => id)).toEqual([
      taken.body['id'],
    ]);
    expect((await browser.get(`/vagter?q=findes-ikke`)).text).toContain('Ingen vagter i perioden');
  });

  it('keeps the times of a shift that is only handed on, also in the hour that comes twice', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'leder.751@ddh.test',
      password: PASSWORD,
    });
    // The second 2.30 of the night in which summer time ends.
    const times = { startsAt: '2027-10-31T01:30:20.000Z', endsAt: '2027-10-31T07:00:00.000Z' };
    const { id } = (await world.leader.post('/shifts', { agentId: own['id'], ...times })).body;
    const edit = await browser.get(`/vagter/${id}/ret`);
    const shown = { on: '2027-10-31', fromTime: '2.30', toTime: '08:00' };
    await submitted(browser, edit, id as number, { agentId: String(other['id']), ...shown });
    const [handed] = (await world.leader.get('/shifts?from=2027-10-31')).body['items'];
    expect(handed).toMatchObject({ agentId: other['id'], version: 2, ...times });
    const again = await browser.get(`/vagter/${id}/ret`);
    await submitted(browser, again, id as number, {
      agentId: String(other['id']),
      ...shown,
      toTime: '09:00',
    });
    const [moved] = (await world.leader.get('/shifts?from=2027-10-31')).body['items'];
    expect(moved).toMatchObject({ version: 3, endsAt: '2027-10-31T08:00:00.000Z' });
    expect((await browser.get('/vagter/ny?on=2026-11-24&q=ingen')).text).toContain(
      '<input type="hidden" name="on" value="2026-11-24">',
    );
    await world.leader.delete(`/shifts/${id}`);
  });

  function submitted(browser: Browser, page: LoadedPage, id: number, fields: Record<string, string>) {
    return browser.submit(page, `/vagter/${id}/ret`, fields);
  }

  async function agentApi(agent: Record<string, any>): Promise<Api> {
    const hash = await hashPassword(PASSWORD);
    await app
      .get(UnitOfWork)
      .run((tx) => execute(tx, 'UPDATE person SET passwordHash = ? WHERE id = ?', [hash, agent['personId']]));
    return signIn(app, agent['email']);
  }
});
