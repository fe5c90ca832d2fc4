import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { execute, toInstant } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { EmploymentClock } from '../../src/modules/agents/index.js';
import { GuideService, ReceiptService } from '../../src/modules/guides/index.js';
import { GuideSpread } from '../../src/modules/readiness/index.js';
import { ShiftService } from '../../src/modules/shifts/index.js';
import { PASSWORD, type Api } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { personalLink } from '../support/captured.js';
import { asAgent, signedIn } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;
const EVERYONE = { kind: 'all' } as const;
const CALL = { key: undefined, caller: 'test', route: 'test', body: null };

interface Listed {
  shiftId: number;
  agentId: number;
  ready: boolean;
  municipalityCode: string;
  startsAt: string;
  reasons: { code: string; effect: string; text: string; link: string | null }[];
  override?: { id: number; byName: string; reason: string; note: string | null };
}

describe('readiness', () => {
  let app: TestApp;
  let world: World;
  let secretariatId: number;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    world = await buildWorld(app);
    secretariatId = (await world.secretariat.get('/me')).body['personId'];
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());
  afterEach(async () => {
    // Every test begins with an empty plan and without guides.
    await app.get(UnitOfWork).run(async (tx) => {
      for (const table of [
        'readiness_override',
        'readiness_policy',
        'shift',
        'reading_requirement',
        'read_receipt',
        'guide_audience',
        'guide_version',
        'guide',
      ])
        await execute(tx, `DELETE FROM ${table}`);
    });
    for (const { id } of await app.rows<{ id: number }>(
      'SELECT openAgentId AS id FROM employment WHERE openAgentId IS NOT NULL',
    ))
      await world.secretariat.post(`/agents/${id}/departures`, { on: today });
  });

  async function register(changes: Record<string, unknown> = {}) {
    const agent = { municipalityCode: '751', startOn: today, kind: 'existing', ...changes };
    const { body, status } = await world.secretariat.post('/agents', anAgent(agent));
    expect(status).toBe(201);
    return body as { id: number; personId: number; email: string; lastName: string };
  }

  async function plan(
    agentId: number,
    inDays: number,
    time: `${number}:${number}` = '09:00',
  ): Promise<number> {
    const startsAt = instantAt(addDays(today, inDays), time);
    const { id } = await app
      .get(ShiftService)
      .plan(
        EVERYONE,
        { agentId, startsAt, endsAt: new Date(startsAt.getTime() + 6 * HOUR) },
        { personId: secretariatId, source: 'api' },
        CALL,
      );
    return id;
  }

  async function move(shiftId: number, hours: number, agentId?: number): Promise<void> {
    const [row] = await app.rows<{ version: number; at: string; to: string }>(
      'SELECT version, startsAt AS at, endsAt AS `to` FROM shift WHERE id = ?',
      [shiftId],
    );
    const later = (at: string) => new Date(toInstant(at).getTime() + hours * HOUR);
    const times = { startsAt: later(row!.at), endsAt: later(row!.to) };
    await app
      .get(ShiftService)
      .change(
        EVERYONE,
        shiftId,
        { version: row!.version, ...times, ...(agentId && { agentId }) },
        secretariatId,
      );
  }

  async function publish(changes: Record<string, unknown> = {}) {
    const guides = app.get(GuideService);
    const { id: guideId } = await guides.create('Pas', secretariatId, CALL);
    const version = await guides.publish(
      guideId,
      {
        title: `Pas ${unique()}`,
        changeNote: 'Nyt gebyr',
        url: 'https://guides.example/pas',
        minor: false,
        urgency: 'normal',
        minutes: 5,
        effectiveFrom: app.clock.now(),
        audience: { kind: 'all', codes: [] },
        ...changes,
      },
      secretariatId,
      CALL,
    );
    return { guideId, versionId: version.id };
  }

  async function list(by: Api, query = ''): Promise<Listed[]> {
    const { body, status } = await by.get<{ items: Listed[] }>(`/readiness${query}`);
    expect(status).toBe(200);
    return body.items;
  }

  const codes = (shift: Pick<Listed, 'reasons'> | undefined) =>
    shift?.reasons.map(({ code, effect }) => `${code} ${effect}`);

  it('agrees with the way to the first shift about the e-learning, which a waiver ends', async () => {
    const agent = await register({ kind: 'new' });
    const shiftId = await plan(agent.id, 3);
    const journey = async () => (await world.leader.get(`/agents/${agent.id}/journey`)).body;
    const readiness = async () =>
      (await world.leader.get<Listed>(`/agents/${agent.id}/readiness?shiftId=${shiftId}`)).body;
    expect((await journey())['readyForFirstShift']).toBe(false);
    expect(await readiness()).toMatchObject({
      ready: false,
      reasons: [
        { code: 'elearning_missing', effect: 'blocks', link: `/agenter/${agent.id}` },
        { code: 'onboarding_day_missing', effect: 'warns' },
      ],
    });
    const { items } = (await world.secretariat.get(`/enrolments?agentId=${agent.id}`)).body;
    await world.secretariat.post(`/enrolments/${items[0].id}/waivers`, { reason: 'experienced_agent' });
    expect((await journey())['readyForFirstShift']).toBe(true);
    expect(await readiness()).toMatchObject({ ready: true, reasons: [{ code: 'onboarding_day_missing' }] });
  });

  it('turns with a publication before it is spread, after it, and when the agent has read it', async () => {
    const agent = await register();
    await plan(agent.id, 2);
    expect(codes((await list(world.leader))[0])).toEqual([]);
    const { versionId, guideId } = await publish();
    expect(codes((await list(world.leader))[0])).toEqual(['guide_unread blocks']);
    await app.get(GuideSpread).run();
    const [blocked] = await list(world.leader);
    expect(blocked).toMatchObject({ ready: false, reasons: [{ link: `/guides/${guideId}` }] });
    await app.get(ReceiptService).read(versionId, agent.id);
    expect((await list(world.leader))[0]).toMatchObject({ ready: true, reasons: [] });
  });

  it('is what the secretariat decided about unread guides, from the moment it decides', async () => {
    const agent = await register();
    await plan(agent.id, 2);
    await publish();
    expect((await world.leader.get('/readiness-policy')).body).toEqual({
      unreadGuide: 'blocks',
      byName: null,
      since: null,
    });
    const decide = (unreadGuide: string, by = world.secretariat) =>
      by.call('PUT', '/api/v1/readiness-policy', { unreadGuide });
    expect((await decide('warns', world.leader)).status).toBe(403);
    expect((await decide('sometimes')).status).toBe(400);
    expect((await decide('warns')).body).toMatchObject({
      unreadGuide: 'warns',
      since: expect.stringContaining('2026-11-23T09:00'),
    });
    await decide('warns');
    expect(await app.count('readiness_policy')).toBe(1);
    const [shift] = await list(world.leader);
    expect(shift!.ready).toBe(true);
    expect(codes(shift)).toEqual(['guide_unread warns']);
    await decide('blocks');
    expect((await list(world.leader))[0]!.ready).toBe(false);
  });

  it('shows leaders their own agents, agents themselves, and nobody else anything', async () => {
    const own = await register();
    const foreign = await register({ municipalityCode: '615' });
    const [ownShift, foreignShift] = [await plan(own.id, 1), await plan(foreign.id, 1)];
    const ids = async (by: Api, query = '') => (await list(by, query)).map(({ shiftId }) => shiftId);
    expect(await ids(world.secretariat)).toEqual([ownShift, foreignShift]);
    expect(await ids(world.secretariat, '?municipality=615')).toEqual([foreignShift]);
    expect(await ids(world.leader)).toEqual([ownShift]);
    expect(await ids(world.leader, '?municipality=615')).toEqual([]);
    for (const [by, agentId, shiftId] of [
      [world.leader, foreign.id, foreignShift],
      [world.leader, own.id, foreignShift],
      [world.foreignLeader, own.id, ownShift],
    ] as const)
      expect((await by.get(`/agents/${agentId}/readiness?shiftId=${shiftId}`)).status).toBe(404);
    expect((await world.foreignLeader.get(`/agents/${own.id}/readiness`)).status).toBe(404);
    expect((await world.leader.get(`/agents/${own.id}/readiness`)).body).toEqual({
      ready: true,
      reasons: [],
    });
    expect((await world.leader.get(`/agents/${own.id}/readiness?at=x`)).status).toBe(400);
    const both = `?shiftId=${ownShift}&at=2026-12-01T07:00:00Z`;
    expect((await world.leader.get(`/agents/${own.id}/readiness${both}`)).body['errors']).toMatchObject([
      { code: 'either_at_or_shift' },
    ]);
  });

  it('tells agents who came by the link of a mail where to mend what is missing', async () => {
    const own = await register({ kind: 'new' });
    await plan(own.id, 1);
    const agent = await asAgent(app, own.email);
    const { body } = await agent.get<Listed>(`/agents/${own.id}/readiness`);
    expect(body.reasons.map(({ link }) => link)).toEqual([
      expect.stringMatching(/^\/laer\/\d+$/),
      '/mit/onboardingdag',
    ]);
  });

  it('belongs to whoever employs the agent on the day of the shift', async () => {
    const agent = await register({ municipalityCode: '615', startOn: addDays(today, -10) });
    const before = await plan(agent.id, 1);
    const night = await plan(agent.id, 4, '23:30');
    const after = await plan(agent.id, 5, '00:30');
    const to = { municipalityCode: '751', on: addDays(today, 5) };
    expect((await world.secretariat.post(`/agents/${agent.id}/transfers`, to)).status).toBe(201);
    app.clock.set(instantAt(addDays(today, 5), '00:05').toISOString());
    await app.get(EmploymentClock).run();
    const { leader, foreignLeader, secretariat } = await signedIn(app);
    const ids = async (by: Api) => (await list(by, `?from=${today}`)).map(({ shiftId }) => shiftId);
    expect(await ids(foreignLeader)).toEqual([before, night]);
    expect(await ids(leader)).toEqual([after]);
    expect((await list(secretariat, `?from=${today}&municipality=751`)).map((s) => s.shiftId)).toEqual([
      after,
    ]);
    expect((await leader.get(`/agents/${agent.id}/readiness?shiftId=${before}`)).status).toBe(404);
    expect((await foreignLeader.get(`/agents/${agent.id}/readiness?shiftId=${night}`)).status).toBe(200);
    await secretariat.post(`/agents/${agent.id}/departures`, { on: to.on });
    app.clock.set('2026-11-23T09:00:00Z');
    Object.assign(world, await signedIn(app));
  });

  it('is not given after the last day, which the leader sees', async () => {
    const agent = await register();
    const [last, beyond] = [await plan(agent.id, 3), await plan(agent.id, 4)];
    await world.leader.post(`/agents/${agent.id}/departures`, { on: addDays(today, 3) });
    expect((await list(world.leader)).map(({ shiftId, ready }) => [shiftId, ready])).toEqual([
      [last, true],
      [beyond, false],
    ]);
    expect(codes((await list(world.leader))[1])).toEqual(['not_employed blocks']);
  });

  it('comes in pages, by state and as CSV', async () => {
    const [a, b] = [await register(), await register()];
    for (const day of [1, 2, 3]) await plan(a.id, day);
    await plan(b.id, 2);
    const { versionId } = await publish();
    await app.get(ReceiptService).read(versionId, a.id);
    const whole = await list(world.leader);
    expect(whole.map(({ agentId }) => agentId)).toEqual([a.id, a.id, b.id, a.id]);
    let cursor: string | null = '';
    const paged: Listed[] = [];
    for (let page = 0; cursor !== null; page += 1) {
      expect(page).toBeLessThan(5);
      const query: string = cursor && `&cursor=${cursor}`;
      const { body } = await world.leader.get<{ items: Listed[]; nextCursor: string | null }>(
        `/readiness?limit=1${query}`,
      );
      paged.push(...body.items);
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(whole);
    expect((await list(world.leader, '?state=not_ready')).map(({ agentId }) => agentId)).toEqual([b.id]);
    expect(await list(world.leader, '?state=ready')).toHaveLength(3);
    expect(await list(world.leader, `?from=${addDays(today, 2)}&to=${addDays(today, 2)}`)).toHaveLength(2);
    const csv = (await world.leader.get('/readiness?format=csv&state=not_ready')).text.trim().split('\n');
    expect(csv).toHaveLength(2);
    expect(csv[1]).toContain(`${b.id},${b.lastName},Anna,751,Aarhus,not_ready,guide_unread,,`);
    expect((await world.leader.get('/readiness?cursor=x')).status).toBe(400);
    expect((await world.leader.get('/readiness?state=perhaps')).status).toBe(400);
    expect((await world.leader.get('/readiness?from=2026-01-01&to=2027-01-01')).body).toMatchObject({
      code: 'period_too_long',
    });
  });

  describe('with an exception', () => {
    let agent: Awaited<ReturnType<typeof register>>;
    let shiftId: number;

    beforeEach(async () => {
      agent = await register();
      shiftId = await plan(agent.id, 2);
      await publish();
    });

    const make = (by = world.leader, changes: Record<string, unknown> = {}) =>
      by.post('/readiness-overrides', {
        shiftId,
        reason: 'has_been_briefed',
        note: 'Talt igennem',
        ...changes,
      });
    const shown = async () => (await list(world.leader)).find((shift) => shift.shiftId === shiftId)!;

    it('is ready, and says who made it, why, and what is still missing', async () => {
      const made = await make();
      expect(made.status).toBe(201);
      const shift = await shown();
      expect(shift).toMatchObject({
        ready: true,
        override: { id: made.body['id'], reason: 'has_been_briefed', note: 'Talt igennem' },
      });
      expect(codes(shift)).toEqual(['guide_unread blocks']);
      expect((await world.leader.get(`/agents/${agent.id}/readiness?shiftId=${shiftId}`)).body).toMatchObject(
        { ready: true, override: { byPersonId: world.leaderId } },
      );
      // Only for the shift: at any other instant the agent is as before.
      expect((await world.leader.get(`/agents/${agent.id}/readiness`)).body['ready']).toBe(false);
      expect(await app.count('audit_entry', "action = 'readiness_override.made'")).toBe(1);
      const { body } = await world.leader.get('/reports/readiness');
      expect(body['items']).toMatchObject([{ shifts: 1, ready: 0, overridden: 1, notReady: 0 }]);
    });

    it('is refused where it makes no sense', async () => {
      expect((await make(world.foreignLeader)).status).toBe(404);
      expect((await make(world.leader, { shiftId: 999_999 })).status).toBe(404);
      expect((await make(world.leader, { reason: 'ill' })).status).toBe(400);
      expect((await make(world.leader, { note: 'x'.repeat(201) })).status).toBe(400);
      await make();
      expect((await make(world.secretariat)).body).toMatchObject({ status: 409, code: 'already_overridden' });
      const other = await register({ municipalityCode: '615' });
      const readyShift = await plan(other.id, 2);
      await app
        .get(UnitOfWork)
        .run((tx) => execute(tx, 'UPDATE guide_version SET appliesUntil = countsFrom'));
      expect((await make(world.secretariat, { shiftId: readyShift })).body).toMatchObject({
        code: 'already_ready',
      });
      const past = await plan(agent.id, -1);
      expect((await make(world.leader, { shiftId: past })).body).toMatchObject({ code: 'shift_over' });
    });

    it('is taken back by a leader of the municipality only', async () => {
      const { body } = await make(world.secretariat);
      expect((await world.foreignLeader.delete(`/readiness-overrides/${body['id']}`)).status).toBe(404);
      expect((await world.leader.delete(`/readiness-overrides/${body['id']}`)).status).toBe(204);
      expect((await shown()).ready).toBe(false);
      expect((await world.leader.delete(`/readiness-overrides/${body['id']}`)).status).toBe(404);
      expect((await make()).status).toBe(201);
    });

    it('loses it when the shift is moved, for good', async () => {
      await make();
      await move(shiftId, 1);
      expect(await shown()).toMatchObject({ ready: false });
      await move(shiftId, -1);
      const back = await shown();
      expect(back.ready).toBe(false);
      expect(back.override).toBeUndefined();
      expect((await make()).status).toBe(201);
    });

    it('loses it when somebody else takes the shift, and keeps it when only the end is moved', async () => {
      await make();
      const other = await register();
      await app
        .get(UnitOfWork)
        .run((tx) =>
          execute(tx, 'UPDATE shift SET version = version + 1, endsAt = ? WHERE id = ?', [
            instantAt(addDays(today, 2), '20:00'),
            shiftId,
          ]),
        );
      expect((await shown()).ready).toBe(true);
      await move(shiftId, 0, other.id);
      expect(await shown()).toMatchObject({ agentId: other.id, ready: false });
    });

    it('goes with the shift', async () => {
      await make();
      await app.get(ShiftService).cancel(EVERYONE, shiftId, secretariatId);
      expect(await app.count('readiness_override')).toBe(0);
    });

    it('can be erased with the person', async () => {
      await make();
      await world.leader.post(`/agents/${agent.id}/departures`, { on: today });
      expect((await world.secretariat.post(`/people/${agent.personId}/erasures`)).status).toBeLessThan(300);
      expect(await app.count('readiness_override')).toBe(0);
    });
  });

  it('lists what is to be read, the same while a version is being spread and after', async () => {
    const [own, foreign] = [await register(), await register({ municipalityCode: '615' })];
    await plan(own.id, 2);
    const first = await publish({ minutes: 7 });
    const second = await publish({ audience: { kind: 'municipalities', codes: ['751'] } });
    await app.get(ReceiptService).read(second.versionId, own.id);
    const requirements = async (by: Api, query = '') =>
      (await by.get(`/reading-requirements${query}`)).body['items'].map(
        (row: { agentId: number; versionId: number; state: string }) =>
          `${row.agentId} ${row.versionId} ${row.state}`,
      );
    for (const spread of [false, true]) {
      if (spread) await app.get(GuideSpread).run();
      const mine = [`${own.id} ${first.versionId} open`, `${own.id} ${second.versionId} read`];
      expect(await requirements(world.leader)).toEqual(mine);
      expect(await requirements(world.foreignLeader)).toEqual([`${foreign.id} ${first.versionId} open`]);
      expect(await requirements(world.secretariat, `?agentId=${own.id}`)).toEqual(mine);
      expect(await requirements(world.leader, '?state=read')).toEqual(mine.slice(1));
      expect(await requirements(world.leader, '?state=open')).toEqual(mine.slice(0, 1));
      expect(await requirements(world.leader, '?state=overdue')).toEqual([]);
      const dueBefore = (days: number) =>
        requirements(world.leader, `?state=open&dueBefore=${addDays(today, days)}T00:00:00Z`);
      expect(await dueBefore(3)).toEqual(mine.slice(0, 1));
      expect(await dueBefore(1)).toEqual([]);
      const page = await world.secretariat.get('/reading-requirements?limit=1');
      expect(page.body['items']).toMatchObject([
        {
          minutes: 7,
          number: 1,
          link: `/guides/${first.guideId}/versioner/1`,
          dueAt: instantAt(addDays(today, 2), '09:00').toISOString(),
        },
      ]);
      const next = await requirements(
        world.secretariat,
        `?limit=1&cursor=${String(page.body['nextCursor'])}`,
      );
      expect(next).toEqual(mine.slice(1));
    }
  });

  it('is still right about a version that ended long ago, whose requirements are gone', async () => {
    const [reader, other] = [await register(), await register()];
    const startsAt = new Date(app.clock.now().getTime() + HOUR).toISOString();
    const { versionId, guideId } = await publish();
    await app.get(ReceiptService).read(versionId, reader.id);
    app.clock.advance(4 * HOUR);
    await app.get(GuideService).archive(guideId, true, secretariatId);
    await app.get(GuideSpread).run();
    app.clock.advance(40 * 24 * HOUR);
    await app.get(GuideSpread).prune();
    expect(await app.count('reading_requirement')).toBe(0);
    const { secretariat } = await signedIn(app);
    const at = async (agentId: number) =>
      (await secretariat.get(`/agents/${agentId}/readiness?at=${startsAt}`)).body['ready'];
    expect([await at(reader.id), await at(other.id)]).toEqual([true, false]);
    app.clock.set('2026-11-23T09:00:00Z');
    Object.assign(world, await signedIn(app));
  });

  it('is reported by day and municipality, in every form', async () => {
    const [a, b, c] = [
      await register(),
      await register({ municipalityCode: '615' }),
      await register({ kind: 'new' }),
    ];
    for (const { id } of [a, b, c]) await plan(id, 1);
    await plan(a.id, 2);
    await publish({ audience: { kind: 'municipalities', codes: ['751'] } });
    const { body } = await world.secretariat.get('/reports/readiness');
    expect(
      body['items'].map((row: Record<string, unknown>) => [
        row['on'],
        row['municipality'],
        row['shifts'],
        row['ready'],
        row['notReady'],
      ]),
    ).toEqual([
      [addDays(today, 1), 'Horsens', 1, 1, 0],
      [addDays(today, 1), 'Aarhus', 2, 0, 2],
      [addDays(today, 2), 'Aarhus', 1, 0, 1],
    ]);
    expect(body['items'][1].notReadyBy).toEqual({
      not_employed: 0,
      elearning_not_assigned: 0,
      elearning_missing: 1,
      onboarding_day_missing: 0,
      guide_unread: 2,
    });
    expect((await world.leader.get('/reports/readiness?format=csv')).text.split('\n')).toHaveLength(4);
    expect((await world.leader.get('/reports/readiness?format=xlsx')).headers.get('content-type')).toContain(
      'spreadsheet',
    );
    const tooLong = await world.leader.get('/reports/readiness?from=2026-01-01&to=2026-06-01');
    expect(tooLong.body).toMatchObject({ status: 422, code: 'period_too_long' });
  });

  it('is disputed once a day with the leader, or as a task when there is none', async () => {
    const [agent, alone] = [await register({ kind: 'new' }), await register({ kind: 'new' })];
    const raise = async ({ email }: { email: string }) => {
      const answer = await (await asAgent(app, email)).call('POST', '/mit/vises-ikke', {});
      expect(answer.headers.get('location')).toBe('/mit?done=dispute_raised');
    };
    const mails = () => app.rows("SELECT toPersonId FROM mail WHERE template = 'readiness-dispute'");
    await raise(agent);
    await raise(agent);
    expect(await mails()).toEqual([{ toPersonId: world.leaderId }]);
    await lead(null);
    await raise(alone);
    await raise(alone);
    expect(await mails()).toHaveLength(1);
    expect(await app.count('task', "kind = 'leader_missing'")).toBe(1);
    await lead(world.leaderId);

    async function lead(leaderId: number | null): Promise<void> {
      await app.get(UnitOfWork).run(async (tx) => {
        await execute(tx, 'UPDATE employment SET leaderId = ? WHERE agentId = ?', [leaderId, alone.id]);
        await execute(tx, "UPDATE municipality SET primaryLeaderId = ? WHERE code = '751'", [leaderId]);
      });
    }
  });

  describe('on its pages', () => {
    let agent: Awaited<ReturnType<typeof register>>;
    let shiftId: number;
    let guideId: number;

    beforeEach(async () => {
      agent = await register({ lastName: 'Ågård' });
      shiftId = await plan(agent.id, 2);
      ({ guideId } = await publish({ title: 'Pas og <kørekort>' }));
    });

    it('stands on the board with its reasons, by day, and not on that of others', async () => {
      const leader = await browse('leder.751@ddh.test');
      const board = await leader.get('/vagtklar');
      expect(board.text).toContain('Anna Ågård');
      expect(board.text).toContain('Pas og &lt;kørekort&gt;');
      expect(board.text).toContain(`href="/guides/${guideId}"`);
      expect(board.text).toContain('25. november 2026');
      expect(board.text).toContain('Vagtplanen er sidst opdateret');
      expect((await leader.get('/vagtklar?state=ready')).text).toContain(
        'Ingen vagter svarer til dit filter',
      );
      expect((await leader.get('/vagtklar?q=aagaard')).text).toContain('Anna Ågård');
      expect((await leader.get('/vagtklar?q=findes-ikke')).text).toContain(
        'Ingen vagter svarer til dit filter',
      );
      expect((await leader.get('/vagtklar?from=2026-12-24')).text).toContain(
        'Der er ingen vagter i perioden',
      );
      expect((await leader.get('/vagtklar?from=x&state=y&municipality=z')).status).toBe(200);
      const foreign = await browse('leder.615@ddh.test');
      expect((await foreign.get('/vagtklar')).text).not.toContain('Ågård');
      expect((await foreign.get(`/vagtklar/vagter/${shiftId}`)).status).toBe(404);
      const nextShift = (await leader.get(`/agenter/${agent.id}`)).text;
      expect(nextShift).toContain(`href="/vagtklar/vagter/${shiftId}"`);
      expect(nextShift).toContain('Pas og &lt;kørekort&gt;');
    });

    it('takes an exception, says whose it is, and takes it back', async () => {
      const leader = await browse('leder.751@ddh.test');
      const path = `/vagtklar/vagter/${shiftId}`;
      const faulty = await leader.submit(await leader.get(path), `${path}/undtagelse`, {
        reason: '',
        note: 'Husk headset',
      });
      expect(faulty.status).toBe(400);
      expect(faulty.text).toContain('Skriv ikke om helbred');
      expect(faulty.text).toContain('value="Husk headset"');
      expect(faulty.text).toMatch(/<details[^>]* open>/);
      const made = await leader.submit(faulty, `${path}/undtagelse`, { reason: 'sits_with_colleague' });
      expect(made.text).toContain('Undtagelsen er givet');
      const board = (await leader.get('/vagtklar')).text;
      expect(board).toContain('Klar ved undtagelse');
      expect(board).toMatch(/Undtagelse givet af Test Person \d+/);
      expect(board).toContain('Agenten sidder sammen med en kollega');
      const [row] = await app.rows<{ id: number }>('SELECT id FROM readiness_override');
      const back = await leader.submit(await leader.get(path), `${path}/undtagelse/${row!.id}/fortryd`);
      expect(back.text).toContain('Undtagelsen er taget tilbage');
      expect(await app.count('readiness_override')).toBe(0);
    });

    it('lets the secretariat decide, and says who did', async () => {
      const secretariat = await browse('sekretariat@ddh.test');
      const page = await secretariat.get('/indstillinger/vagtklar');
      expect(page.text).toContain('Ingen har ændret det endnu');
      const faulty = await secretariat.submit(page, '/indstillinger/vagtklar', { unreadGuide: 'x' });
      expect(faulty.status).toBe(400);
      const done = await secretariat.submit(page, '/indstillinger/vagtklar', { unreadGuide: 'warns' });
      expect(done.text).toContain('Valget er gemt');
      expect(done.text).toMatch(/Besluttet af Test Person \d+/);
      expect((await secretariat.get('/vagtklar')).text).toContain('Advarsel');
    });

    it('tells agents of their next shift, what to read first and what is urgent', async () => {
      const own = await register({ kind: 'new' });
      await plan(own.id, 4);
      const acute = await publish({ title: 'Nedbrud i MitID', urgency: 'acute', minutes: 2 });
      const later = await publish({
        title: 'Nye satser',
        minutes: 9,
        effectiveFrom: instantAt(addDays(today, 30), '08:00'),
      });
      const browser = new Browser(app.url);
      const mine = await browser.visitAndSubmit(await personalLink(app, own.email));
      expect(mine.text).toContain('Du er ikke vagtklar endnu');
      expect(mine.text).toContain('Akut: Nedbrud i MitID');
      expect(mine.text).toContain('I alt cirka 16 minutter');
      const list = mine.text.slice(mine.text.indexOf('Det skal du læse'));
      const places = [acute.guideId, guideId, later.guideId].map((id) =>
        list.indexOf(`/guides/${id}/versioner/1`),
      );
      expect(places.every((place) => place > 0)).toBe(true);
      expect(places).toEqual(places.toSorted((x, y) => x - y));
      const told = await browser.submit(mine, '/mit/vises-ikke');
      expect(told.text).toContain('Din leder har fået besked');
      await app.get(ReceiptService).read(acute.versionId, own.id);
      expect((await browser.get('/mit')).text).not.toContain('Akut: Nedbrud');
    });

    async function browse(email: string): Promise<Browser> {
      const browser = new Browser(app.url);
      await browser.submit(await browser.get('/log-ind'), '/log-ind', { email, password: PASSWORD });
      return browser;
    }
  });
});
