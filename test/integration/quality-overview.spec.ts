import { execute, insertRow } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { signIn, PASSWORD, type Api } from '../support/api.js';
import { addPerson, anAgent, buildWorld, type World } from '../support/builders.js';
import {
  addFigures,
  importMonths,
  setPolicy,
  signAgreement,
  transferTo,
  type Calls,
} from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

const MONTHS = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];

describe('the overview of quality', () => {
  let app: TestApp;
  let world: World;
  let anna: number;
  let bo: number;
  let carl: number;
  let moved: number;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    await run((tx) => signAgreement(tx, '751', '2026-01-01'));
    await run((tx) => signAgreement(tx, '615', '2026-01-01'));
    await run((tx) => setPolicy(tx));
    anna = await agent('Aagaard', '751');
    bo = await agent('Bech', '751');
    carl = await agent('Carlsen', '615');
    moved = await agent('Dahl', '615');
    await move(moved, '2026-09-16');
    await run((tx) => importMonths(tx, MONTHS));
    await figures(anna, { '2026-08': [50, 30], '2026-09': [100, 40, 20], '2026-10': [100, 45, 10] });
    await figures(bo, { '2026-09': [10, 8], '2026-10': [20, 15] });
    await figures(carl, { '2026-10': [200, 150] });
    await figures(moved, { '2026-08': [40, 10], '2026-09': [40, 11], '2026-10': [40, 30] });
  });
  afterAll(() => app.stop());

  const run = <T>(work: Parameters<UnitOfWork['run']>[0]) => app.get(UnitOfWork).run(work) as Promise<T>;
  const figures = (agentId: number, calls: Record<string, Calls>) =>
    run((tx) => addFigures(tx, agentId, calls));
  const overview = (by: Api, query = '') => by.get(`/quality-overview${query}`);

  async function agent(lastName: string, municipalityCode: string): Promise<number> {
    const { body } = await world.secretariat.post(
      '/agents',
      anAgent({ lastName, municipalityCode, startOn: '2025-03-01', kind: 'existing' }),
    );
    return body['id'];
  }

  const move = (agentId: number, on: string) =>
    run((tx) => transferTo(tx, agentId, { on, municipalityCode: '751', leaderId: world.leaderId }));

  /** Whose figures somebody has looked at, as the trail tells. */
  async function looks(by: string): Promise<number[]> {
    const rows = await app.rows<{ subjectId: number }>(
      `SELECT e.subjectId FROM audit_entry e JOIN person p ON p.id = e.actorPersonId
        WHERE e.action = 'figures.viewed' AND p.email = ? ORDER BY e.id`,
      [by],
    );
    return rows.map(({ subjectId }) => subjectId);
  }

  it('gives the secretariat all: totals with both rates, municipalities, whom to keep an eye on', async () => {
    const { body, status } = await overview(world.secretariat);
    expect(status).toBe(200);
    expect([body['month'], body['months']]).toEqual(['2026-10', MONTHS.toReversed()]);
    expect(body['ddh']).toMatchObject({ agents: 4, answered: 360, resolved: 240, warmTransferred: 10 });
    expect(body['ddh'].rate.rate).toBeCloseTo(240 / 360);
    expect(body['ddh'].rateWithWarm.rate).toBeCloseTo(250 / 360);
    expect(body['ddh'].rate.low).toBeLessThan(240 / 360);
    expect(
      body['municipalities'].map((row: Record<string, unknown>) => [
        row['municipality'],
        row['agents'],
        row['answered'],
      ]),
    ).toEqual([
      ['Horsens', 1, 200],
      ['Aarhus', 3, 160],
    ]);
    expect(body['watchList']).toMatchObject([
      {
        agentId: anna,
        outcome: 'watch',
        months: ['2026-09', '2026-10'],
        pooled: { answered: 200, resolved: 85 },
      },
    ]);
    expect(body['trend'].map(({ month }: { month: string }) => month)).toEqual([
      '2026-08',
      '2026-09',
      '2026-10',
    ]);
  });

  it('counts the month of a transfer for neither municipality', async () => {
    const { body } = await overview(world.secretariat, '?month=2026-09');
    expect(body['ddh'].answered).toBe(150);
    expect(body['municipalities']).toMatchObject([{ municipality: 'Aarhus', agents: 2, answered: 110 }]);
  });

  it('shows a leader the own municipality, nothing of a handful elsewhere, and no watch list', async () => {
    const { body } = await overview(world.leader);
    expect(body['municipalities']).toMatchObject([{ municipalityCode: '751', answered: 160 }]);
    expect([body['leftOut'], body['watchList']]).toEqual([1, null]);
  });

  it('shows a leader no total from which the calls of a handful could be reckoned', async () => {
    // In September one agent moved: the total less the own municipality is that agent's month.
    for (const month of ['2026-09', '2026-10']) {
      const { body } = await overview(world.leader, `?month=${month}`);
      expect([month, body['ddh']]).toEqual([month, null]);
      expect(body['hidden']).toContain(month);
      expect(body['trend'].map((one: { month: string }) => one.month)).not.toContain(month);
    }
    expect((await overview(world.secretariat)).body['hidden']).toEqual([]);
    const { text } = await world.leader.call('GET', '/kvalitet');
    expect(text).toContain('Tallet for hele DDH vises ikke for måneden');
    const agent = await world.leader.call('GET', `/kvalitet/agenter/${anna}`);
    expect(agent.text).not.toContain('66,7');
  });

  it('shows a leader others of at least five agents', async () => {
    const more = [];
    for (const name of ['E', 'F', 'G', 'H']) more.push(await agent(name, '615'));
    for (const id of more) await figures(id, { '2026-06': [10, 5] });
    await figures(carl, { '2026-06': [10, 5] });
    await figures(bo, { '2026-06': [10, 9] });
    const { body } = await overview(world.leader, '?month=2026-06');
    expect(body['municipalities']).toMatchObject([
      { municipalityCode: '615', agents: 5, answered: 50 },
      { municipalityCode: '751' },
    ]);
    expect(body['leftOut']).toBe(0);
  });

  it('passes over a month that has not been imported', async () => {
    expect((await overview(world.secretariat, '?month=2026-01')).body['month']).toBe('2026-10');
    expect((await overview(world.secretariat, '?month=2026-13')).body['errors'][0].code).toBe(
      'invalid_month',
    );
  });

  it('has a page for the secretariat, and one for a leader with the own agents', async () => {
    const secretariat = await world.secretariat.call('GET', '/kvalitet?month=2026-10');
    expect(secretariat.text).toContain('66,7\u00a0%');
    expect(secretariat.text).toContain(`/kvalitet/agenter/${anna}`);
    const { text } = await world.leader.call('GET', '/kvalitet');
    for (const id of [anna, bo, moved])
      expect(text).toContain(`/kvalitet/agenter/${id}/chart.svg?size&#x3D;small`);
    expect(text).not.toContain(`/kvalitet/agenter/${carl}"`);
    expect(text).not.toContain('Hold øje');
    expect(text).toContain('2 måneder i træk');
  });

  it('shows one agent: every month with both rates, and no month of another municipality', async () => {
    const { text, status } = await world.secretariat.call('GET', `/kvalitet/agenter/${moved}`);
    expect(status).toBe(200);
    expect(text).toContain('10 af 40 opkald');
    expect(text).toContain('11 af 40 opkald');
    const leader = await world.leader.call('GET', `/kvalitet/agenter/${moved}`);
    expect(leader.text).toContain('30 af 40 opkald');
    // August was elsewhere, September was half of each: nobody but the secretariat and the agent sees across a transfer.
    for (const calls of ['10 af 40', '11 af 40', '51 af 120']) expect(leader.text).not.toContain(calls);
    expect((await world.foreignLeader.call('GET', `/kvalitet/agenter/${moved}`)).status).toBe(404);
    expect((await world.leader.call('GET', `/kvalitet/agenter/${carl}`)).status).toBe(404);
    const own = await world.leader.call('GET', `/kvalitet/agenter/${anna}`);
    expect(own.text).toMatch(/45\s?%/);
    expect(own.text).toMatch(/55\s?%/);
  });

  it('draws charts as images of their own policy, for whoever may see the figures', async () => {
    for (const [path, by] of [
      ['/kvalitet/chart.svg', world.secretariat],
      ['/kvalitet/chart.svg?municipality=615&month=2026-10', world.leader],
      [`/kvalitet/agenter/${anna}/chart.svg`, world.leader],
      [`/kvalitet/agenter/${anna}/chart.svg?size=small`, world.leader],
      [`/kvalitet/agenter/${anna}/chart.svg?size=narrow`, world.secretariat],
    ] as const) {
      const { status, headers, text } = await by.call('GET', path);
      expect({ path, status }).toEqual({ path, status: 200 });
      expect(headers.get('content-type')).toBe('image/svg+xml');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'");
      expect(headers.get('cache-control')).toContain('no-store');
      expect(text).toMatch(/^<svg /);
      expect(text).not.toMatch(/<style|<script| style=/);
    }
    const foreign = await world.foreignLeader.call('GET', `/kvalitet/agenter/${anna}/chart.svg`);
    expect(foreign.status).toBe(404);
    expect((await world.leader.call('GET', '/kvalitet/chart.svg?municipality=999')).status).toBe(404);
  });

  it('draws nothing of a handful elsewhere', async () => {
    const hidden = await world.leader.call('GET', '/kvalitet/chart.svg?municipality=615&month=2026-10');
    const seen = await world.secretariat.call('GET', '/kvalitet/chart.svg?municipality=615&month=2026-10');
    const points = (svg: string) => (svg.match(/fill="#0059b3"/g) ?? []).length;
    // The legend's mark, and June, when five agents stood behind it; the secretariat sees August and October too.
    expect(points(hidden.text)).toBeLessThan(points(seen.text));
  });

  it('lets an agent see the own chart only', async () => {
    const [row] = await app.rows<{ email: string; personId: number }>(
      'SELECT p.email, p.id AS personId FROM agent a JOIN person p ON p.id = a.personId WHERE a.id = ?',
      [moved],
    );
    await run(async (tx) => {
      await addPerson(app, tx, 'login@ddh.test', [], '751');
      await execute(
        tx,
        `UPDATE person SET passwordHash = (SELECT h FROM (SELECT passwordHash AS h FROM person WHERE email = 'login@ddh.test') x)
          WHERE id = ?`,
        [row!.personId],
      );
    });
    const agent = await signIn(app, row!.email, PASSWORD);
    const before = await looks(row!.email);
    const { status, text } = await agent.call('GET', '/mit/tal/chart.svg');
    expect(status).toBe(200);
    expect(text).toContain('Dahl');
    expect((await agent.call('GET', `/kvalitet/agenter/${moved}/chart.svg`)).status).toBe(403);
    expect(await looks(row!.email)).toEqual(before);
  });

  it('lists the cases that are under way: all for the secretariat, those a leader has been told of', async () => {
    await run(async (tx) => {
      const at = new Date('2026-11-03T09:00:00Z');
      const closingId = await insertRow(tx, 'month_closing', {
        month: '2026-10',
        policyId: 1,
        closedByPersonId: 1,
        closedAt: at,
        finalAt: at,
        undoneByPersonId: null,
        undoneAt: null,
      });
      for (const [agentId, state, leaderToldAt] of [
        [anna, 'notified', at],
        [bo, 'with_agent', null],
      ] as const)
        await execute(
          tx,
          `INSERT INTO quality_case (agentId, employmentId, municipalityCode, closingId, streakFrom, streakTo, liveStreakFrom, state,
             agentNoticeAt, leaderToldAt, createdAt, version)
           SELECT ?, id, municipalityCode, ?, '2026-08', '2026-10', '2026-08', ?, ?, ?, ?, 1 FROM employment WHERE openAgentId = ?`,
          [agentId, closingId, state, at, leaderToldAt, at, agentId],
        );
    });
    const counts = await Promise.all(
      [world.secretariat, world.leader, world.foreignLeader].map(
        async (by) => (await overview(by)).body['openCases'],
      ),
    );
    expect(counts).toEqual([2, 1, 0]);
    expect(
      (await world.secretariat.call('GET', '/kvalitet')).text.match(/\/kvalitet\/sager\/\d/g),
    ).toHaveLength(2);
    expect((await world.leader.call('GET', '/kvalitet')).text.match(/\/kvalitet\/sager\/\d/g)).toHaveLength(
      1,
    );
  });

  // Last, for it moves the clock.
  it('notes each look at the figures of a single agent once an hour, by role and place', async () => {
    await run((tx) => addPerson(app, tx, 'ny.sekretaer@ddh.test', ['secretariat'], '615'));
    const secretary = await signIn(app, 'ny.sekretaer@ddh.test');
    // All at once, as a browser does.
    await Promise.all(
      ['', '/chart.svg', '/chart.svg?size=small', '/chart.svg?size=narrow'].map((part) =>
        secretary.call('GET', `/kvalitet/agenter/${anna}${part}`),
      ),
    );
    await secretary.get('/quality-overview');
    expect(await looks('ny.sekretaer@ddh.test')).toEqual([anna]);
    app.clock.advance(3_600_001);
    const again = await signIn(app, 'ny.sekretaer@ddh.test');
    await again.get('/quality-overview');
    expect(await looks('ny.sekretaer@ddh.test')).toEqual([anna, anna]);
    const [last] = await app.rows<{ detail: string }>(
      "SELECT detail FROM audit_entry WHERE action = 'figures.viewed' ORDER BY id DESC LIMIT 1",
    );
    expect(JSON.parse(last!.detail)).toEqual({ place: 'overview', role: 'secretariat' });
  });
});

describe('the overview of quality without figures', () => {
  it('says that nothing has been imported, and that no rule has been decided', async () => {
    const app = await TestApp.start();
    const { secretariat, leader } = await buildWorld(app);
    expect((await secretariat.get('/quality-overview')).body).toMatchObject({
      month: null,
      ddh: null,
      trend: [],
      watchList: [],
    });
    for (const by of [secretariat, leader]) {
      const { text } = await by.call('GET', '/kvalitet');
      expect(text).toContain('Der er ikke importeret tal endnu');
      expect(text).toContain('Der er ikke besluttet en regel endnu');
    }
    expect((await leader.call('GET', '/kvalitet/chart.svg')).text).toMatch(/^<svg /);
    await app.stop();
  });
});
