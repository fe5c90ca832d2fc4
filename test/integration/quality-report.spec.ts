import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api, type ApiAnswer } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { addFigures, setPolicy, signAgreement, transferTo, type Calls } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';

describe('the quality report', () => {
  let app: TestApp;
  let world: World;
  let anna: number;
  let moved: number;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    await run((tx) => signAgreement(tx, '751', '2026-01-01'));
    await run((tx) => signAgreement(tx, '615', '2026-01-01'));
    anna = await agent('Aagaard', '751');
    moved = await agent('Dahl', '615');
    await figures(anna, { '2026-08': [50, 20, 3], '2026-09': [100, 40, 20], '2026-10': [0, 0] });
    await figures(moved, { '2026-08': [40, 10], '2026-09': [40, 11], '2026-10': [40, 19] });
    await move(moved, '2026-09-16');
  });
  afterAll(() => app.stop());

  const run = (work: Parameters<UnitOfWork['run']>[0]) => app.get(UnitOfWork).run(work);
  const figures = (agentId: number, calls: Record<string, Calls>) =>
    run((tx) => addFigures(tx, agentId, calls));
  const report = (query = '', by: Api = world.secretariat): Promise<ApiAnswer> =>
    by.get(`/reports/quality${query}`);
  const lines = ({ body }: ApiAnswer) =>
    body['items'].map((row: Record<string, unknown>) =>
      [
        row['month'],
        row['lastName'],
        row['municipalityCode'] ?? '-',
        row['answered'],
        row['resolved'],
        row['streakPosition'] ?? '-',
      ].join(' '),
    );

  async function agent(lastName: string, municipalityCode: string): Promise<number> {
    const { body } = await world.secretariat.post(
      '/agents',
      anAgent({ lastName, municipalityCode, startOn: '2025-03-01', kind: 'existing' }),
    );
    return body['id'];
  }

  const move = (agentId: number, on: string) =>
    run((tx) => transferTo(tx, agentId, { on, municipalityCode: '751', leaderId: world.leaderId }));

  it('knows no positions while there is no policy', async () => {
    expect(lines(await report('?from=2026-10'))).toEqual([
      '2026-10 Dahl 751 40 19 -',
      '2026-10 Aagaard 751 0 0 -',
    ]);
    await run((tx) => setPolicy(tx));
  });

  it('gives the secretariat everybody, the latest month first, with rates, intervals and the position in a streak', async () => {
    const answer = await report();
    expect(lines(answer)).toEqual([
      '2026-10 Dahl 751 40 19 1',
      '2026-10 Aagaard 751 0 0 0',
      '2026-09 Dahl - 40 11 0',
      '2026-09 Aagaard 751 100 40 2',
      '2026-08 Dahl 615 40 10 1',
      '2026-08 Aagaard 751 50 20 1',
    ]);
    const [, empty, , september] = answer.body['items'];
    expect(september).toMatchObject({
      rate: 0.4,
      low: 0.3094,
      high: 0.498,
      rateWithWarm: 0.6,
      warmTransferred: 20,
    });
    expect(empty).toMatchObject({ rate: null, low: null, rateWithWarm: null });
    expect(answer.body['totals']).toMatchObject({
      rows: 6,
      agents: 2,
      answered: 270,
      resolved: 100,
      warmTransferred: 23,
    });
  });

  it('gives a leader nothing across a transfer', async () => {
    expect(lines(await report('', world.leader))).toEqual([
      '2026-10 Dahl 751 40 19 1',
      '2026-10 Aagaard 751 0 0 0',
      '2026-09 Aagaard 751 100 40 2',
      '2026-08 Aagaard 751 50 20 1',
    ]);
    expect(lines(await report('', world.foreignLeader))).toEqual(['2026-08 Dahl 615 40 10 1']);
    expect((await report('', world.leader)).body['totals']).toMatchObject({ rows: 4, answered: 190 });
  });

  it.each([
    ['?from=2026-09&to=2026-09', 2],
    ['?municipality=615', 1],
    ['?to=2026-07', 0],
  ])('narrowed by %s has %d rows', async (query, rows) => {
    const answer = await report(query);
    expect([answer.body['items'].length, answer.body['totals'].rows]).toEqual([rows, rows]);
  });

  it('refuses what is no month, and what it does not know', async () => {
    expect((await report('?from=2026-9')).body['errors'][0].code).toBe('invalid_month');
    expect((await report('?monat=2026-09')).status).toBe(400);
  });

  it('is paged by cursor without a row lost or twice', async () => {
    const found: string[] = [];
    let cursor = '';
    do {
      const answer = await report(`?limit=2${cursor && `&cursor=${cursor}`}`);
      found.push(...lines(answer));
      cursor = answer.body['nextCursor'] ?? '';
    } while (cursor);
    expect(found).toEqual(lines(await report()));
  });

  it('comes as CSV for machines, for Excel and as a workbook, and notes whose figures were in it', async () => {
    await run((tx) => execute(tx, "DELETE FROM audit_entry WHERE action = 'figures.viewed'"));
    const machine = await report('?format=csv&from=2026-09');
    expect(machine.text.split('\n').slice(0, 2)).toEqual([
      'month,agentId,lastName,firstName,municipalityCode,municipality,answered,resolved,warmTransferred,rate,low,high,rateWithWarm,streakPosition',
      `2026-10,${moved},Dahl,Anna,751,Aarhus,40,19,,0.475,0.3294,0.625,,1`,
    ]);
    const excel = await report('?format=csv-excel&from=2026-10');
    expect(excel.text).toContain('Klaret med det samme;');
    expect(excel.text).toContain(';0,475;');
    const workbook = await report('?format=xlsx');
    expect(workbook.headers.get('content-type')).toContain('spreadsheetml');
    expect(workbook.text.startsWith('PK')).toBe(true);
    const looks = await app.rows<{ subjectId: number }>(
      "SELECT subjectId FROM audit_entry WHERE action = 'figures.viewed' ORDER BY id",
    );
    expect(looks.map(({ subjectId }) => subjectId)).toEqual([anna, moved]);
  });

  it('is for programs with a scope of its own, and their looks are noted as a program’s', async () => {
    const token = async (scopes: string[]) =>
      new Api(
        app,
        (await world.secretariat.post('/api-tokens', { name: `BI ${scopes.join()}`, scopes })).body['token'],
      );
    expect((await report('', await token(['reports:read']))).status).toBe(403);
    await app
      .get(UnitOfWork)
      .run((tx) => execute(tx, "DELETE FROM audit_entry WHERE action = 'figures.viewed'"));
    expect((await report('', await token(['figures:read']))).status).toBe(200);
    const looks = await app.rows<{ subjectId: number; detail: string }>(
      "SELECT subjectId, detail FROM audit_entry WHERE action = 'figures.viewed' ORDER BY subjectId",
    );
    expect(looks.map(({ subjectId }) => subjectId)).toEqual([anna, moved].sort((a, b) => a - b));
    expect(JSON.parse(looks[0]!.detail)).toMatchObject({ place: 'report', role: 'program' });
  });

  it('has a page with the same rows and links', async () => {
    const { text } = await world.secretariat.call('GET', '/rapporter/kvalitet?from=2026-09');
    expect(text).toContain('Flere kommuner i måneden');
    expect(text).toContain('40 af 100 opkald');
    expect(text).toContain('/api/v1/reports/quality?format=xlsx&amp;from');
    expect((await world.leader.call('GET', '/rapporter/kvalitet')).text).not.toContain('10 af 40');
    expect((await world.secretariat.call('GET', '/rapporter/kvalitet?to=2026-07')).text).toContain(
      'Der er ingen tal at vise',
    );
  });
});
