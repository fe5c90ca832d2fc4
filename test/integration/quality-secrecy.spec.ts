import { addDays, instantAt } from '../../src/common/local-date.js';
import { execute, insertRow } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api, signIn } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { addCaseAgent, addCoach, signInAgent, type CaseAgent } from '../support/coaching.js';
import { addFigures, addManyAgents, signAgreement, type Calls } from '../support/quality.js';
import { routeTable } from '../support/route-table.js';
import { TestApp } from '../support/test-app.js';

const STEP = 'Spørge en kollega, før jeg stiller om';
const MOVED_ON = '2026-09-16';

// Numbers that stand nowhere else.
const AUGUST: Calls = [7013, 2311];
const SEPTEMBER: Calls = [7019, 2327];
const OCTOBER: Calls = [7027, 2339];
const OF_CASE: Calls = [7039, 2341];

/** The numbers as JSON, Danish and English write them. */
const numbers = (calls: Calls) =>
  new RegExp(
    `(?<![\\w.,-])(${calls.map((number) => String(number).replace(/^\d/, '$&[.,]?')).join('|')})(?![\\w-])`,
  );

/** What is looked for in every answer. */
const SECRETS = {
  step: /Spørge en kollega/,
  august: numbers(AUGUST),
  september: numbers(SEPTEMBER),
  october: numbers(OCTOBER),
  ofCase: numbers(OF_CASE),
};
type Secret = keyof typeof SECRETS;
const NAMES = Object.keys(SECRETS) as Secret[];
const NONE = { step: [], august: [], september: [], october: [], ofCase: [] };

/** Addresses beside those of the route table: narrowed, exported, of other sizes. */
const QUERIES: Record<string, readonly string[]> = {
  '/api/v1/resolution-figures': [
    '?agentId=:agent',
    '?month=2026-08',
    '?municipality=615',
    '?municipality=751',
  ],
  '/api/v1/quality-overview': ['?month=2026-08', '?month=2026-09'],
  '/api/v1/quality-cases': ['?state=notified', '?municipality=751', '?municipality=615'],
  '/api/v1/reports/quality': [
    '?format=csv',
    '?format=csv-excel',
    '?municipality=615',
    '?from=2026-08&to=2026-09',
  ],
  '/rapporter/kvalitet': ['?from=2026-08&to=2026-09', '?municipality=615'],
  '/kvalitet': ['?month=2026-08', '?month=2026-09'],
  '/kvalitet/sager': ['?tilstand=ended'],
  '/kvalitet/agenter/:id/chart.svg': ['?size=small', '?size=narrow'],
};

describe('what is kept from others, by every address there is', () => {
  let app: TestApp;
  let world: World;
  /** Moved from Horsens to Aarhus in the middle of September. */
  let moved: { id: number; personId: number };
  /** Of Aarhus, with a case and a talk, who has moved to Horsens since. */
  let coached: CaseAgent;
  let talkId: number;
  let callers: Record<'agent' | 'aarhus' | 'horsens' | 'coach' | 'other' | 'secretariat' | 'nobody', Api>;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    moved = await register('615');
    await run(async (tx) => {
      for (const code of ['615', '751']) {
        await signAgreement(tx, code, '2026-01-01');
        await addManyAgents(tx, 6, code, { '2026-08': [90, 50], '2026-09': [90, 50], '2026-10': [90, 50] });
      }
      await addFigures(tx, moved.id, { '2026-08': AUGUST, '2026-09': SEPTEMBER, '2026-10': OCTOBER });
    });
    await move(moved.id, '751', MOVED_ON);
    const coach = await addCoach(app, world.secretariat, '791', ['leader']);
    coached = await addCaseAgent(app, world.leader);
    await run((tx) =>
      execute(tx, 'UPDATE quality_case_month SET answered = ?, resolved = ? WHERE caseId = ?', [
        OF_CASE[0],
        OF_CASE[1],
        coached.caseId,
      ]),
    );
    await run((tx) =>
      addFigures(tx, coached.agentId, { '2026-06': OF_CASE, '2026-07': OF_CASE, '2026-08': OF_CASE }),
    );
    const offer = { coachId: coach.personId, startsAt: '2026-11-26T10:00:00Z' };
    const offered = await world.secretariat.post(`/quality-cases/${coached.caseId}/coaching-talks`, offer);
    talkId = offered.body['id'];
    const agent = await signInAgent(app, coached);
    expect((await agent.post(`/coaching-talks/${talkId}/answers`, { answer: 'accept' })).status).toBe(201);
    const step = await agent.call('PUT', `/api/v1/coaching-talks/${talkId}/next-step`, { nextStep: STEP });
    expect(step.status).toBe(204);
    callers = {
      agent,
      aarhus: world.leader,
      horsens: world.foreignLeader,
      coach: await signIn(app, coach.email),
      other: await signInAgent(app, await addCaseAgent(app, world.leader)),
      secretariat: world.secretariat,
      nobody: new Api(app),
    };
  });
  afterAll(() => app.stop());

  const run = <T>(work: Parameters<UnitOfWork['run']>[0]) => app.get(UnitOfWork).run(work) as Promise<T>;

  async function register(municipalityCode: string): Promise<{ id: number; personId: number }> {
    const input = anAgent({ municipalityCode, startOn: '2025-03-01', kind: 'existing' });
    return (await world.secretariat.post('/agents', input)).body as { id: number; personId: number };
  }

  /** As a transfer that was accepted leaves the employments. */
  async function move(agentId: number, municipalityCode: string, on: string): Promise<void> {
    await run(async (tx) => {
      await execute(
        tx,
        "UPDATE employment SET openAgentId = NULL, endOn = ?, endReason = 'transferred' WHERE openAgentId = ?",
        [addDays(on, -1), agentId],
      );
      await insertRow(tx, 'employment', {
        agentId,
        openAgentId: agentId,
        municipalityCode,
        leaderId: municipalityCode === '751' ? world.leaderId : world.foreignLeaderId,
        kind: 'existing',
        startOn: on,
        effectiveFromOn: on,
        endOn: null,
        endReason: null,
        firstShiftOn: null,
        createdAt: instantAt(on, '08:00'),
      });
    });
  }

  /** Every address that can be read, each place for an id filled in with each of those that may tell something. */
  function addresses(): { route: string; path: string }[] {
    const ids = [moved.id, moved.personId, coached.agentId, coached.personId, coached.caseId, talkId];
    return routeTable(app)
      .filter(({ method }) => method === 'GET')
      .flatMap(({ path: route }) => {
        const queries = ['', ...(QUERIES[route] ?? [])];
        const named = route.replace(':month', '2026-10').replace(':code', '751');
        const paths = named.includes(':')
          ? [...new Set(ids)].map((one) => named.replace(/:\w+/g, String(one)))
          : [named];
        return paths.flatMap((path) =>
          queries.map((query) => ({ route, path: path + query.replace(':agent', String(moved.id)) })),
        );
      });
  }

  /** The routes by which somebody reads each of the secrets. */
  async function readBy(api: Api): Promise<Record<Secret, string[]>> {
    const found = Object.fromEntries(NAMES.map((name) => [name, new Set<string>()]));
    for (const { route, path } of addresses()) {
      const answer = await api.call('GET', path);
      expect({ path, isBroken: answer.status >= 500 }).toEqual({ path, isBroken: false });
      for (const name of NAMES) if (SECRETS[name].test(answer.text)) found[name]!.add(route);
    }
    return Object.fromEntries(NAMES.map((name) => [name, [...found[name]!].sort()])) as Record<
      Secret,
      string[]
    >;
  }

  it('the agent alone reads the own next step', async () => {
    const { step, august, september, october } = await readBy(callers.agent);
    expect(step).toEqual([
      '/api/v1/coaching-talks/:id/next-step',
      '/api/v1/people/:id/data-export',
      '/mit/samtaler/:id',
      '/privatliv/mine-oplysninger',
    ]);
    expect([august, september, october]).toEqual([[], [], []]);
  });

  it('the secretariat reads every figure, and no next step', async () => {
    const { step, ...figures } = await readBy(callers.secretariat);
    expect(step).toEqual([]);
    // Otherwise the net would be empty.
    for (const routes of [figures.august, figures.september, figures.october])
      expect(routes).toEqual(
        expect.arrayContaining([
          '/api/v1/people/:id/data-export',
          '/api/v1/reports/quality',
          '/api/v1/resolution-figures',
          '/kvalitet/agenter/:id',
          '/rapporter/kvalitet',
        ]),
      );
  });

  it('the leader whom an agent has come to reads the months since, and nothing from before', async () => {
    const { step, august, september, october, ofCase } = await readBy(callers.aarhus);
    expect([step, august, september]).toEqual([[], [], []]);
    expect(october).toEqual(expect.arrayContaining(['/api/v1/reports/quality', '/kvalitet/agenter/:id']));
    expect(ofCase).toEqual(expect.arrayContaining(['/api/v1/quality-cases/:id', '/kvalitet/sager/:id']));
  });

  it('the leader whom an agent has left reads the months until then, and nothing since', async () => {
    const { step, august, september, october, ofCase } = await readBy(callers.horsens);
    expect([step, september, october, ofCase]).toEqual([[], [], [], []]);
    expect(august).toEqual(
      expect.arrayContaining([
        '/api/v1/reports/quality',
        '/api/v1/resolution-figures',
        '/rapporter/kvalitet',
      ]),
    );
  });

  it('a coach reads the months of the talk on its page, and nothing else', async () => {
    expect(await readBy(callers.coach)).toEqual({ ...NONE, ofCase: ['/kvalitet/sparring/:id'] });
  });

  it.each(['other', 'nobody'] as const)(
    'another agent or somebody unknown reads nothing (%s)',
    async (who) => {
      expect(await readBy(callers[who])).toEqual(NONE);
    },
  );

  it('draws only the months a leader may see', async () => {
    const points = async (api: Api) => {
      const { status, text } = await api.call('GET', `/kvalitet/agenter/${moved.id}/chart.svg`);
      // One mark of the line stands in the legend.
      return status === 200 ? (text.match(/fill="#0059b3"/g) ?? []).length - 1 : status;
    };
    expect(await points(callers.secretariat)).toBe(3);
    expect(await points(callers.aarhus)).toBe(1);
    for (const who of ['horsens', 'coach'] as const) expect(await points(callers[who])).toBe(404);
  });

  // Last, for it moves the agent.
  it('the new leader reads nothing of a case from before a transfer; the former one keeps what was told', async () => {
    await move(coached.agentId, '615', '2026-11-18');
    expect((await readBy(callers.horsens)).ofCase).toEqual([]);
    const { status } = await callers.aarhus.get(`/quality-cases/${coached.caseId}`);
    expect(status).toBe(200);
  });
});
