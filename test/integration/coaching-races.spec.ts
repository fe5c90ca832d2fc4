import fc from 'fast-check';
import { localDateOf } from '../../src/common/local-date.js';
import { execute, selectRows } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { PASSWORD, signIn, type Api } from '../support/api.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { addCase, addCaseAgent, addCoach, type CaseAgent, type TestCoach } from '../support/coaching.js';
import { createTestDatabase, isMariadb, type TestDatabase } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';

const ROUNDS = Number(process.env['TALK_ROUNDS'] ?? 6);
const HISTORIES = Number(process.env['TALK_HISTORIES'] ?? 6);
const CODES = ['751', '615'] as const;

/**
 * Talks under way that must never be: with somebody who has a role or takes calls where the agent is employed, who may not sign in or
 * has no grant, with an agent who works elsewhere than was known, or two on one case.
 */
const IMPOSSIBLE = `SELECT t.id FROM coaching_talk t
  LEFT JOIN employment m ON m.openAgentId = t.agentId
 WHERE t.state IN ('offered', 'accepted') AND (
   m.id IS NULL OR m.municipalityCode <> t.agentMunicipalityCode OR t.coachMunicipalityCode = m.municipalityCode
   OR EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = t.coachPersonId AND r.municipalityCode = m.municipalityCode)
   OR NOT EXISTS (SELECT 1 FROM role_assignment o WHERE o.personId = t.coachPersonId AND o.municipalityCode = t.coachMunicipalityCode)
   OR EXISTS (SELECT 1 FROM agent k JOIN employment e ON e.openAgentId = k.id
               WHERE k.personId = t.coachPersonId AND e.municipalityCode = m.municipalityCode)
   OR EXISTS (SELECT 1 FROM person p WHERE p.id = t.coachPersonId AND p.deactivatedAt IS NOT NULL)
   OR NOT EXISTS (SELECT 1 FROM coach_grant g WHERE g.personId = t.coachPersonId)
   OR t.openCaseId IS NULL)`;

describe('a coach of the own municipality', () => {
  let database: TestDatabase;
  /** Two servers where the database takes two. */
  let apps: TestApp[];
  let apis: Api[];
  let leader: Api;
  let today: string;

  beforeAll(async () => {
    database = await createTestDatabase();
    apps = [await TestApp.start({}, database)];
    ({ leader } = await buildWorld(apps[0]!, { withCourse: false }));
    if (process.env['TEST_DATABASE'] === 'mariadb') apps.push(await TestApp.start({}, database));
    apis = await Promise.all(apps.map((app) => signIn(app, 'sekretariat@ddh.test', PASSWORD)));
    today = localDateOf(apps[0]!.clock.now());
  });
  beforeEach(async () => {
    await write('DELETE FROM coaching_talk', 'DELETE FROM coach_grant', 'DELETE FROM task');
  });
  afterAll(async () => {
    for (const app of apps) await app.stop({ keepDatabase: true });
    await database.drop();
  });

  const app = () => apps[0]!;
  const api = (n: number) => apis[n % apis.length]!;
  const offer = (n: number, caseId: number, body: object = {}) =>
    api(n).post(`/quality-cases/${caseId}/coaching-talks`, body);
  const move = (n: number, agentId: number, municipalityCode: string) =>
    api(n).post(`/agents/${agentId}/transfers`, { municipalityCode, on: today });

  async function write(...statements: string[]): Promise<void> {
    await app()
      .get(UnitOfWork)
      .run(async (tx) => {
        for (const statement of statements) await execute(tx, statement);
      });
  }

  /** Changes a user under the version there is; of two at once one may be refused as stale. */
  async function change(n: number, { personId }: TestCoach, changes: object): Promise<number> {
    const { version } = (await api(n).get(`/users/${personId}`)).body;
    return (await api(n).patch(`/users/${personId}`, { version, ...changes })).status;
  }

  async function expectPossible(): Promise<void> {
    expect(await app().rows(IMPOSSIBLE)).toEqual([]);
  }

  /** Every talk that came to nothing by itself has its task. */
  async function expectTold(): Promise<void> {
    const untold = await app().rows(
      `SELECT t.id FROM coaching_talk t WHERE t.state = 'cancelled' AND NOT EXISTS
         (SELECT 1 FROM task k WHERE k.kind = 'talk_cancelled' AND k.subjectId = t.id)`,
    );
    expect(untold).toEqual([]);
  }

  it('is impossible when the agent moves there in the moment of the offer', async () => {
    const coach = await addCoach(app(), api(0), '615');
    for (let n = 0; n < ROUNDS; n += 1) {
      const { agentId, caseId } = await addCaseAgent(app(), leader);
      const [offered, moved] = await Promise.all([
        offer(n, caseId, { coachId: coach.personId }),
        move(n + 1, agentId, '615'),
      ]);
      expect(moved.status).toBe(201);
      expect([201, 409, 422]).toContain(offered.status);
      await expectPossible();
      const [talk] = await app().rows<{ state: string }>('SELECT state FROM coaching_talk WHERE caseId = ?', [
        caseId,
      ]);
      expect(talk?.state).toBe(offered.status === 201 ? 'cancelled' : undefined);
    }
    await expectTold();
  });

  it('is impossible when the coach comes there in the moment of the offer', async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const coach = await addCoach(app(), api(0), '615');
      const { caseId } = await addCaseAgent(app(), leader);
      const { version } = (await api(0).get(`/users/${coach.personId}`)).body;
      const [offered, changed] = await Promise.all([
        offer(n, caseId, { coachId: coach.personId }),
        api(n + 1).patch(`/users/${coach.personId}`, { version, municipalityCode: '751' }),
      ]);
      expect(changed.status).toBe(200);
      expect([201, 422]).toContain(offered.status);
      await expectPossible();
    }
    await expectTold();
  });

  it('is impossible when a coach who takes calls too moves there in the moment of the offer', async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const coach = await addCoach(app(), api(0), '791');
      const own = anAgent({
        kind: 'existing',
        email: coach.email,
        startOn: '2025-01-01',
        municipalityCode: '615',
      });
      const { body: taker } = await api(0).post('/agents', own);
      const { caseId } = await addCaseAgent(app(), leader);
      const [offered, moved] = await Promise.all([
        offer(n, caseId, { coachId: coach.personId }),
        move(n + 1, taker['id'], '751'),
      ]);
      expect(moved.status).toBe(201);
      expect([201, 422]).toContain(offered.status);
      await expectPossible();
    }
    await expectTold();
  });

  it('is not asked who is locked out, or loses the grant, in the moment of the offer', async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const coach = await addCoach(app(), api(0), '615');
      const { caseId } = await addCaseAgent(app(), leader);
      const [offered] = await Promise.all([
        offer(n, caseId, { coachId: coach.personId }),
        n % 2 === 0
          ? change(n + 1, coach, { active: false })
          : api(n + 1).delete(`/coaches/${coach.personId}`),
      ]);
      expect([201, 422]).toContain(offered.status);
      await expectPossible();
    }
    await expectTold();
  });

  it('is not needed: of several offers on one case at once one is made, and offers at once spread the load', async () => {
    const coaches = [await addCoach(app(), api(0), '615'), await addCoach(app(), api(0), '791')];
    const { caseId } = await addCaseAgent(app(), leader);
    const answers = await Promise.all([0, 1, 2, 3].map((n) => offer(n, caseId)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([201, 409, 409, 409]);
    const agents: CaseAgent[] = [];
    for (let n = 0; n < 5; n += 1) agents.push(await addCaseAgent(app(), leader));
    const offers = await Promise.all(agents.map((agent, n) => offer(n, agent.caseId)));
    expect(new Set(offers.map(({ status }) => status))).toEqual(new Set([201]));
    const loads = await app().rows<{ n: number | string }>(
      'SELECT COUNT(*) AS n FROM coaching_talk GROUP BY coachPersonId',
    );
    expect(loads.map(({ n }) => Number(n))).toEqual(coaches.map(() => 3));
  });

  // The embedded database has one writer at a time, whatever it writes.
  (isMariadb ? it : it.skip)('keeps nobody waiting but those whom its talk is with', async () => {
    const coach = await addCoach(app(), api(0), '615');
    const { caseId } = await addCaseAgent(app(), leader);
    const other = await addCaseAgent(app(), leader);
    expect((await offer(0, caseId, { coachId: coach.personId })).status).toBe(201);
    await app()
      .get(UnitOfWork)
      .run(async (tx) => {
        const held = await selectRows(tx, `SELECT id FROM coaching_talk WHERE caseId = ? FOR UPDATE`, [
          caseId,
        ]);
        expect(held).toHaveLength(1);
        expect((await leader.post('/agents', anAgent())).status).toBe(201);
        expect((await move(0, other.agentId, '615')).status).toBe(201);
      });
  });

  it('is impossible whatever happens, two things at a time', async () => {
    const agents = [await addCaseAgent(app(), leader), await addCaseAgent(app(), leader)];
    const coaches: TestCoach[] = [];
    for (const code of [...CODES, '791']) coaches.push(await addCoach(app(), api(0), code));
    const what = fc.constantFrom('offer', 'offerTo', 'move', 'change', 'lock', 'unlock', 'grant', 'withdraw');
    const step = fc.record({
      what,
      agent: fc.nat(agents.length - 1),
      coach: fc.nat(coaches.length - 1),
      code: fc.constantFrom(...CODES, '791'),
    });
    type Step = { what: string; agent: number; coach: number; code: string };

    async function take(n: number, { what, agent, coach, code }: Step): Promise<unknown> {
      const { agentId, caseId } = agents[agent]!;
      const { personId } = coaches[coach]!;
      switch (what) {
        case 'offer':
          return offer(n, caseId);
        case 'offerTo':
          return offer(n, caseId, { coachId: personId });
        case 'move':
          return move(n, agentId, code === '791' ? '615' : code);
        case 'change':
          return change(n, coaches[coach]!, { municipalityCode: code });
        case 'lock':
        case 'unlock':
          return change(n, coaches[coach]!, { active: what === 'unlock' });
        default:
          return api(n).call(what === 'grant' ? 'PUT' : 'DELETE', `/api/v1/coaches/${personId}`);
      }
    }

    /** A case of the present employment, as a closing would make it. */
    async function caseAnew(agent: CaseAgent): Promise<void> {
      const tx = app().get(UnitOfWork);
      await tx.run((tx) =>
        execute(tx, "UPDATE quality_case SET state = 'closed', liveStreakFrom = NULL WHERE agentId = ?", [
          agent.agentId,
        ]),
      );
      agent.caseId = await tx.run((tx) => addCase(tx, app().clock.now(), agent.agentId));
    }

    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 4, maxLength: 10 }), async (pairs) => {
        await write('DELETE FROM coaching_talk', 'DELETE FROM task');
        for (const coach of coaches) await api(0).call('PUT', `/api/v1/coaches/${coach.personId}`);
        for (const agent of agents) await caseAnew(agent);
        for (const [n, [first, second]] of pairs.entries()) {
          await Promise.all([take(n, first), take(n + 1, second)]);
          await expectPossible();
          await expectTold();
        }
      }),
      { numRuns: HISTORIES },
    );
  }, 120_000);
});
