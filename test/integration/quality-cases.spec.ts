import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { ParticipationFacts } from '../../src/modules/onboarding/index.js';
import { Database } from '../../src/database/database.js';
import { RetentionRun } from '../../src/modules/privacy/index.js';
import { PASSWORD, signIn, type Api } from '../support/api.js';
import { addCourse } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { NoticeWorld, type NoticedAgent } from '../support/notices.js';
import { addFigures } from '../support/quality.js';

const DUE = '2026-11-30T07:00:00Z';
const TOLD = '2026-11-30T07:01:00Z';
const LEADER_DUE = '2026-12-02T07:30:00Z';
const LEADER = 'leder.751@ddh.test';

describe('a case', () => {
  let world: NoticeWorld;
  let anna: NoticedAgent;
  let caseId: number;

  beforeEach(async () => {
    world = await NoticeWorld.start();
    anna = await world.agent();
    caseId = await world.pending(anna, DUE);
  });
  afterEach(() => world.app.stop());

  const as = (email: string): Promise<Api> => signIn(world.app, email);
  const seen = async (email: string) => {
    const api = await as(email);
    const list = await api.get('/quality-cases');
    return [(await api.get(`/quality-cases/${caseId}`)).status, list.body['items'].length];
  };
  async function notify(): Promise<void> {
    await world.runAt(TOLD);
    await world.runAt(LEADER_DUE);
  }
  async function page(email: string, path: string) {
    const browser = new Browser(world.app.url);
    const door = await browser.get('/log-ind');
    await browser.submit(door, '/log-ind', { email, password: PASSWORD });
    return { browser, loaded: await browser.get(path) };
  }

  it('is seen by the secretariat from the beginning, by the leader once told, and by no other leader', async () => {
    const [secretariat, foreign] = ['sekretariat@ddh.test', 'leder.615@ddh.test'];
    for (const step of [DUE, TOLD]) {
      await world.runAt(step);
      expect(await seen(secretariat)).toEqual([200, 1]);
      expect(await seen(LEADER)).toEqual([404, 0]);
      expect(await seen(foreign)).toEqual([404, 0]);
    }
    await world.runAt(LEADER_DUE);
    expect(await seen(LEADER)).toEqual([200, 1]);
    expect(await seen(foreign)).toEqual([404, 0]);
    expect((await page('leder.615@ddh.test', `/kvalitet/sager/${caseId}`)).loaded.status).toBe(404);
    const closing = { reason: 'talked', version: 3 };
    expect((await (await as(foreign)).post(`/quality-cases/${caseId}/closings`, closing)).status).toBe(404);
    // Moved away: the former leader keeps what was told, the new one sees nothing of it.
    await (
      await as(secretariat)
    ).post(`/agents/${anna.id}/transfers`, { municipalityCode: '615', on: '2026-12-02' });
    expect(await seen(LEADER)).toEqual([200, 1]);
    expect(await seen(foreign)).toEqual([404, 0]);
  });

  it('is not seen by an agent, and never by a leader of whom it is', async () => {
    await notify();
    const own = await world.signInAs(anna);
    expect((await own.get(`/quality-cases/${caseId}`)).status).toBe(403);
    await world.app
      .get(UnitOfWork)
      .run((tx) =>
        execute(
          tx,
          "INSERT INTO role_assignment (personId, role, municipalityCode) VALUES (?, 'leader', '751')",
          [anna.personId],
        ),
      );
    expect(await seen(anna.email)).toEqual([404, 0]);
    const overview = await (await as(anna.email)).get('/quality-overview');
    expect([overview.status, overview.body['openCases']]).toEqual([200, 0]);
  });

  it('is listed by state and municipality', async () => {
    const secretariat = await as('sekretariat@ddh.test');
    const ids = async (query: string) =>
      (await secretariat.get(`/quality-cases?${query}`)).body['items'].map(({ id }: { id: number }) => id);
    expect(await ids('state=pending')).toEqual([caseId]);
    expect(await ids('state=notified')).toEqual([]);
    expect(await ids('municipality=751&state=pending')).toEqual([caseId]);
    expect(await ids('municipality=615')).toEqual([]);
    expect((await secretariat.get('/quality-cases?state=open')).status).toBe(400);
    const second = await world.pending(await world.agent(), DUE);
    const fresh = await as('sekretariat@ddh.test');
    const first = (await fresh.get('/quality-cases?limit=1')).body;
    expect(first['items']).toMatchObject([{ id: second }]);
    const rest = (await fresh.get(`/quality-cases?limit=1&cursor=${first['nextCursor']}`)).body;
    expect([rest['items'][0].id, rest['nextCursor']]).toEqual([caseId, null]);
  });

  it('shows the figures then and now, and whether they still lead to it', async () => {
    await notify();
    const before = (await (await as(LEADER)).get(`/quality-cases/${caseId}`)).body;
    expect(before['months']).toMatchObject([
      {
        month: '2026-08',
        isFollowUp: false,
        isCorrected: false,
        atClosing: { answered: 131, resolved: 53, warmTransferred: null, rateWithWarm: null },
      },
      { month: '2026-09', atClosing: { answered: 117, resolved: 47, warmTransferred: 8 } },
      { month: '2026-10', atClosing: { answered: 123, resolved: 59 } },
    ]);
    expect(before).toMatchObject({
      isStillHit: true,
      isTooFewToKnow: false,
      pooled: { answered: 371, resolved: 159 },
    });
    expect(before['pooled'].rate.low).toBeCloseTo(0.379, 3);
    await world.app.get(UnitOfWork).run((tx) => addFigures(tx, anna.id, { '2026-09': [117, 80, 8] }));
    const after = (await (await as(LEADER)).get(`/quality-cases/${caseId}`)).body;
    expect(after).toMatchObject({ isStillHit: false, state: 'notified', pooled: { resolved: 192 } });
    expect(after['months'][1]).toMatchObject({
      isCorrected: true,
      atClosing: { resolved: 47 },
      now: { resolved: 80 },
    });
    const { loaded } = await page(LEADER, `/kvalitet/sager/${caseId}`);
    expect(loaded.text).toContain('Tallene er rettet siden');
    expect(loaded.text).toContain('80 af 117 klaret med det samme');
  });

  it('tells what has happened, and what may lie behind', async () => {
    const { app } = world;
    await world.runAt(TOLD);
    const raised = await (
      await world.signInAs(anna)
    ).post('/figure-disputes', { month: '2026-09', reason: 'other' });
    await (
      await world.secretariat()
    ).post(`/figure-disputes/${raised.body['id']}/answers`, { answer: 'stands' });
    await world.runAt(LEADER_DUE);
    const { body } = await (await as(LEADER)).get(`/quality-cases/${caseId}`);
    expect(
      body['timeline'].map(({ kind, to, mailState }: Record<string, string>) => [kind, to, mailState]),
    ).toEqual([
      ['month_closed', null, null],
      ['agent_mail', null, 'sent'],
      ['disputed', null, null],
      ['stands', null, null],
      ['leader_mail', expect.stringContaining('Test Person'), 'sent'],
    ]);
    expect(JSON.stringify(body)).not.toContain('not_on_the_phones');
    expect(body['participation']).toEqual({
      startOn: '2025-01-06',
      elearningCompletedOn: null,
      onboardingAttendedOn: null,
      guidesRequired: 0,
      guidesReadInTime: 0,
    });
    const { loaded } = await page(LEADER, `/kvalitet/sager/${caseId}`);
    for (const text of [
      '6. januar 2025',
      'Har ikke været med endnu',
      'Gode råd til samtalen',
      'helbred',
      'Agenten sagde',
    ])
      expect(loaded.text).toContain(text);
    const looks = await app.rows(
      "SELECT detail FROM audit_entry WHERE action = 'figures.viewed' AND subjectId = ?",
      [anna.id],
    );
    expect(looks).toEqual([{ detail: JSON.stringify({ place: 'case', role: 'leader' }) }]);
  });

  it('tells the leader whom the agent has left nothing of what came afterwards', async () => {
    await notify();
    await world.app.get(UnitOfWork).run(async (tx) => {
      const [before, after] = await guideVersions(tx, 2);
      await requirement(tx, anna, before!, '2026-11-02 06:00:00.000', '2026-11-01 06:00:00.000');
      await requirement(tx, anna, after!, '2026-12-10 06:00:00.000', null);
      await enrol(
        tx,
        anna,
        await addCourse(tx, world.app.clock.now()),
        'completed',
        '2026-12-09 10:00:00.000',
      );
      await execute(tx, "UPDATE agent SET onboardingAttendedOn = '2026-12-08' WHERE id = ?", [anna.id]);
    });
    world.app.clock.set('2026-12-14T09:00:00Z');
    const told = async () => (await (await as(LEADER)).get(`/quality-cases/${caseId}`)).body['participation'];
    expect(await told()).toMatchObject({ guidesRequired: 2, onboardingAttendedOn: '2026-12-08' });
    await world.app
      .get(UnitOfWork)
      .run((tx) => execute(tx, "UPDATE employment SET endOn = '2026-12-04' WHERE agentId = ?", [anna.id]));
    expect(await told()).toEqual({
      startOn: '2025-01-06',
      elearningCompletedOn: null,
      onboardingAttendedOn: null,
      guidesRequired: 1,
      guidesReadInTime: 1,
    });
  });

  it('is ended with a reason from the list, once the leader has been told', async () => {
    const leader = () => as(LEADER);
    const close = async (body: object) => (await leader()).post(`/quality-cases/${caseId}/closings`, body);
    const secretariat = await as('sekretariat@ddh.test');
    expect(
      await secretariat.post(`/quality-cases/${caseId}/closings`, { reason: 'talked', version: 1 }),
    ).toMatchObject({ status: 409, body: { code: 'case_not_open' } });
    await notify();
    const { version } = await world.case(caseId);
    expect((await close({ reason: 'left', version })).status).toBe(400);
    expect(await close({ reason: 'talked', version: version - 1 })).toMatchObject({
      status: 409,
      body: { code: 'stale_version' },
    });
    expect((await close({ reason: 'talked', version })).status).toBe(204);
    expect(await world.case(caseId)).toMatchObject({
      state: 'closed',
      endReason: 'talked',
      liveStreakFrom: '2026-08',
    });
    expect(await close({ reason: 'talked', version: version + 1 })).toMatchObject({
      status: 409,
      body: { code: 'case_not_open' },
    });
    await world.runAt('2026-12-08T09:00:00Z');
    expect(await world.sent()).toHaveLength(2);
  });

  it('is ended on its page; only the secretariat is led to the offer of a talk', async () => {
    await notify();
    const path = `/kvalitet/sager/${caseId}`;
    expect((await page('sekretariat@ddh.test', path)).loaded.text).toContain(`${path}/sparring`);
    const { browser, loaded: own } = await page(LEADER, path);
    expect(own.text).not.toContain(`${path}/sparring`);
    const bare = await browser.submit(own, `${path}/afslut`);
    expect([bare.status, bare.text.includes('href="#reason"')]).toEqual([400, true]);
    const done = await browser.submit(bare, `${path}/afslut`, { reason: 'improved' });
    expect(done.text).toContain('Sagen er afsluttet.');
    expect((await browser.get('/kvalitet/sager')).text).toContain('Der er ingen åbne sager.');
    expect((await browser.get('/kvalitet/sager?tilstand=ended')).text).toContain('Tallene er blevet bedre');
  });

  it('stands in the own data, and is forgotten a year after it has ended', async () => {
    const { app } = world;
    await world.runAt(TOLD);
    const own = await world.signInAs(anna);
    const raised = await own.post('/figure-disputes', { month: '2026-09', reason: 'other' });
    await (
      await world.secretariat()
    ).post(`/figure-disputes/${raised.body['id']}/answers`, { answer: 'stands' });
    const { text } = await own.get(`/people/${anna.personId}/data-export`);
    for (const known of ['quality_case', 'quality_case_month', 'figure_dispute'])
      expect(text).toContain(known);
    await world.runAt(LEADER_DUE);
    const other = await world.pending(await world.agent(), '2026-12-03T08:00:00Z');
    await (
      await as(LEADER)
    ).post(`/quality-cases/${caseId}/closings`, {
      reason: 'talked',
      version: (await world.case(caseId)).version,
    });
    app.clock.set('2027-11-20T09:00:00Z');
    await app.get(RetentionRun).run();
    expect(await app.count('quality_case')).toBe(2);
    app.clock.set('2027-12-10T09:00:00Z');
    await app.get(RetentionRun).run();
    expect(await app.rows('SELECT DISTINCT caseId FROM quality_case_month')).toEqual([{ caseId: other }]);
    expect(await app.count('quality_case')).toBe(1);
  });

  it('stays open while a talk is under way', async () => {
    await notify();
    const [person] = await world.app.rows<{ id: number }>('SELECT MIN(id) AS id FROM person');
    await world.app.get(UnitOfWork).run((tx) =>
      execute(
        tx,
        `INSERT INTO coaching_talk (caseId, openCaseId, agentId, agentMunicipalityCode, coachPersonId, coachMunicipalityCode, state,
            minutes, sequence, offeredByPersonId, createdAt, version) VALUES (?, ?, ?, '751', ?, '615', 'offered', 45, 0, ?, ?, 1)`,
        [caseId, caseId, anna.id, person!.id, person!.id, world.app.clock.now()],
      ),
    );
    const { version } = await world.case(caseId);
    const closed = await (
      await as(LEADER)
    ).post(`/quality-cases/${caseId}/closings`, { reason: 'talked', version });
    expect(closed).toMatchObject({ status: 409, body: { code: 'talk_under_way' } });
    // Whoever does not mean to end it is not told whether the agent has said no.
    const probed = await (
      await as(LEADER)
    ).post(`/quality-cases/${caseId}/closings`, { reason: 'talked', version: version - 1 });
    expect(probed).toMatchObject({ status: 409, body: { code: 'stale_version' } });
    expect(await world.case(caseId)).toMatchObject({ state: 'notified', version });
  });
});

describe('what an agent has taken part in', () => {
  it('is told for many at once: courses, the day, guides read before the shift', async () => {
    const world = await NoticeWorld.start();
    try {
      const { app } = world;
      const [anna, bo] = [await world.agent({}), await world.agent({})];
      await app.get(UnitOfWork).run(async (tx) => {
        const first = await addCourse(tx, app.clock.now());
        const second = await addCourse(tx, app.clock.now());
        const voluntary = await addCourse(tx, app.clock.now(), { requiredBeforeFirstShift: false });
        // Completed at half past midnight in Copenhagen.
        await enrol(tx, anna, first, 'completed', '2026-03-01 23:30:00.000');
        await enrol(tx, anna, second, 'completed', '2026-02-01 10:00:00.000');
        await enrol(tx, anna, voluntary, 'not_started', null);
        await enrol(tx, bo, first, 'completed', '2026-03-01 10:00:00.000');
        await enrol(tx, bo, second, 'waived', null);
        await execute(tx, "UPDATE agent SET onboardingAttendedOn = '2026-03-17' WHERE id = ?", [anna.id]);
        const versions = await guideVersions(tx, 4);
        const due = '2026-04-01 06:00:00.000';
        await requirement(tx, anna, versions[0]!, due, '2026-04-01 06:00:00.000');
        await requirement(tx, anna, versions[1]!, due, '2026-04-01 06:00:01.000');
        await requirement(tx, anna, versions[2]!, due, null);
        await requirement(tx, anna, versions[3]!, '2027-01-01 06:00:00.000', null);
      });
      const facts = await app
        .get(ParticipationFacts)
        .of(app.get(Database).reader.manager, [anna.id, bo.id, 999_999]);
      expect([...facts]).toEqual([
        [
          anna.id,
          {
            startOn: '2025-01-06',
            elearningCompletedOn: '2026-03-02',
            onboardingAttendedOn: '2026-03-17',
            guidesRequired: 3,
            guidesReadInTime: 1,
          },
        ],
        [
          bo.id,
          {
            startOn: '2025-01-06',
            elearningCompletedOn: null,
            onboardingAttendedOn: null,
            guidesRequired: 0,
            guidesReadInTime: 0,
          },
        ],
      ]);
    } finally {
      await world.app.stop();
    }
  });
});

type Tx = Parameters<Parameters<UnitOfWork['run']>[0]>[0];

async function enrol(
  tx: Tx,
  { personId }: NoticedAgent,
  courseId: number,
  state: string,
  completedAt: string | null,
) {
  await execute(
    tx,
    `INSERT INTO enrolment (reference, personId, courseId, state, completedAt, enrolledOn, facts, createdAt, version)
      VALUES (?, ?, ?, ?, ?, '2026-01-01', '{}', '2026-01-01 00:00:00.000', 1)`,
    [`${personId}-${courseId}`, personId, courseId, state, completedAt],
  );
}

async function guideVersions(tx: Tx, count: number): Promise<number[]> {
  const at = '2026-01-01 00:00:00.000';
  const guide = await execute(
    tx,
    "INSERT INTO guide (title, createdAt, createdByPersonId, version) VALUES ('Pas', ?, 1, 1)",
    [at],
  );
  const ids: number[] = [];
  for (let number = 1; number <= count; number += 1) {
    const { insertId } = await execute(
      tx,
      `INSERT INTO guide_version (guideId, number, title, changeNote, isMinor, urgency, minutes, audienceKind, effectiveFrom, publishedAt,
          publishedByPersonId, answeredFrom, countsFrom, spreadUpTo) VALUES (?, ?, 'Pas', 'Ny', 0, 'normal', 5, 'all', ?, ?, 1, ?, ?, 0)`,
      [guide.insertId, number, at, at, number, at],
    );
    ids.push(insertId);
  }
  return ids;
}

async function requirement(
  tx: Tx,
  { id }: NoticedAgent,
  versionId: number,
  dueAt: string,
  readAt: string | null,
) {
  await execute(
    tx,
    'INSERT INTO reading_requirement (agentId, versionId, dueAt, readAt) VALUES (?, ?, ?, ?)',
    [id, versionId, dueAt, readAt],
  );
}
