import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { FigureWriter } from '../../src/modules/quality/figures/figure-writer.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { addPerson, anAgent, buildWorld, type World } from '../support/builders.js';
import { addFigures, signAgreement } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

describe('figures', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-09-10T09:00:00Z');
    world = await buildWorld(app);
    await app.get(UnitOfWork).run(async (tx) => {
      await signAgreement(tx, '751', '2026-01-01');
      await signAgreement(tx, '615', '2026-01-01');
    });
  });
  beforeEach(() =>
    app.get(UnitOfWork).run(async (tx) => {
      for (const table of ['figure_correction', 'resolution_figure', 'resolution_month'])
        await tx.query(`DELETE FROM ${table}`);
    }),
  );
  afterAll(() => app.stop());

  const register = async (changes: Record<string, unknown> = {}) => {
    const agent = anAgent({ kind: 'existing', startOn: '2025-01-01', municipalityCode: '751', ...changes });
    const { status, body } = await world.secretariat.post('/agents', agent);
    expect(status).toBe(201);
    return body;
  };
  const program = async (scopes: string[]) => {
    const { body } = await world.secretariat.post('/api-tokens', { name: 'Telefonsystem', scopes, days: 30 });
    return new Api(app, body['token'] as string);
  };
  const post = (api: Api, figures: object[], key?: string) =>
    api.post('/resolution-figures', { figures }, key ? { 'idempotency-key': key } : {});
  const asAgent = async (agent: Record<string, any>) => {
    await app.get(UnitOfWork).run(async (tx) => {
      await addPerson(app, tx, 'kode@ddh.test', [], '751');
      await tx.query(
        "UPDATE person SET passwordHash = (SELECT h FROM (SELECT passwordHash AS h FROM person WHERE emailKey = 'kode@ddh.test') x) WHERE id = ?",
        [agent['personId']],
      );
    });
    return signIn(app, agent['email'], PASSWORD);
  };
  const seenBy = async (api: Api, query = '') =>
    (await api.get(`/resolution-figures${query}`)).body['items'].map((row: any) => [row.agentId, row.month]);

  it('come from programs, and each is told what became of it', async () => {
    const [anna, bo] = [await register({ phoneSystemId: '4711' }), await register()];
    const api = await program(['figures:write']);
    const figures = [
      { phoneSystemId: '4711', month: '2026-08', answered: 120, resolved: 66, warmTransferred: 4 },
      { agentId: bo['id'], month: '2026-08', answered: 80, resolved: 90 },
      { email: bo['email'], month: '2026-10', answered: 80, resolved: 40 },
      { agentId: 999_999, month: '2026-08', answered: 80, resolved: 40 },
      { agentId: anna['id'], email: bo['email'], month: '2026-08', answered: 80, resolved: 40 },
      { email: bo['email'], month: '2026-08', answered: 80, resolved: 40, handlingSeconds: 300 },
    ];
    const { status, body } = await post(api, figures);
    expect(status).toBe(200);
    expect(body).toMatchObject({ new: 2, changed: 0, same: 0, refused: 4 });
    expect(body['items'].map((item: any) => [item.status, ...item.errors.map((e: any) => e.code)])).toEqual([
      ['new'],
      ['refused', 'figures_above_answered'],
      ['refused', 'figures_future_month'],
      ['refused', 'figures_agent_unknown'],
      ['refused', 'figures_agent_contradicted'],
      ['new'],
    ]);
    expect(body['items'][5]).toMatchObject({
      status: 'new',
      agentId: bo['id'],
      month: '2026-08',
      errors: [],
    });
    expect(await app.count('resolution_figure')).toBe(2);
  });

  it('are written once for a key, and corrected by the next call', async () => {
    const anna = await register();
    const api = await program(['figures:write']);
    const figure = { agentId: anna['id'], month: '2026-08', answered: 120, resolved: 66 };
    const first = await post(api, [figure], 'august-1');
    expect((await post(api, [figure], 'august-1')).body).toEqual(first.body);
    expect((await post(api, [{ ...figure, resolved: 1 }], 'august-1')).body['code']).toBe(
      'idempotency_key_reused',
    );
    expect((await post(api, [figure])).body).toMatchObject({ same: 1 });
    expect((await post(api, [{ ...figure, warmTransferred: 3 }])).body).toMatchObject({ changed: 1 });
    expect((await post(api, [{ ...figure, warmTransferred: null }])).body).toMatchObject({ same: 1 });
    expect((await post(api, [figure, figure])).body['items'][1]).toMatchObject({
      status: 'refused',
      errors: [{ code: 'figures_twice_in_file' }],
    });
    expect(
      await app.rows(
        'SELECT answeredBefore, warmTransferredBefore, warmTransferredAfter FROM figure_correction',
      ),
    ).toEqual([{ answeredBefore: 120, warmTransferredBefore: null, warmTransferredAfter: 3 }]);
  });

  it.each([
    [{ month: '2026-13' }],
    [{ answered: 1.5 }],
    [{ answered: -1 }],
    [{ answered: '120' }],
    [{ resolved: null }],
    [{ color: 'red' }],
  ])('are refused when they are malformed: %j', async (changes) => {
    const figure = { agentId: 1, month: '2026-08', answered: 120, resolved: 66, ...changes };
    expect((await post(world.secretariat, [figure])).status).toBe(400);
  });

  it('are refused as more than 1,000 at once, and from those who may not write them', async () => {
    const figure = { agentId: 1, month: '2026-08', answered: 120, resolved: 66 };
    expect(
      (
        await post(
          world.secretariat,
          Array.from({ length: 1001 }, () => figure),
        )
      ).status,
    ).toBe(400);
    expect((await post(world.secretariat, [])).status).toBe(400);
    for (const api of [world.leader, await program(['figures:read'])])
      expect((await post(api, [figure])).status).toBe(403);
    expect((await (await program(['figures:write'])).get('/resolution-figures')).status).toBe(403);
  });

  it('are seen by the agent, the secretariat, and the leader of the months spent in one place only', async () => {
    const [anna, bo] = [await register(), await register({ municipalityCode: '615' })];
    const calls = { '2026-05': [80, 40], '2026-06': [80, 40], '2026-07': [80, 40] } as const;
    await app.get(UnitOfWork).run(async (tx) => {
      await addFigures(tx, anna['id'], calls);
      await addFigures(tx, bo['id'], { '2026-07': [60, 20] });
      // Anna moved to Horsens in the middle of June.
      await tx.query(
        `UPDATE employment SET endOn = '2026-06-14', endReason = 'transferred', openAgentId = NULL WHERE agentId = ${anna['id']}`,
      );
      await tx.query(
        `INSERT INTO employment (agentId, openAgentId, municipalityCode, kind, startOn, effectiveFromOn, createdAt)
         VALUES (${anna['id']}, ${anna['id']}, '615', 'existing', '2026-06-15', '2026-06-15', '2026-06-15 00:00:00.000')`,
      );
    });
    const all = [
      [anna['id'], '2026-07'],
      [bo['id'], '2026-07'],
      [anna['id'], '2026-06'],
      [anna['id'], '2026-05'],
    ];
    expect(await seenBy(world.secretariat)).toEqual(all);
    expect(await seenBy(await program(['figures:read']))).toEqual(all);
    expect(await seenBy(world.leader)).toEqual([[anna['id'], '2026-05']]);
    expect(await seenBy(world.foreignLeader)).toEqual([
      [anna['id'], '2026-07'],
      [bo['id'], '2026-07'],
    ]);
    expect(await seenBy(world.foreignLeader, `?agentId=${anna['id']}&month=2026-06`)).toEqual([]);
    expect(await seenBy(world.secretariat, '?municipality=615')).toEqual([all[0], all[1], all[2]]);
    const own = await asAgent(anna);
    expect(await seenBy(own)).toEqual([all[0], all[2], all[3]]);
    expect(await seenBy(own, `?agentId=${bo['id']}`)).toEqual([]);
  });

  it('come page by page with their rates, and whoever looked is noted, but not the agent', async () => {
    const anna = await register();
    const months = Object.fromEntries(
      ['05', '06', '07', '08'].map((month) => [`2026-${month}`, [80, 40] as const]),
    );
    await app.get(UnitOfWork).run((tx) => addFigures(tx, anna['id'], { ...months, '2026-04': [0, 0] }));
    const seen: unknown[] = [];
    for (let query = '?limit=2'; ;) {
      const { body } = await world.secretariat.get(`/resolution-figures${query}`);
      seen.push(...body['items'].map((row: any) => [row.month, row.rate, row.interval?.low.toFixed(3)]));
      if (!body['nextCursor']) break;
      query = `?limit=2&cursor=${body['nextCursor']}`;
    }
    expect(seen).toEqual([
      ...['08', '07', '06', '05'].map((month) => [`2026-${month}`, 0.5, '0.393']),
      ['2026-04', null, undefined],
    ]);
    const looks = () => app.count('audit_entry', `action = 'figures.viewed' AND subjectId = ${anna['id']}`);
    expect(await looks()).toBe(1);
    await seenBy(await asAgent(anna));
    expect(await looks()).toBe(1);
    await seenBy(world.leader);
    expect(await looks()).toBe(2);
  });

  it('are written once when several write the same month at once', async () => {
    const agents = [await register(), await register(), await register()];
    const figures = (resolved: number) =>
      agents.flatMap((agent) =>
        ['2026-07', '2026-08'].map((month) => ({
          agentId: agent['id'] as number,
          month,
          answered: 90,
          resolved,
        })),
      );
    const writer = app.get(FigureWriter);
    const write = (resolved: number, order: 1 | -1) =>
      app.get(UnitOfWork).run((tx) =>
        writer.write(
          tx,
          figures(resolved)
            .slice()
            .sort(() => order),
          world.leaderId,
          app.clock.now(),
        ),
      );
    const written = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => write(n, n % 2 ? 1 : -1)));
    const changes = written.flat().map(({ change }) => change);
    expect(changes.filter((change) => change === 'new')).toHaveLength(6);
    expect(changes.filter((change) => change === 'changed')).toHaveLength(30);
    expect(await app.count('figure_correction')).toBe(30);
    // Each change begins where the one before ended.
    for (const { id } of agents as { id: number }[])
      for (const month of ['2026-07', '2026-08']) {
        const steps = await app.rows<{ resolvedBefore: number; resolvedAfter: number }>(
          'SELECT resolvedBefore, resolvedAfter FROM figure_correction WHERE agentId = ? AND month = ? ORDER BY id',
          [id, month],
        );
        for (const [at, step] of steps.slice(1).entries())
          expect(step.resolvedBefore).toBe(steps[at]!.resolvedAfter);
      }
  });
});
