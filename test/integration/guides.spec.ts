import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { RetentionRun } from '../../src/modules/privacy/index.js';
import { Api } from '../support/api.js';
import { addCourse, anAgent, buildWorld, type World } from '../support/builders.js';
import { asAgent } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

const EVERYONE = { kind: 'all' };
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

describe('guides', () => {
  let app: TestApp;
  let world: World;
  let agentId: number;
  let agent: Api;
  let otherId: number;
  let other: Api;
  let foreign: Api;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-23T09:00:00Z');
    world = await buildWorld(app);
    agentId = await register(world.leader, 'anna@aarhus.test');
    otherId = await register(world.leader, 'bo@aarhus.test');
    await register(world.foreignLeader, 'carl@horsens.test');
    agent = await asAgent(app, 'anna@aarhus.test');
    other = await asAgent(app, 'bo@aarhus.test');
    foreign = await asAgent(app, 'carl@horsens.test');
  });
  afterAll(() => app.stop());

  async function register(leader: Api, email: string): Promise<number> {
    const { body } = await leader.post('/agents', anAgent({ email, startOn: '2026-11-23', kind: 'new' }));
    return body['id'] as number;
  }

  async function newGuide(title = 'Pas'): Promise<number> {
    return (await world.secretariat.post('/guides', { title })).body['id'] as number;
  }

  const aVersion = (changes: Record<string, unknown> = {}) => ({
    title: 'Pas',
    body: '# Pas\n\nEt pas til et barn koster 178 kr.',
    changeNote: 'Ny pris',
    effectiveFrom: '2026-11-20',
    audience: EVERYONE,
    ...changes,
  });

  async function publish(guideId: number, changes: Record<string, unknown> = {}) {
    const { status, body } = await world.secretariat.post(`/guides/${guideId}/versions`, aVersion(changes));
    expect({ status, body }).toMatchObject({ status: 201 });
    return body as { id: number; number: number };
  }

  const titles = async (api: Api, query = '') =>
    (await api.get(`/guides${query}`)).body['items'].map(({ title }: { title: string }) => title);

  it('are made, published and listed with their newest version', async () => {
    const made = await world.secretariat.post('/guides', { title: ' Pas ' });
    expect(made).toMatchObject({ status: 201, body: { title: 'Pas', state: 'draft', versions: [] } });
    const guideId = made.body['id'] as number;
    expect(await titles(agent)).not.toContain('Pas');
    const version = await publish(guideId, { body: 'ord '.repeat(500) });
    expect(version).toMatchObject({
      guideId,
      number: 1,
      minor: false,
      urgency: 'normal',
      minutes: 3,
      effectiveFrom: '2026-11-19T23:00:00.000Z',
      audience: EVERYONE,
      questions: [],
      readAt: null,
    });
    expect(await publish(guideId, { url: 'https://guides.test/pas', body: undefined })).toMatchObject({
      number: 2,
      minutes: 5,
      body: null,
      url: 'https://guides.test/pas',
    });
    const { body } = await agent.get('/guides');
    const listed = body['items'].find(({ id }: { id: number }) => id === guideId);
    expect(listed).toMatchObject({ title: 'Pas', state: 'active', newest: { number: 2, readAt: null } });
    const { versions } = (await world.leader.get(`/guides/${guideId}`)).body;
    expect(versions.map(({ number }: { number: number }) => number)).toEqual([2, 1]);
  });

  it.each([
    [{ url: 'javascript:alert(1)', body: undefined }, 'url', 'invalid_url'],
    [{ url: 'ftp://x.test', body: undefined }, 'url', 'invalid_url'],
    [{ body: ' \n ' }, 'body', 'required'],
    [{ body: 'ø'.repeat(30_001) }, 'body', 'text_too_long'],
    [{ changeNote: ' ' }, 'changeNote', 'required'],
    [{ effectiveFrom: '2026-02-30' }, 'effectiveFrom', 'invalid_date'],
    [{ effectiveFrom: undefined }, 'effectiveFrom', 'required'],
    [{ minutes: 0 }, 'minutes', 'too_small'],
    [{ audience: { kind: 'municipalities' } }, 'audience.municipalities', 'required'],
    [{ audience: { kind: 'skills', skills: [] } }, 'audience.skills', 'required'],
    [{ audience: { kind: 'all', skills: ['pas'] } }, 'audience.skills', 'not_of_this_audience'],
    [{ questions: [{ question: 'A?', answers: ['a'], right: 0 }] }, 'questions.0.answers', 'two_answers'],
    [
      { questions: [{ question: 'A?', answers: ['a', 'b'], right: 2 }] },
      'questions.0.right',
      'no_right_answer',
    ],
    [{ text: 'x' }, 'text', 'unknown_field'],
  ])('refuse a faulty version (%#)', async (changes, field, code) => {
    const answer = await world.secretariat.post(`/guides/${await newGuide()}/versions`, aVersion(changes));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field, code }] } });
  });

  it('refuse a municipality or a course that there is not, and a text that is missing', async () => {
    const guideId = await newGuide();
    const refused = async (changes: Record<string, unknown>) => {
      const { status, body } = await world.secretariat.post(`/guides/${guideId}/versions`, aVersion(changes));
      return [status, body['code']];
    };
    const nowhere = { kind: 'municipalities', municipalities: ['999'] };
    expect(await refused({ audience: nowhere })).toEqual([422, 'unknown_municipality']);
    expect(await refused({ courseId: 999_999 })).toEqual([422, 'unknown_course']);
    expect(await refused({ body: undefined })).toEqual([422, 'guide_text_missing']);
    expect((await world.secretariat.post('/guides/999999/versions', aVersion())).status).toBe(404);
  });

  it('answer a repeated publication with the first one', async () => {
    const guideId = await newGuide();
    const key = { 'idempotency-key': 'guide-once' };
    const first = await world.secretariat.post(`/guides/${guideId}/versions`, aVersion(), key);
    const again = await world.secretariat.post(`/guides/${guideId}/versions`, aVersion(), key);
    expect(again.body).toEqual(first.body);
    expect(await app.count('guide_version', `guideId = ${guideId}`)).toBe(1);
  });

  it('show an agent only what is meant for the agent', async () => {
    const aarhus = await newGuide('Kun Aarhus');
    const horsens = await newGuide('Kun Horsens');
    const skilled = await newGuide('Kun kørekort');
    await publish(aarhus, {
      title: 'Kun Aarhus',
      audience: { kind: 'municipalities', municipalities: ['751'] },
    });
    const only = { kind: 'municipalities', municipalities: ['615'] };
    const { id: foreignVersion } = await publish(horsens, { title: 'Kun Horsens', audience: only });
    await publish(skilled, { title: 'Kun kørekort', audience: { kind: 'skills', skills: ['Kørekort'] } });
    expect(await titles(agent)).toContain('Kun Aarhus');
    expect(await titles(agent)).not.toContain('Kun Horsens');
    expect(await titles(foreign)).toContain('Kun Horsens');
    for (const path of ['', '/versions/1', '/versions/1/diff'])
      expect((await agent.get(`/guides/${horsens}${path}`)).status).toBe(404);
    for (const path of [`/guides/${horsens}`, `/guides/${horsens}/versioner/1`])
      expect((await agent.call('GET', path)).status).toBe(404);
    expect((await agent.post(`/guide-versions/${foreignVersion}/receipts`)).status).toBe(404);
    expect(await titles(world.leader)).toEqual(expect.arrayContaining(['Kun Horsens', 'Kun kørekort']));

    expect(await titles(agent)).not.toContain('Kun kørekort');
    const skills = await world.leader.call('PUT', `/api/v1/agents/${agentId}/skills`, {
      skills: ['Pas', ' KØREKORT ', 'pas'],
    });
    expect(skills).toMatchObject({ status: 200, body: { agentId, skills: ['kørekort', 'pas'] } });
    expect(await titles(agent)).toContain('Kun kørekort');
    expect(await titles(other)).not.toContain('Kun kørekort');
  });

  it('let only the leaders of an agent and the secretariat change skills', async () => {
    const put = (api: Api, id: number) => api.call('PUT', `/api/v1/agents/${id}/skills`, { skills: ['pas'] });
    expect((await put(world.foreignLeader, agentId)).status).toBe(404);
    expect((await put(agent, agentId)).status).toBe(403);
    expect((await put(world.secretariat, otherId)).status).toBe(200);
    expect((await world.secretariat.get(`/agents/${otherId}/skills`)).body).toEqual({
      agentId: otherId,
      skills: ['pas'],
    });
    expect((await other.get(`/agents/${otherId}/skills`)).status).toBe(200);
    expect((await other.get(`/agents/${agentId}/skills`)).status).toBe(404);
    expect((await world.foreignLeader.get(`/agents/${agentId}/skills`)).status).toBe(404);
  });

  it('are found by every word of title, change note and newest text, in any case', async () => {
    const guideId = await newGuide('Ændret vielse');
    await publish(guideId, {
      title: 'Ændret vielse',
      changeNote: 'Gælder Ødis',
      body: 'Husk PRØVELSESATTEST.',
    });
    for (const q of ['æNDRET', 'ødis', 'prøvelsesattest vielse', '%C3%86ndret husk'])
      expect(await titles(agent, `?q=${q}`)).toEqual(['Ændret vielse']);
    for (const q of ['100%25', 'vielse findesikke', '_']) expect(await titles(agent, `?q=${q}`)).toEqual([]);
    await publish(guideId, { title: 'Ændret vielse', body: 'Noget andet.' });
    expect(await titles(agent, '?q=pr%C3%B8velsesattest')).toEqual([]);
  });

  it('come page by page, the last published first', async () => {
    const all = await titles(world.secretariat, '?limit=200');
    const paged: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await world.secretariat.get(`/guides?limit=3${cursor}`);
      paged.push(...body['items'].map(({ title }: { title: string }) => title));
      if (body['nextCursor'] === null) break;
      cursor = `&cursor=${body['nextCursor']}`;
    }
    expect(paged).toEqual(all);
    expect((await world.secretariat.get('/guides?state=unknown')).status).toBe(400);
    expect((await world.secretariat.get('/guides?cursor=x')).status).toBe(400);
  });

  it('tell what changed since the agent last read, and since any version that is asked for', async () => {
    const guideId = await newGuide();
    const first = await publish(guideId, { body: 'Et pas koster 178 kr.\n' });
    await publish(guideId, { body: 'Et pas koster 192 kr.\n', changeNote: 'To' });
    const diff = async (api: Api, query = '', number = 2) =>
      (await api.get(`/guides/${guideId}/versions/${number}/diff${query}`)).body;
    expect(await diff(agent)).toEqual({
      guideId,
      number: 2,
      since: null,
      notes: [{ number: 2, changeNote: 'To' }],
      changes: [],
    });
    await agent.post(`/guide-versions/${first.id}/receipts`);
    const changes = [
      { kind: 'same', text: 'Et pas koster ' },
      { kind: 'removed', text: '178' },
      { kind: 'added', text: '192' },
      { kind: 'same', text: ' kr.\n' },
    ];
    expect(await diff(agent)).toMatchObject({ since: 1, changes });
    expect(await diff(world.leader)).toMatchObject({ since: 1, changes });
    await publish(guideId, { body: 'Et pas koster 193 kr.\n', changeNote: 'Tre' });
    expect(await diff(agent, '', 3)).toMatchObject({
      since: 1,
      notes: [{ number: 3 }, { number: 2 }],
      changes: expect.arrayContaining([{ kind: 'removed', text: '178' }]),
    });
    expect(await diff(agent, '?since=2', 3)).toMatchObject({ since: 2, notes: [{ number: 3 }] });
    expect(await diff(agent, '?since=3', 3)).toMatchObject({ status: 422, code: 'diff_since_not_earlier' });
    expect(await diff(agent, '?since=0', 3)).toMatchObject({ status: 400 });
    expect(await diff(agent, '', 4)).toMatchObject({ status: 404 });
  });

  it('do not compare with a version that was not meant for the agent', async () => {
    const guideId = await newGuide();
    await publish(guideId, { audience: { kind: 'municipalities', municipalities: ['615'] } });
    await publish(guideId);
    expect((await agent.get(`/guides/${guideId}/versions/2/diff?since=1`)).status).toBe(404);
    expect((await agent.get(`/guides/${guideId}/versions/2/diff`)).body).toMatchObject({ since: null });
    const { versions } = (await agent.get(`/guides/${guideId}`)).body;
    expect(versions.map(({ number }: { number: number }) => number)).toEqual([2]);
  });

  it('are read once, answer for what is minor, and ask again for what is not', async () => {
    const guideId = await newGuide();
    const first = await publish(guideId);
    const receipt = await agent.post(`/guide-versions/${first.id}/receipts`, {});
    expect(receipt).toMatchObject({ status: 201, body: { versionId: first.id } });
    const at = receipt.body['readAt'] as string;
    expect(Math.abs(app.clock.now().getTime() - Date.parse(at))).toBeLessThan(60_000);
    app.clock.advance(1000);
    expect((await agent.post(`/guide-versions/${first.id}/receipts`)).body).toEqual(receipt.body);
    await publish(guideId, { minor: true });
    expect((await agent.get(`/guides/${guideId}/versions/2`)).body).toMatchObject({
      minor: true,
      readAt: at,
    });
    await publish(guideId);
    expect((await agent.get(`/guides/${guideId}/versions/3`)).body).toMatchObject({ readAt: null });
    expect((await world.leader.post(`/guide-versions/${first.id}/receipts`)).status).toBe(403);
  });

  it('ask check questions, and keep nobody’s answers', async () => {
    const guideId = await newGuide();
    const questions = [
      { question: 'Koster det?', answers: ['Nej', 'Ja'], right: 1 },
      { question: 'Hvor meget?', answers: ['178', '192', '200'], right: 0 },
    ];
    const { id } = await publish(guideId, { questions });
    const { body } = await agent.get(`/guides/${guideId}/versions/1`);
    expect(body['questions']).toEqual(questions.map(({ right: _, ...asked }) => asked));
    const read = (answers?: number[]) => agent.post(`/guide-versions/${id}/receipts`, { answers });
    expect(await read()).toMatchObject({ status: 422, body: { code: 'wrong_answers' } });
    expect((await read([1, 2])).body['errors']).toMatchObject([{ field: 'answers.1', code: 'wrong_answer' }]);
    expect((await read([1, 0])).status).toBe(201);
    expect(Object.keys((await app.rows('SELECT * FROM read_receipt'))[0]!)).not.toContain('answers');
  });

  it('are withdrawn and put away, and then ask nobody', async () => {
    const guideId = await newGuide('Midlertidig');
    const first = await publish(guideId, { title: 'Midlertidig' });
    const second = await publish(guideId, { title: 'Midlertidig' });
    expect((await world.secretariat.post(`/guide-versions/${second.id}/withdrawals`)).status).toBe(204);
    expect((await agent.get(`/guides/${guideId}/versions/2`)).status).toBe(404);
    expect((await agent.post(`/guide-versions/${second.id}/receipts`)).body['code']).toBe('guide_withdrawn');
    const page = await agent.call('GET', `/guides/${guideId}/versioner/2`);
    expect(page.status).toBe(409);
    expect(page.text).toContain('trukket tilbage');
    const { items } = (await agent.get('/guides?q=midlertidig')).body;
    expect(items).toMatchObject([{ newest: { id: first.id } }]);
    const archived = await world.secretariat.post(`/guides/${guideId}/archivings`);
    expect(archived).toMatchObject({ status: 200, body: { state: 'archived' } });
    expect(await titles(agent, '?q=midlertidig')).toEqual([]);
    expect(await titles(world.secretariat, '?state=archived')).toEqual(['Midlertidig']);
    const refused = await world.secretariat.post(`/guides/${guideId}/versions`, aVersion());
    expect(refused).toMatchObject({ status: 409, body: { code: 'guide_archived' } });
    expect((await world.secretariat.delete(`/guides/${guideId}/archivings`)).status).toBe(204);
    expect(await titles(agent, '?q=midlertidig')).toEqual(['Midlertidig']);
  });

  it('tell before publication how many are asked, how soon and for how long', async () => {
    const guideId = await newGuide();
    const preview = async (changes: Record<string, unknown> = {}) =>
      (
        await world.secretariat.post(
          `/guides/${guideId}/version-previews`,
          aVersion({ minutes: 4, ...changes }),
        )
      ).body;
    const aarhus = { kind: 'municipalities', municipalities: ['751'] };
    const before = await app.count('shift');
    expect(await preview()).toEqual({ agents: 3, withShift: 0, minutes: 4, minutesInAll: 12 });
    expect(await preview({ audience: aarhus })).toMatchObject({ agents: 2, minutesInAll: 8 });
    expect(await preview({ audience: { kind: 'skills', skills: ['kørekort'] } })).toMatchObject({
      agents: 1,
    });
    const today = localDateOf(app.clock.now());
    await app.get(UnitOfWork).run(async (tx) => {
      for (const [id, days] of [
        [agentId, 3],
        [otherId, 20],
      ] as const) {
        const at = instantAt(addDays(today, days), '08:00');
        await tx.query(
          `INSERT INTO shift (agentId, startsAt, endsAt, source, createdAt, updatedAt, version)
            VALUES (${id}, '${sql(at)}', '${sql(new Date(at.getTime() + 3_600_000))}', 'api', '${sql(at)}', '${sql(at)}', 1)`,
        );
      }
    });
    expect(await app.count('shift')).toBe(before + 2);
    expect(await preview()).toMatchObject({ agents: 3, withShift: 1 });
    expect(await preview({ effectiveFrom: addDays(today, 10) })).toMatchObject({ withShift: 1 });
    expect(await preview({ effectiveFrom: addDays(today, 2) })).toMatchObject({ withShift: 1 });
    expect(await preview({ urgency: 'acute' })).toMatchObject({ withShift: 0 });
    expect(await app.count('guide_version', `guideId = ${guideId}`)).toBe(0);
    const { id } = await publish(guideId);
    await agent.post(`/guide-versions/${id}/receipts`);
    expect(await preview({ minor: true })).toMatchObject({ agents: 2 });
    expect(await preview()).toMatchObject({ agents: 3 });
  });

  it('take images of the four kinds only, and show them to whoever is signed in', async () => {
    const upload = (content: Uint8Array) => world.secretariat.upload('/guide-images', content, {}, 'pas.png');
    const { status, body } = await upload(PNG);
    expect({ status, path: body['path'] }).toEqual({ status: 201, path: `/guides/billeder/${body['id']}` });
    for (const api of [agent, world.leader, world.secretariat]) {
      const image = await fetch(app.url + body['path'], {
        headers: { authorization: `Bearer ${api.token}` },
      });
      expect(image.status).toBe(200);
      expect(Buffer.from(await image.arrayBuffer())).toEqual(PNG);
      expect(image.headers.get('content-type')).toBe('image/png');
      expect(image.headers.get('x-content-type-options')).toBe('nosniff');
      expect(image.headers.get('cache-control')).toContain('immutable');
    }
    expect((await new Api(app).call('GET', body['path'])).status).toBe(303);
    const missing = await agent.call('GET', '/guides/billeder/999999');
    expect(missing.status).toBe(404);
    expect(missing.headers.get('cache-control') ?? '').not.toContain('immutable');
    for (const [content, code] of [
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'image_type'],
      [Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024)]), 'image_too_large'],
    ] as const)
      expect(await upload(content)).toMatchObject({
        status: 422,
        body: { errors: [{ field: 'file', code }] },
      });
    const largest = Buffer.concat([PNG, Buffer.alloc(2 * 1024 * 1024 - PNG.length, 7)]);
    const { body: large } = await upload(largest);
    const image = await fetch(app.url + large['path'], {
      headers: { authorization: `Bearer ${agent.token}` },
    });
    expect(Buffer.from(await image.arrayBuffer()).equals(largest)).toBe(true);
  });

  it('are reported as missing or wrong, and the secretariat settles it', async () => {
    const guideId = await newGuide('Boligstøtte');
    await publish(guideId, { title: 'Boligstøtte' });
    const report = { kind: 'wrong', topic: 'Beløbet er fra i fjor', guideId };
    const { status, body } = await agent.post('/guide-reports', report);
    expect(status).toBe(201);
    expect((await world.leader.post('/guide-reports', { kind: 'missing', topic: 'MitID' })).status).toBe(201);
    const hidden = await newGuide('Skjult');
    expect(await agent.post('/guide-reports', { ...report, guideId: hidden })).toMatchObject({
      status: 422,
      body: { code: 'unknown_guide' },
    });
    const open = (await world.secretariat.get('/guide-reports')).body['items'];
    expect(open).toMatchObject([
      { kind: 'missing', topic: 'MitID', guideId: null },
      { id: body['id'], ...report, guideTitle: 'Boligstøtte', settledAt: null },
    ]);
    expect(open[1].reporterName).toMatch(/^Anna Agent/);
    const path = `/api/v1/guide-reports/${body['id']}/settled`;
    expect((await world.secretariat.call('PUT', path)).status).toBe(204);
    expect((await world.secretariat.get('/guide-reports')).body['items']).toHaveLength(1);
    expect((await world.secretariat.get('/guide-reports?state=settled')).body['items']).toMatchObject([
      { id: body['id'], settledAt: expect.any(String) },
    ]);
    expect((await world.secretariat.call('DELETE', path)).status).toBe(204);
    expect((await world.secretariat.get('/guide-reports')).body['items']).toHaveLength(2);
    expect((await world.secretariat.call('PUT', '/api/v1/guide-reports/999999/settled')).status).toBe(404);
  });

  it('lead to the agent’s e-learning where that is completed in place of reading', async () => {
    const courseId = await app.get(UnitOfWork).run((tx) => addCourse(tx, app.clock.now(), { title: 'Pas' }));
    const guideId = await newGuide();
    const { id } = await publish(guideId, { courseId: world.courseId, body: undefined });
    const { items } = (await agent.get(`/enrolments?courseId=${world.courseId}`)).body;
    const page = await agent.call('GET', `/guides/${guideId}`);
    expect(page.text).toContain(`href="/laer/${items[0].id}"`);
    expect(page.text).not.toContain('/laest"');
    expect((await agent.post(`/guide-versions/${id}/receipts`)).body['code']).toBe('elearning_not_completed');
    await publish(guideId, { courseId, body: undefined });
    expect((await agent.call('GET', `/guides/${guideId}`)).text).toContain('ikke tilmeldt e-læringen');
    const completed = { completedOn: '2026-11-23', note: 'Holdt i Horsens' };
    const { status } = await world.secretariat.post(`/enrolments/${items[0].id}/completions`, completed);
    expect(status).toBe(201);
    // Completing the e-learning of a version answers for it, though not for the one after.
    const readAt = async (number: number) =>
      (await agent.get(`/guides/${guideId}/versions/${number}`)).body['readAt'] as string | null;
    expect([await readAt(1), await readAt(2)]).toEqual([expect.stringMatching(/^2026-11-2/), null]);
    expect((await other.get(`/guides/${guideId}/versions/1`)).body['readAt']).toBeNull();
    const again = aVersion({ courseId: world.courseId, body: undefined });
    const before = aVersion({ courseId, body: undefined });
    const asked = async (version: object) =>
      (await world.secretariat.post(`/guides/${guideId}/version-previews`, version)).body['agents'] as number;
    expect(await asked(again)).toBe((await asked(before)) - 1);
  });

  it('are not there for somebody who has left', async () => {
    const id = await register(world.leader, 'dorte@aarhus.test');
    const dorte = await asAgent(app, 'dorte@aarhus.test');
    expect((await dorte.get('/guides')).body['items'].length).toBeGreaterThan(3);
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query(`UPDATE employment SET openAgentId = NULL WHERE agentId = ${id}`));
    expect((await dorte.get('/guides')).body['items']).toEqual([]);
  });

  it('are seen as an agent by a leader who came by a link', async () => {
    await world.foreignLeader.post('/agents', anAgent({ email: 'leder.615@ddh.test' }));
    const drafts = await titles(world.foreignLeader, '?state=draft');
    expect(drafts.length).toBeGreaterThan(0);
    const link = await asAgent(app, 'leder.615@ddh.test');
    expect((await link.get('/me')).body['roles']).toEqual(['leader', 'agent']);
    expect(await titles(link, '?state=draft')).toEqual([]);
    expect(await titles(link)).toContain('Kun Horsens');
    expect(await titles(link)).not.toContain('Kun Aarhus');
  });

  it('keep open reports, and forget settled ones after two years', async () => {
    const before = await app.count('guide_report');
    await app
      .get(UnitOfWork)
      .run((tx) =>
        tx.query("UPDATE guide_report SET settledAt = '2024-11-01 00:00:00.000' WHERE kind = 'missing'"),
      );
    expect(await app.get(RetentionRun).run()).toMatchObject({ guide_reports: 1 });
    expect(await app.count('guide_report')).toBe(before - 1);
  });
});

function sql(at: Date): string {
  return at.toISOString().replace('T', ' ').replace('Z', '');
}
