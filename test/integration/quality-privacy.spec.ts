import { DateTime } from 'luxon';
import { execute, insertRow } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { RetentionRun } from '../../src/modules/privacy/index.js';
import { FigureLooks } from '../../src/modules/quality/index.js';
import { PASSWORD, signIn } from '../support/api.js';
import { addPerson, anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { addFigures, setPolicy, signAgreement } from '../support/quality.js';
import { principalOf } from '../support/principal.js';
import { TestApp } from '../support/test-app.js';

const STEP = 'Spørge en kollega, når jeg er i tvivl';

describe('the privacy of quality', () => {
  let app: TestApp;
  let world: World;
  let agent: { id: number; personId: number; email: string };

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    world = await buildWorld(app);
    const { body } = await world.secretariat.post(
      '/agents',
      anAgent({ municipalityCode: '751', startOn: '2025-03-01', kind: 'existing', lastName: 'Aagaard' }),
    );
    agent = { id: body['id'], personId: body['personId'], email: body['email'] };
    await run(async (tx) => {
      await signAgreement(tx, '751', '2025-03-01');
      const policyId = await setPolicy(tx);
      await addFigures(tx, agent.id, { '2026-08': [50, 20], '2026-09': [60, 25], '2026-10': [70, 30] });
      const coachId = await addPerson(app, tx, 'sparring@horsens.test', ['secretariat'], '615');
      await addCase(tx, policyId, coachId);
    });
  });
  afterAll(() => app.stop());

  type Work = Parameters<UnitOfWork['run']>[0];
  const run = (work: Work) => app.get(UnitOfWork).run(work);
  const exported = async (by = world.secretariat) =>
    (await by.get(`/people/${agent.personId}/data-export`)).body['tables'];

  /** A case that has ended, with a talk that was held. */
  async function addCase(tx: Parameters<Work>[0], policyId: number, coachPersonId: number): Promise<void> {
    const at = new Date('2026-11-03T09:00:00Z');
    const closingId = await insertRow(tx, 'month_closing', {
      month: '2026-10',
      policyId,
      closedByPersonId: coachPersonId,
      closedAt: at,
      finalAt: at,
      undoneByPersonId: null,
      undoneAt: null,
    });
    await insertRow(tx, 'closing_exclusion', { closingId, agentId: agent.id, reason: 'other_tasks' });
    await execute(
      tx,
      `INSERT INTO quality_case (agentId, employmentId, municipalityCode, closingId, streakFrom, streakTo, liveStreakFrom, state,
         agentNoticeAt, agentToldAt, endedAt, endReason, createdAt, version)
       SELECT ?, id, '751', ?, '2026-08', '2026-10', '2026-08', 'closed', ?, ?, ?, 'talked', ?, 1 FROM employment WHERE openAgentId = ?`,
      [agent.id, closingId, at, at, at, at, agent.id],
    );
    await execute(
      tx,
      `INSERT INTO quality_case_month (caseId, month, answered, resolved) SELECT id, '2026-10', 70, 30 FROM quality_case`,
    );
    await execute(
      tx,
      `INSERT INTO coaching_talk (caseId, agentId, agentMunicipalityCode, coachPersonId, coachMunicipalityCode, state, startsAt, minutes,
         sequence, nextStep, offeredByPersonId, createdAt, endedAt, version)
       SELECT id, ?, '751', ?, '615', 'held', ?, 45, 0, ?, ?, ?, ?, 1 FROM quality_case`,
      [agent.id, coachPersonId, at, STEP, coachPersonId, at, at],
    );
    await execute(
      tx,
      "INSERT INTO coaching_time (talkId, startsAt, createdAt) SELECT id, '2026-11-05 10:00:00.000', ? FROM coaching_talk",
      [at],
    );
    await execute(
      tx,
      "INSERT INTO figure_dispute (agentId, month, reason, createdAt, answer, answeredAt) VALUES (?, '2026-09', 'not_my_calls', ?, 'stands', ?)",
      [agent.id, at, at],
    );
  }

  it('tells what the figures were used for, and who looked: the role and the place, no name', async () => {
    await world.leader.call('GET', `/kvalitet/agenter/${agent.id}`);
    await world.secretariat.get('/reports/quality');
    const tables = await exported();
    expect(tables.quality_case).toMatchObject([
      { streakFrom: '2026-08', state: 'closed', endReason: 'talked' },
    ]);
    expect(tables.quality_case_month).toMatchObject([{ month: '2026-10', answered: 70, resolved: 30 }]);
    expect(tables.closing_exclusion).toMatchObject([{ month: '2026-10', reason: 'other_tasks' }]);
    expect(tables.figure_dispute).toMatchObject([
      { month: '2026-09', reason: 'not_my_calls', answer: 'stands' },
    ]);
    expect(tables.figures_viewed.map(({ role, place }: Record<string, string>) => [role, place])).toEqual([
      ['secretariat', 'report'],
      ['leader', 'agent'],
    ]);
    expect(JSON.stringify(tables.figures_viewed)).not.toMatch(/Person|@|actor/);
    for (const table of ['resolution_figure', 'coaching_talk', 'coaching_time'])
      expect(tables[table].length).toBeGreaterThan(0);
  });

  it('tells of a person apart from the program that acts for the person', async () => {
    const person = await principalOf(world.secretariat);
    app.clock.set('2026-11-20T12:00:00Z');
    for (const by of [{ ...person, token: { id: 7, scopes: [] } }, person, person]) {
      await app.get(FigureLooks).record(by, [agent.id], 'figures');
      app.clock.advance(1_000);
    }
    const { figures_viewed: looks } = await exported(await signIn(app, 'sekretariat@ddh.test', PASSWORD));
    app.clock.set('2026-11-20T09:00:00Z');
    expect(looks.slice(0, 3).map(({ role, place }: Record<string, string>) => [role, place])).toEqual([
      ['secretariat', 'figures'],
      ['program', 'figures'],
      ['secretariat', 'export'],
    ]);
  });

  it('tells also of whoever read the figures in the data export', async () => {
    app.clock.advance(1_000);
    await exported();
    const [latest] = (await exported()).figures_viewed;
    expect([latest.role, latest.place]).toEqual(['secretariat', 'export']);
    const { text } = await world.secretariat.call('GET', `/privatliv/person/${agent.personId}`);
    expect(text).toContain('Udtrækket af det, vi ved om dig');
  });

  it('is a page in plain words', async () => {
    const { text } = await world.secretariat.call('GET', `/privatliv/person/${agent.personId}`);
    for (const words of [
      'Hvem der har set dine tal',
      'Siden med dine tal',
      'Vi har talt sammen',
      'Har haft andre opgaver',
    ])
      expect(text).toContain(words);
  });

  it('gives the next step to the agent alone', async () => {
    await run((tx) =>
      execute(
        tx,
        `UPDATE person SET passwordHash = (SELECT h FROM (SELECT passwordHash AS h FROM person WHERE email = 'sparring@horsens.test') x)
          WHERE id = ?`,
        [agent.personId],
      ),
    );
    expect(JSON.stringify(await exported(await signIn(app, agent.email, PASSWORD)))).toContain(STEP);
    expect(JSON.stringify(await exported())).not.toContain(STEP);
    const coach = await signIn(app, 'sparring@horsens.test', PASSWORD);
    const { personId } = (await coach.get('/me')).body;
    const own = JSON.stringify((await coach.get(`/people/${personId}/data-export`)).body);
    expect(own).not.toContain(STEP);
    expect(own).not.toContain('"answered":70');
  });

  it('says to anybody what is kept, why, who sees it and for how long', async () => {
    const { text } = await new Browser(app.url).get('/privatliv');
    for (const words of ['kontrolforanstaltning', '24 måneder', '12 måneder efter, at sagen er afsluttet'])
      expect(text).toContain(words);
  });

  it('forgets cases twelve months after they ended and figures after twenty-four, once', async () => {
    const retention = app.get(RetentionRun);
    const move = (months: number) => {
      const now = app.clock.now();
      app.clock.advance(DateTime.fromJSDate(now).plus({ months }).toMillis() - now.getTime());
    };
    expect(await retention.run()).toMatchObject({ cases: 0, figures: 0 });
    move(12);
    expect(await retention.run()).toMatchObject({ cases: 1, figures: 0 });
    for (const table of ['quality_case', 'quality_case_month', 'coaching_talk', 'coaching_time'])
      expect(await app.count(table)).toBe(0);
    expect(await app.count('figure_dispute')).toBe(1);
    move(12);
    // August, September and October 2026 lie more than two years back in November 2028.
    expect(await retention.run()).toMatchObject({ cases: 0, figures: 3 });
    for (const table of ['resolution_month', 'figure_dispute', 'closing_exclusion'])
      expect(await app.count(table)).toBe(0);
    expect(await retention.run()).toMatchObject({ cases: 0, figures: 0 });
  });
});
