import { buildWorld, anAgent, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';
import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { addDays, localDateOf } from '../../src/common/local-date.js';

describe('registering an agent', () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());

  it('does everything that follows, in one unit of work', async () => {
    const { status, body } = await world.leader.post(
      '/agents',
      anAgent({ email: 'Aase.Ny@Aarhus.test', phone: '12 34 56 78' }),
    );
    expect(status).toBe(201);
    expect(body).toMatchObject({
      email: 'Aase.Ny@Aarhus.test',
      phone: '+4512345678',
      municipalityCode: '751',
      leaderId: world.leaderId,
      kind: 'new',
      status: 'onboarding',
    });
    const { journey } = body as { journey: { readyForFirstShift: boolean; reasons: { code: string }[] } };
    expect(journey.readyForFirstShift).toBe(false);
    expect(journey.reasons.map((reason) => reason.code)).toEqual(['elearning_missing']);
    // The answer is put together from what was written; it must be what is read back.
    expect((await world.leader.get(`/agents/${body['id']}`)).body).toEqual(body);
    expect(await app.count('enrolment', `personId = ${body['personId']}`)).toBe(1);
    expect(await app.count('audit_entry', `action = 'agent.registered' AND subjectId = ${body['id']}`)).toBe(
      1,
    );
    const mails = await app.rows<{ template: string; toAddress: string }>(
      "SELECT template, toAddress FROM mail WHERE aboutType = 'agent' AND aboutId = ? ORDER BY template",
      [body['id'] as number],
    );
    expect(mails).toEqual([
      { template: 'leader-receipt', toAddress: 'leder.751@ddh.test' },
      { template: 'welcome', toAddress: 'Aase.Ny@Aarhus.test' },
    ]);
  });

  it('names every faulty field and keeps nothing', async () => {
    const before = await app.count('person');
    const { status, body } = await world.leader.post('/agents', {
      firstName: ' ',
      email: 'x',
      startOn: '2026-02-30',
      z: 1,
    });
    expect(status).toBe(400);
    expect(body['errors'].map((e: { field: string; code: string }) => `${e.field} ${e.code}`).sort()).toEqual(
      [
        'email invalid_email',
        'firstName required',
        'lastName required',
        'startOn invalid_date',
        'z unknown_field',
      ],
    );
    expect(await app.count('person')).toBe(before);
  });

  it.each([
    ['a shared mailbox', { email: 'borgerservice@aarhus.dk' }, 'email'],
    ['a shift before the start', { firstShiftOn: '2099-01-04' }, 'firstShiftOn'],
    ['a leader from elsewhere', { leaderId: 999_999 }, 'leaderId'],
    ['a foreign municipality', { municipalityCode: '615' }, 'municipalityCode'],
  ])('refuses %s with the reason', async (_, changes, field) => {
    const { status, body } = await world.leader.post('/agents', anAgent(changes));
    expect(status).toBe(422);
    expect(body['errors'][0].field).toBe(field);
    expect(body['errors'][0].message).not.toMatch(/^validation\./);
  });

  it('asks the secretariat for the municipality, and takes only members', async () => {
    expect((await world.secretariat.post('/agents', anAgent())).body['errors'][0]).toMatchObject({
      field: 'municipalityCode',
      code: 'required',
    });
    expect(
      (await world.secretariat.post('/agents', anAgent({ municipalityCode: '101' }))).body['errors'][0].code,
    ).toBe('not_a_member');
    expect(
      (await world.secretariat.post('/agents', anAgent({ municipalityCode: '615' }))).body,
    ).toMatchObject({
      municipalityCode: '615',
      leaderId: world.foreignLeaderId,
    });
  });

  it('gives the first answer again for the same idempotency key, and refuses another body', async () => {
    const agent = anAgent();
    const headers = { 'idempotency-key': 'form-1' };
    const first = await world.leader.post('/agents', agent, headers);
    const again = await world.leader.post('/agents', agent, headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect(await app.count('agent', `id = ${first.body['id']}`)).toBe(1);
    const other = await world.leader.post('/agents', anAgent(), headers);
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
    expect((await world.foreignLeader.post('/agents', anAgent(), headers)).status).toBe(201);
  });

  it('says who is registered already, but to a foreign municipality only that somebody is', async () => {
    const agent = anAgent();
    await world.leader.post('/agents', agent);
    const again = await world.leader.post('/agents', {
      ...agent,
      email: String(agent['email']).toUpperCase(),
    });
    expect(again).toMatchObject({ status: 409, body: { code: 'agent_already_registered' } });
    const foreign = await world.foreignLeader.post('/agents', agent);
    expect(foreign).toMatchObject({ status: 409, body: { code: 'agent_known_elsewhere' } });
    expect(foreign.text).not.toContain('Aarhus');
    expect(foreign.text).not.toContain('agentId');
  });

  it('takes an agent back who has left, with the history', async () => {
    const agent = anAgent();
    const { body: first } = await world.leader.post('/agents', agent);
    await app
      .get(UnitOfWork)
      .run((tx) =>
        execute(tx, 'UPDATE employment SET openAgentId = NULL, endOn = ? WHERE agentId = ?', [
          today,
          first['id'],
        ]),
      );
    expect((await world.leader.get(`/agents/${first['id']}`)).body['status']).toBe('departed');
    const back = await world.foreignLeader.post('/agents', agent);
    expect(back).toMatchObject({ status: 201, body: { id: first['id'], municipalityCode: '615' } });
    // The former leader sees the own period, and nothing of how to reach the agent now.
    expect((await world.leader.get(`/agents/${first['id']}`)).body).toMatchObject({
      municipalityCode: '751',
      status: 'departed',
      email: '',
      phone: null,
    });
  });

  it('makes an agent of somebody who is a leader already', async () => {
    const { status, body } = await world.leader.post('/agents', anAgent({ email: 'leder.751@ddh.test' }));
    expect(status).toBe(201);
    expect(body['personId']).toBe(world.leaderId);
    expect((await world.leader.get('/me')).body).toMatchObject({
      roles: ['leader', 'agent'],
      agentId: body['id'],
    });
  });

  it('sends the welcome mail on the wished day', async () => {
    const welcomeOn = addDays(today, 10);
    const { body } = await world.leader.post('/agents', anAgent({ welcomeOn }));
    const [mail] = (await world.secretariat.get(`/mails?to=${body['email']}`)).body['items'];
    expect(localDateOf(new Date(mail.dueAt))).toBe(welcomeOn);
  });

  it('registers an existing agent without a mail or a gate', async () => {
    const { body } = await world.leader.post(
      '/agents',
      anAgent({
        kind: 'existing',
        startOn: '2020-01-01',
        elearningCompletedOn: '2020-02-01',
        onboardingAttendedOn: '2020-03-01',
      }),
    );
    expect(body['journey']).toMatchObject({ readyForFirstShift: true });
    expect(body['journey'].steps).toMatchObject([
      { kind: 'elearning', state: 'done', doneAt: '2020-02-01T11:00:00.000Z' },
      { kind: 'onboarding_day', state: 'done', dueOn: '2020-03-01' },
      { kind: 'first_shift' },
    ]);
    expect(await app.count('mail', `aboutType = 'agent' AND aboutId = ${body['id']}`)).toBe(0);
  });

  it('sends the welcome mail again with another link', async () => {
    const { body } = await world.leader.post('/agents', anAgent());
    expect((await world.foreignLeader.post(`/agents/${body['id']}/welcome-mails`)).status).toBe(404);
    expect((await world.leader.post(`/agents/${body['id']}/welcome-mails`)).status).toBe(202);
    expect(await app.count('mail', `template = 'welcome' AND aboutId = ${body['id']}`)).toBe(2);
    expect(await app.count('link_token', `personId = ${body['personId']}`)).toBe(2);
  });

  it('finds, filters, sorts and pages', async () => {
    for (const lastName of ['Aabenraa', 'Zenit', 'Ærø', 'Åkjær'])
      await world.foreignLeader.post('/agents', anAgent({ firstName: 'Sortér', lastName }));
    const names: string[] = [];
    let cursor: string | null = '';
    do {
      const page: { body: Record<string, any> } = await world.foreignLeader.get(
        `/agents?q=sort%C3%A9r&limit=2${cursor ? `&cursor=${cursor}` : ''}`,
      );
      expect(page).toMatchObject({ status: 200 });
      names.push(...page.body['items'].map((agent: { lastName: string }) => agent.lastName));
      cursor = page.body['nextCursor'] as string | null;
    } while (cursor);
    expect(names).toEqual(['Zenit', 'Ærø', 'Aabenraa', 'Åkjær']);
    expect((await world.leader.get('/agents?q=sort%C3%A9r')).body['items']).toEqual([]);
    expect((await world.leader.get('/agents?colour=red')).status).toBe(400);
    expect((await world.leader.get('/agents?cursor=bm9wZQ')).body['code']).toBe('invalid_cursor');
  });
});

// In a suite of its own: passport keeps one set of strategies a process, so two applications cannot serve side by side.
describe('registering before there is any e-learning', () => {
  it('tells a new agent who waited for the first e-learning that there is one now', async () => {
    const empty = await TestApp.start();
    try {
      const early = await buildWorld(empty, { withCourse: false });
      const { body: agent } = await early.leader.post('/agents', anAgent());
      expect(agent['journey'].reasons[0].code).toBe('elearning_not_assigned');
      const { body: course } = await early.secretariat.post('/courses', {
        code: 'intro',
        title: 'Intro',
        estimatedMinutes: 5,
      });
      const { body: version } = await early.secretariat.post(`/courses/${course['id']}/versions`, {
        launchUrl: 'https://a.test/x',
      });
      expect(
        (await early.secretariat.post(`/course-versions/${version['id']}/publications`)).body['code'],
      ).toBe('version_not_approved');
      await early.secretariat.post(`/course-versions/${version['id']}/approvals`);
      expect((await early.secretariat.post(`/course-versions/${version['id']}/publications`)).status).toBe(
        200,
      );
      expect((await early.leader.get(`/agents/${agent['id']}`)).body['journey'].reasons[0].code).toBe(
        'elearning_missing',
      );
      const states = await empty.rows<{ state: string }>(
        "SELECT state FROM mail WHERE template = 'welcome' ORDER BY id",
      );
      expect(states.map((row) => row.state)).toEqual(['cancelled', 'queued']);
    } finally {
      await empty.stop();
    }
  });
});

describe('1,000 registrations of 100 e-mails at once', () => {
  it('give exactly 100 agents and no 500', async () => {
    const app = await TestApp.start();
    try {
      const { leader } = await buildWorld(app);
      const agents = Array.from({ length: 100 }, () => anAgent());
      const answers = await Promise.all(
        Array.from({ length: 1000 }, (_, n) =>
          leader.post('/agents', { ...agents[n % 100], firstName: `Nr ${n}` }),
        ),
      );
      // By what was answered, so that anything else is named.
      const counts: Record<string, number> = {};
      for (const { status, body } of answers) {
        const kind = status === 201 ? 'created' : `${status} ${String(body['code'])}`;
        counts[kind] = (counts[kind] ?? 0) + 1;
      }
      expect(counts).toEqual({ created: 100, '409 agent_already_registered': 900 });
      expect(await app.count('agent')).toBe(100);
      expect(await app.count('employment')).toBe(100);
      expect(await app.count('enrolment')).toBe(100);
      expect(await app.count('mail', "template = 'welcome'")).toBe(100);
    } finally {
      await app.stop();
    }
  });
});
