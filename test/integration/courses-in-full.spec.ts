import { addDays, localDateOf } from '../../src/common/local-date.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

describe('courses in full', () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());

  const register = async (changes: object = {}) =>
    (await world.leader.post('/agents', anAgent({ startOn: addDays(today, -30), ...changes }))).body;
  const enrolmentOf = async (agentId: number, courseId = world.courseId) =>
    (await world.secretariat.get(`/enrolments?agentId=${agentId}&courseId=${courseId}`)).body['items'][0];

  async function codeOf(courseId: number): Promise<string> {
    const [course] = await app.rows<{ code: string }>('SELECT code FROM course WHERE id = ?', [courseId]);
    return course!.code;
  }

  async function approved(changes: object = {}, launchUrl = 'https://elearning.test/x') {
    const course = { code: `k-${unique()}`, title: 'Kursus', estimatedMinutes: 20, ...changes };
    const { body } = await world.secretariat.post('/courses', course);
    const version = (await world.secretariat.post(`/courses/${body['id']}/versions`, { launchUrl })).body;
    await world.secretariat.post(`/course-versions/${version['id']}/approvals`);
    return { courseId: body['id'] as number, versionId: version['id'] as number, version };
  }

  describe('a publication', () => {
    it('for leaders tells beforehand whom it enrols and mails, and then does just that', async () => {
      const { courseId, versionId } = await approved({ audience: 'leader', requiredBeforeFirstShift: false });
      const path = `/course-versions/${versionId}/publications`;
      const preview = (await world.secretariat.get(`${path}/preview`)).body;
      expect(preview).toMatchObject({ enrol: 'all', enrolled: 2, mailed: 2 });
      expect(await app.count('enrolment', `courseId = ${courseId}`)).toBe(0);
      expect(await app.count('mail', "template = 'course-published'")).toBe(0);
      expect((await world.secretariat.post(path)).status).toBe(200);
      expect(await app.count('enrolment', `courseId = ${courseId}`)).toBe(2);
      const mail = (await capturedMails(app, 'leder.751@ddh.test')).at(-1);
      const [, link] = /http:\/\/localhost:3000(\/laer\/\d+)/.exec(mail?.text ?? '')!;
      expect((await world.leader.call('GET', link!)).text).toContain('Kursus');
      expect((await world.foreignLeader.call('GET', link!)).status).toBe(404);
      expect((await world.leader.call('GET', '/')).text).toContain('Din egen e-læring');
      expect((await world.secretariat.get(`${path}/preview`)).body).toMatchObject({ enrolled: 0, mailed: 0 });
    });

    it('enrols whoever becomes a leader later', async () => {
      const { courseId, versionId } = await approved({ audience: 'leader', requiredBeforeFirstShift: false });
      await world.secretariat.post(`/course-versions/${versionId}/publications`);
      const user = {
        firstName: 'Ny',
        lastName: 'Leder',
        email: 'ny.leder@ddh.test',
        roles: ['leader'],
        municipalityCode: '751',
      };
      const { body } = await world.secretariat.post('/users', user);
      expect(await app.count('enrolment', `courseId = ${courseId} AND personId = ${body['id']}`)).toBe(1);
    });

    it('for agents reaches those who wait, or all when so chosen; existing agents are not written to', async () => {
      await register();
      await register({ kind: 'existing' });
      const { courseId, versionId } = await approved({ requiredBeforeFirstShift: false });
      const path = `/course-versions/${versionId}/publications`;
      expect((await world.secretariat.get(`${path}/preview`)).body).toMatchObject({
        enrol: 'waiting',
        enrolled: 0,
      });
      const all = (await world.secretariat.get(`${path}/preview?enrol=all`)).body;
      expect(all).toMatchObject({ enrol: 'all', mailed: 0 });
      const mails = await app.count('mail');
      await world.secretariat.post(path, { enrol: 'all' });
      expect(await app.count('enrolment', `courseId = ${courseId}`)).toBe(all['enrolled']);
      expect(all['enrolled']).toBeGreaterThanOrEqual(2);
      expect(await app.count('mail')).toBe(mails);
    });

    it('needs an approved version, and happens once', async () => {
      const { versionId } = await approved({ requiredBeforeFirstShift: false });
      const publish = () => world.secretariat.post(`/course-versions/${versionId}/publications`);
      const answers = await Promise.all([publish(), publish()]);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
      expect((await world.secretariat.get('/course-versions/999999/publications/preview')).status).toBe(404);
    });
  });

  it('an Articulate Review link is taken, with a warning', async () => {
    const { version } = await approved({}, 'https://360.articulate.com/review/content/ab12/review');
    expect(version['warnings']).toEqual(['review_link']);
    expect((await approved()).version['warnings']).toEqual([]);
    const page = await world.secretariat.call('GET', `/e-laering/${version['courseId']}`);
    expect(page.text).toContain('melder ingen gennemførelser');
  });

  describe('a completion by hand', () => {
    it('counts from its day, says who and why, and can be taken back', async () => {
      const agent = await register();
      const { id } = await enrolmentOf(agent['id']);
      const completedOn = addDays(today, -3);
      const done = await world.secretariat.post(`/enrolments/${id}/completions`, {
        completedOn,
        note: 'Set kursusbevis',
      });
      expect(done).toMatchObject({ status: 201, body: { state: 'completed', source: 'manual' } });
      expect(done.body['completedAt'].slice(0, 10)).toBe(completedOn);
      const [event] = await app.rows<{ id: number; note: string }>(
        'SELECT id, note FROM completion_event WHERE enrolmentId = ?',
        [id],
      );
      expect(event?.note).toBe('Set kursusbevis');
      expect((await world.leader.get(`/agents/${agent['id']}`)).body['status']).toBe('ready');
      expect((await world.secretariat.delete(`/enrolments/${id}/completions/${event!.id}`)).status).toBe(204);
      expect(await enrolmentOf(agent['id'])).toMatchObject({ state: 'not_started', completedAt: null });
      expect((await world.secretariat.delete(`/enrolments/${id}/completions/${event!.id}`)).status).toBe(404);
    });

    it('leaves what the e-learning itself reported', async () => {
      const host = await Host.connect(app, world.secretariat, { name: 'Vært' });
      const agent = await register();
      const { id, reference } = await enrolmentOf(agent['id']);
      await world.secretariat.post(`/enrolments/${id}/completions`, { completedOn: addDays(today, -20) });
      await host.send(completed(reference, { occurredAt: `${addDays(today, -2)}T10:00:00Z` }));
      expect((await enrolmentOf(agent['id']))['completedAt'].slice(0, 10)).toBe(addDays(today, -20));
      const [event] = await app.rows<{ id: number }>(
        "SELECT id FROM completion_event WHERE enrolmentId = ? AND source = 'manual'",
        [id],
      );
      await world.secretariat.delete(`/enrolments/${id}/completions/${event!.id}`);
      const left = await enrolmentOf(agent['id']);
      expect(left).toMatchObject({ state: 'completed', source: 'Vært' });
      expect(left.completedAt.slice(0, 10)).toBe(addDays(today, -2));
      const [reported] = await app.rows<{ id: number }>(
        "SELECT id FROM completion_event WHERE enrolmentId = ? AND source = 'Vært'",
        [id],
      );
      expect((await world.secretariat.delete(`/enrolments/${id}/completions/${reported!.id}`)).status).toBe(
        404,
      );
    });

    it('is never in the future, and the same key registers it once', async () => {
      const { id } = await enrolmentOf((await register())['id']);
      const future = await world.secretariat.post(`/enrolments/${id}/completions`, {
        completedOn: addDays(today, 1),
      });
      expect(future).toMatchObject({ status: 422, body: { code: 'in_the_future' } });
      const key = { 'idempotency-key': 'once' };
      for (const _ of [1, 2])
        await world.secretariat.post(`/enrolments/${id}/completions`, { completedOn: today }, key);
      expect(await app.count('completion_event', `enrolmentId = ${id}`)).toBe(1);
    });
  });

  describe('a waiver', () => {
    it('lets an agent take shifts, with a reason from the list, until it is withdrawn', async () => {
      const agent = await register();
      const { id } = await enrolmentOf(agent['id']);
      expect((await world.secretariat.post(`/enrolments/${id}/waivers`, { reason: 'sygdom' })).status).toBe(
        400,
      );
      const waived = await world.secretariat.post(`/enrolments/${id}/waivers`, {
        reason: 'completed_elsewhere',
      });
      expect(waived).toMatchObject({ status: 201, body: { state: 'waived' } });
      expect((await world.leader.get(`/agents/${agent['id']}/journey`)).body['readyForFirstShift']).toBe(
        true,
      );
      const again = await world.secretariat.post(`/enrolments/${id}/waivers`, {
        reason: 'completed_elsewhere',
      });
      expect(again.body['code']).toBe('already_waived');
      expect((await world.secretariat.delete(`/enrolments/${id}/waivers`)).status).toBe(204);
      expect((await enrolmentOf(agent['id']))['state']).toBe('not_started');
      expect((await world.secretariat.delete(`/enrolments/${id}/waivers`)).body?.['code']).toBe('not_waived');
      const { items } = (await world.secretariat.get(`/audit-entries?subject=enrolment:${id}`)).body;
      expect(items.map((entry: { action: string }) => entry.action)).toEqual([
        'enrolment.waiver_revoked',
        'enrolment.waived',
      ]);
    });

    it('gives way to a completion, and falls back to what was begun', async () => {
      const host = await Host.connect(app, world.secretariat);
      const agent = await register();
      const { id, reference } = await enrolmentOf(agent['id']);
      await host.send(completed(reference, { type: 'course.progressed' }));
      await world.secretariat.post(`/enrolments/${id}/waivers`, { reason: 'experienced_agent' });
      await world.secretariat.delete(`/enrolments/${id}/waivers`);
      expect((await enrolmentOf(agent['id']))['state']).toBe('in_progress');
      await world.secretariat.post(`/enrolments/${id}/waivers`, { reason: 'experienced_agent' });
      await host.send(completed(reference));
      expect((await enrolmentOf(agent['id']))['state']).toBe('completed');
      const late = await world.secretariat.post(`/enrolments/${id}/waivers`, { reason: 'experienced_agent' });
      expect(late.body['code']).toBe('already_completed');
    });
  });

  it('completions are imported, with faults by row, and mail nobody', async () => {
    const agent = await register({ email: 'import@aarhus.test' });
    const code = await codeOf(world.courseId);
    const table = [
      'E-mail;Forløb;Gennemført;Note',
      `IMPORT@aarhus.test;${code.toUpperCase()};01.10.2026;Kursusbevis`,
      `ukendt@aarhus.test;${code};01.10.2026;`,
      `import@aarhus.test;findes-ikke;01.10.2099;`,
      `import@aarhus.test;${code};02.10.2026;`,
    ].join('\n');
    const mails = await app.count('mail');
    const { body } = await world.secretariat.upload('/completion-imports', table);
    expect(body['errors'].map((e: { row: number; code: string }) => `${e.row} ${e.code}`)).toEqual([
      '3 unknown_learner',
      '4 unknown_course',
      '4 in_the_future',
      '5 twice_in_file',
    ]);
    await world.secretariat.post(`/completion-imports/${body['id']}/commits`);
    expect(await enrolmentOf(agent['id'])).toMatchObject({ state: 'completed', source: 'import' });
    expect(await app.count('mail')).toBe(mails);
  });

  describe('messages that fit nobody', () => {
    it('are assigned by hand, or find their learner once the address is right', async () => {
      const host = await Host.connect(app, world.secretariat);
      const agent = await register();
      const { id } = await enrolmentOf(agent['id']);
      const code = await codeOf(world.courseId);
      const about = (email: string) => ({
        type: 'course.completed',
        occurredAt: new Date().toISOString(),
        learner: { email },
        course: { code },
      });
      expect((await host.send(about('forkert@x.test'), 'm-1')).body['status']).toBe('unmatched');
      expect((await host.send(about('rettet@x.test'), 'm-2')).body['status']).toBe('unmatched');
      await host.send({ hello: 'world' }, 'm-3');
      const { items } = (await world.secretariat.get('/inbox-messages?status=unmatched')).body;
      const byId = (messageId: string) =>
        items.find((m: { messageId: string }) => m.messageId === messageId).id;
      const assign = (messageId: string, enrolmentId: number) =>
        world.secretariat.post(`/inbox-messages/${byId(messageId)}/assignments`, { enrolmentId });
      expect((await assign('m-1', 999_999)).body['code']).toBe('unknown_enrolment');
      const twice = await Promise.all([assign('m-1', id), assign('m-1', id)]);
      expect(twice.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
      expect((await enrolmentOf(agent['id']))['state']).toBe('completed');
      expect(await app.count('completion_event', `enrolmentId = ${id}`)).toBe(1);

      const replay = () => world.secretariat.post(`/inbox-messages/${byId('m-2')}/replays`);
      expect((await replay()).body['status']).toBe('unmatched');
      const other = await register({ email: 'rettet@x.test' });
      expect((await replay()).body['status']).toBe('applied');
      expect((await enrolmentOf(other['id']))['state']).toBe('completed');
      expect((await assign('m-3', id)).body['code']).toBe('message_not_understood');
      expect((await world.secretariat.get(`/inbox-messages?status=unmatched`)).body['items']).toHaveLength(1);
    });
  });

  it('a rotated secret counts at once, the old one for another day', async () => {
    const host = await Host.connect(app, world.secretariat);
    const { items } = (await world.secretariat.get('/connections')).body;
    const { id } = items.find((one: { key: string }) => one.key === host.key);
    const { body } = await world.secretariat.post(`/connections/${id}/secrets`);
    const renewed = host.withSecret(body['secret'] as string);
    const message = completed('x'.repeat(32));
    expect((await host.send(message)).status).toBe(202);
    expect((await renewed.send(message)).status).toBe(202);
    app.clock.advance(25 * 3_600_000);
    expect((await host.send(message)).status).toBe(401);
    expect((await renewed.send(message)).status).toBe(202);
    app.clock.advance(-25 * 3_600_000);
  });
});
