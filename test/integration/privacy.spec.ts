import { DateTime } from 'luxon';
import { Database } from '../../src/database/database.js';
import { PersonalData, RetentionRun } from '../../src/modules/privacy/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

/** Tables that hold nobody, and why. A new table must be put here or be registered with what it holds about a person. */
const NOBODY: Record<string, string> = {
  municipality_region: 'geography',
  membership: 'periods of municipalities',
  course: 'the same for everyone',
  course_version: 'the same for everyone',
  connection: 'programs',
  guide_audience: 'municipalities and skills',
  resolution_month: 'which months are known',
  onboarding_day: 'days without their participants',
  job_lease: 'which server does what',
  migrations: 'which changes of the schema were made',
  sign_in_counter: 'HMACs of addresses, gone after three months',
  survey_question: 'the same for everyone',
  survey_token: 'links under a hash, without a person; gone when the wave closes',
  survey_answer: 'answers that belong to nobody (ADR 22)',
  survey_comment: 'free texts that belong to nobody (ADR 22)',
  survey_sum: 'sums of many',
  survey_cell: 'numbers of people who were asked',
  survey_result: 'figures of at least five answers',
  insight_result: 'sums and rates of groups of at least five',
  idempotency_key: 'answers under a hash, gone after a day',
};

describe('privacy', () => {
  let app: TestApp;
  let world: World;
  let agent: Record<string, any>;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    const host = await Host.connect(app, world.secretariat);
    const startOn = addDays(localDateOf(app.clock.now()), -60);
    agent = (
      await world.leader.post('/agents', anAgent({ email: 'anna@aarhus.test', phone: '12345678', startOn }))
    ).body;
    await app.get(MailDispatcher).run();
    const { items } = (await world.leader.get(`/enrolments?agentId=${agent['id']}`)).body;
    await host.send(completed(items[0].reference));
  });
  afterAll(() => app.stop());

  it('covers every table: each is told to the person, or holds nobody', async () => {
    const { reader } = app.get(Database);
    const tables = reader.entityMetadatas.map((entity) => entity.tableName).sort();
    const covered = new Set(
      app
        .get(PersonalData)
        .holdings()
        .map(({ table }) => table),
    );
    expect(tables.filter((table) => !covered.has(table) && !(table in NOBODY))).toEqual([]);
    expect(tables.filter((table) => covered.has(table) && table in NOBODY)).toEqual([]);
  });

  it('covers every table that points at a person, by its foreign keys and by its columns', async () => {
    const { entityMetadatas } = app.get(Database).reader;
    const personal = new Set(['person']);
    for (let size = 0; size !== personal.size;) {
      size = personal.size;
      for (const { tableName, foreignKeys } of entityMetadatas)
        if (foreignKeys.some((key) => personal.has(key.referencedEntityMetadata.tableName)))
          personal.add(tableName);
    }
    for (const { tableName, columns } of entityMetadatas)
      if (
        columns.some(({ databaseName }) => /person|agentId|email|toAddress|enrolmentId/i.test(databaseName))
      )
        personal.add(tableName);
    const covered = new Set(
      app
        .get(PersonalData)
        .holdings()
        .map(({ table }) => table),
    );
    expect([...personal].filter((table) => !covered.has(table))).toEqual([]);
    expect(personal.size).toBeGreaterThan(15);
  });

  it('is exported with everything about the person, and the look is noted', async () => {
    const { status, body, text } = await world.secretariat.get(`/people/${agent['personId']}/data-export`);
    expect(status).toBe(200);
    const { tables } = body;
    expect(tables.person).toMatchObject([
      { firstName: 'Anna', email: 'anna@aarhus.test', phone: '+4512345678' },
    ]);
    expect(tables.employment).toMatchObject([{ municipality: 'Aarhus', kind: 'new' }]);
    expect(tables.enrolment).toMatchObject([{ state: 'completed' }]);
    expect(tables.completion_event).toHaveLength(1);
    expect(tables.inbox_message).toHaveLength(1);
    expect(tables.mail.length).toBeGreaterThanOrEqual(2);
    expect(tables.link_token).toHaveLength(1);
    expect(text).not.toMatch(/passwordHash|tokenHash|sealedLinks/);
    const { items } = (await world.secretariat.get(`/audit-entries?action=person.data_exported`)).body;
    expect(items[0]).toMatchObject({ subjectType: 'person', subjectId: agent['personId'] });
  });

  it('is open to the person who has signed in, not by the link of a mail, and to no leader', async () => {
    const path = `/people/${agent['personId']}/data-export`;
    expect((await world.leader.get(path)).status).toBe(404);
    expect((await world.foreignLeader.get(path)).status).toBe(404);
    const own = (await world.leader.get('/me')).body['personId'];
    expect((await world.leader.get(`/people/${own}/data-export`)).body['tables'].person[0].email).toBe(
      'leder.751@ddh.test',
    );
    const page = await world.leader.call('GET', '/privatliv/mine-oplysninger');
    expect(page.text).toContain('leder.751@ddh.test');
  });

  it('is told in plain words to anybody, with the periods that are set', async () => {
    for (const language of ['da', 'en']) {
      const browser = new Browser(app.url);
      const page = await browser.get('/privatliv');
      expect(page.status).toBe(200);
      if (language === 'da') expect(page.text).toContain('24 måneder efter sidste dag');
    }
    const [mail] = await capturedMails(app, 'anna@aarhus.test');
    expect(mail?.text).toContain('/privatliv');
    expect((await new Browser(app.url).get('/log-ind')).text).toContain('href="/privatliv"');
  });

  it('erases only those who have left, and then everything that names them', async () => {
    const gone = (
      await world.leader.post('/agents', anAgent({ email: 'slettes@aarhus.test', lastName: 'Sletmig' }))
    ).body;
    const path = `/people/${gone['personId']}/erasures`;
    expect((await world.secretariat.post(path)).body?.['code']).toBe('person_in_office');
    await world.leader.post(`/agents/${gone['id']}/departures`, { on: localDateOf(app.clock.now()) });
    expect((await world.secretariat.post(path)).status).toBe(204);
    const { reader } = app.get(Database);
    for (const { tableName } of reader.entityMetadatas) {
      const rows = JSON.stringify(await app.rows(`SELECT * FROM ${tableName}`));
      expect({ tableName, names: /slettes@aarhus|Sletmig/.test(rows) }).toEqual({ tableName, names: false });
    }
    const report = (await world.secretariat.get('/reports/completions')).body['items'];
    expect(report.some((row: { agentId: number }) => row.agentId === gone['id'])).toBe(true);
  });

  it('takes no other person for the one it erases or exports, however alike the addresses are', async () => {
    const gone = (await world.leader.post('/agents', anAgent({ email: 'a_b.c@example.test' }))).body;
    const rows = ['axb.c@example.test', 'a_b.c@example.test'].map(
      (email) => `Ole,Bo,${email},2024-01-01,751,leder.751@ddh.test`,
    );
    const table = ['firstName,lastName,email,startOn,municipality,leaderEmail', ...rows].join('\n');
    const { body: job } = await world.secretariat.upload('/agent-imports', table);
    const rowsOf = async (personId: number) =>
      (await world.secretariat.get(`/people/${personId}/data-export`)).body['tables'].import_row;
    expect(JSON.stringify(await rowsOf(gone['personId']))).not.toContain('axb');
    expect(await rowsOf(world.leaderId)).toEqual([]);
    await world.leader.post(`/agents/${gone['id']}/departures`, { on: localDateOf(app.clock.now()) });
    await world.secretariat.post(`/people/${gone['personId']}/erasures`);
    const left = (await world.secretariat.get(`/agent-imports/${job['id']}/rows`)).body['items'];
    expect(left.map((row: { cells: Record<string, string> }) => row.cells['email'])).toEqual([
      'axb.c@example.test',
      undefined,
    ]);
  });

  it('forgets those who left long ago, old mails and old messages by itself, once', async () => {
    const gone = (await world.leader.post('/agents', anAgent({ email: 'glemmes@aarhus.test' }))).body;
    await world.leader.post(`/agents/${gone['id']}/departures`, { on: localDateOf(app.clock.now()) });
    const retention = app.get(RetentionRun);
    expect(await retention.run()).toMatchObject({ agents: 0, mails: 0, messages: 0, audit: 0, imports: 0 });
    const later =
      DateTime.fromJSDate(app.clock.now()).plus({ months: 25 }).toMillis() - app.clock.now().getTime();
    app.clock.advance(later);
    const first = await retention.run();
    expect(first['agents']).toBeGreaterThanOrEqual(1);
    expect(first['mails']).toBeGreaterThan(0);
    expect(first['messages']).toBe(1);
    expect(await app.count('person', "email LIKE 'glemmes%'")).toBe(0);
    expect(await app.count('person', "email = 'anna@aarhus.test'")).toBe(1);
    expect(await retention.run()).toMatchObject({ agents: 0, mails: 0, messages: 0 });
    app.clock.advance(-later);
  });

  it('the audit trail is only ever added to, and shown to the secretariat', async () => {
    const { items } = (await world.secretariat.get('/audit-entries?limit=200')).body;
    expect(items.length).toBeGreaterThan(5);
    expect(JSON.stringify(items)).not.toContain('@aarhus.test');
    expect(
      (await world.secretariat.get(`/audit-entries?subject=agent:${agent['id']}&action=agent.registered`))
        .body['items'],
    ).toHaveLength(1);
    expect((await world.secretariat.get('/audit-entries?subject=Agent!')).status).toBe(400);
    const page = await world.secretariat.call(
      'GET',
      `/indstillinger/revisionsspor?subject=agent:${agent['id']}`,
    );
    expect(page.text).toContain('agent.registered');
  });

  it('an agent by a link cannot export, but after signing in', async () => {
    const anonymous = new Api(app);
    expect((await anonymous.get(`/people/${agent['personId']}/data-export`)).status).toBe(401);
    expect(await signIn(app, 'leder.751@ddh.test', PASSWORD)).toBeDefined();
  });
});
