import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ContentClient } from '../support/content-client.js';
import { scorm12MultiPackage, scorm12Package } from '../support/packages.js';
import { buildWorld, unique, type World } from '../support/builders.js';
import { signIn, type Api } from '../support/api.js';
import { TestApp } from '../support/test-app.js';
import { createTestDatabase, isMariadb } from '../support/test-database.js';

const FAR = 13 * 3_600_000;

describe('the player', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  async function addVersion(courseId: number, zip: Buffer, isRetake = false): Promise<number> {
    const uploaded = await world.secretariat.upload(
      `/courses/${courseId}/versions`,
      new Uint8Array(zip),
      { isRetake: String(isRetake), changeNote: 'Nyt afsnit' },
      'pakke.zip',
    );
    expect(uploaded).toMatchObject({ status: 201 });
    await world.secretariat.post(`/course-versions/${uploaded.body['id']}/approvals`, {});
    return uploaded.body['id'] as number;
  }

  const publish = async (versionId: number) =>
    expect((await world.secretariat.post(`/course-versions/${versionId}/publications`, {})).status).toBe(200);

  /** A course for leaders, of which the leader of Aarhus is enrolled. */
  async function course(zip: Promise<Buffer>): Promise<{ courseId: number; enrolmentId: number }> {
    const made = await world.secretariat.post('/courses', {
      code: `spil-${unique()}`,
      title: 'For ledere',
      audience: 'leader',
      estimatedMinutes: 10,
    });
    const courseId = made.body['id'] as number;
    await publish(await addVersion(courseId, await zip));
    const { body } = await world.secretariat.get(
      `/enrolments?courseId=${courseId}&personId=${world.leaderId}`,
    );
    return { courseId, enrolmentId: body['items'][0].id as number };
  }

  async function open(
    enrolmentId: number,
    choice = 'go_on',
    by: Api = world.leader,
    at = app,
  ): Promise<ContentClient> {
    const answer = await fetch(`${at.url}/laer/${enrolmentId}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ choice }),
      headers: { authorization: `Bearer ${by.token}` },
    });
    expect(answer.status).toBe(303);
    return new ContentClient(at, ContentClient.tokenOf(answer.headers.get('location')!));
  }

  const enrolment = async (enrolmentId: number) =>
    (
      await app.rows<{ state: string; success: string | null; retakeVersionId: number | null }>(
        'SELECT state, success, retakeVersionId FROM enrolment WHERE id = ?',
        [enrolmentId],
      )
    )[0]!;

  it('notes what goes beyond what was reached, and nothing twice', async () => {
    const { enrolmentId } = await course(scorm12Package());
    const client = await open(enrolmentId);
    await client.commit({ lesson_status: 'incomplete' });
    await client.commit({ lesson_status: 'incomplete', lesson_location: 'p2' });
    await client.commit({ lesson_status: 'passed', score: { raw: '90', max: '100' } });
    const last = await client.commit({ lesson_status: 'incomplete' }, { isFinal: true });
    expect(last).toMatchObject({ status: 200, body: { result: true, state: 'completed', isFinished: true } });
    expect(await enrolment(enrolmentId)).toMatchObject({ state: 'completed', success: 'passed' });
    expect(await app.count('completion_event', `enrolmentId = ${enrolmentId}`)).toBe(2);
    expect(await app.count('player_message')).toBe(2);
  });

  it('gives the same whatever order messages come in, and however often', async () => {
    const { enrolmentId } = await course(scorm12Package());
    const client = await open(enrolmentId);
    const messages = [
      [{ lesson_status: 'incomplete', lesson_location: 'p1' }, { sequence: 10 }],
      [{ lesson_status: 'completed', lesson_location: 'p2' }, { sequence: 20 }],
      [{ lesson_status: 'incomplete', lesson_location: 'p3' }, { sequence: 30 }],
    ] as const;
    const shuffled = [2, 0, 1, 1, 2, 0, 2].map((index) => messages[index]!);
    const answers = await Promise.all(shuffled.map(([core, more]) => client.commit(core, more)));
    expect(answers.map((answer) => answer.status)).toEqual(shuffled.map(() => 200));
    expect((await enrolment(enrolmentId)).state).toBe('completed');
    const [state] = await app.rows<{ place: string; sequence: number | string }>(
      'SELECT s.place, s.sequence FROM sco_state s JOIN attempt a ON a.id = s.attemptId WHERE a.enrolmentId = ?',
      [enrolmentId],
    );
    expect([state!.place, Number(state!.sequence)]).toEqual(['p3', 30]);
  });

  it('counts what a late message says of one unit also when the others are done after it', async () => {
    const { enrolmentId } = await course(scorm12MultiPackage());
    const client = await open(enrolmentId);
    await client.commit({ lesson_status: 'incomplete' }, { unit: 0, sequence: 50 });
    await client.commit({ lesson_status: 'completed' }, { unit: 0, sequence: 40 });
    await client.commit({ lesson_status: 'completed' }, { unit: 1, sequence: 60 });
    expect((await enrolment(enrolmentId)).state).toBe('completed');
  });

  it('notes content that never says how far it is once, and two messages under one number without fault', async () => {
    const { enrolmentId } = await course(scorm12Package());
    const client = await open(enrolmentId);
    for (let n = 0; n < 4; n += 1) await client.commit({ lesson_status: 'not attempted' });
    expect(await app.count('completion_event', `enrolmentId = ${enrolmentId}`)).toBe(1);
    expect((await enrolment(enrolmentId)).state).toBe('in_progress');
    const twice = await Promise.all(
      ['completed', 'passed'].map((status) => client.commit({ lesson_status: status }, { sequence: 99 })),
    );
    expect(twice.map((answer) => answer.status)).toEqual([200, 200]);
    expect(await enrolment(enrolmentId)).toMatchObject({ state: 'completed', success: 'passed' });
  });

  it('lets units complete at once without losing one', async () => {
    const { enrolmentId } = await course(scorm12MultiPackage());
    const client = await open(enrolmentId);
    await Promise.all([
      client.commit({ lesson_status: 'completed' }, { unit: 0 }),
      client.commit({ lesson_status: 'completed' }, { unit: 1 }),
      client.commit({ lesson_status: 'incomplete' }, { unit: 0 }),
    ]);
    expect((await enrolment(enrolmentId)).state).toBe('completed');
  });

  it.each([
    ['no JSON', '{'],
    ['no message', '{}'],
    [
      'a unit that is not there',
      JSON.stringify({ unit: 7, sequence: 1, payload: { runtimeData: { cmi: {} } } }),
    ],
    ['a prototype', '{"unit":0,"sequence":1,"payload":{"runtimeData":{"cmi":{"__proto__":{"x":1}}}}}'],
  ])('refuses %s and keeps nothing', async (_, body) => {
    const { enrolmentId } = await course(scorm12Package());
    const client = await open(enrolmentId);
    expect(await client.send(body)).toMatchObject({ status: 400, body: { result: false } });
    expect((await enrolment(enrolmentId)).state).toBe('not_started');
  });

  it('opens nothing with a token that is unknown, too old, signed out or left', async () => {
    const { enrolmentId } = await course(scorm12Package());
    expect(await new ContentClient(app, 'x'.repeat(43)).commit({})).toMatchObject({ status: 401 });
    const left = await open(enrolmentId);
    expect((await left.send('', 'slut')).status).toBe(204);
    expect(await left.commit({})).toMatchObject({ status: 410 });
    expect((await left.page()).text).toContain('E-læringen er lukket');
    const old = await open(enrolmentId);
    app.clock.advance(FAR);
    expect(await old.commit({ lesson_status: 'passed' })).toMatchObject({
      status: 401,
      body: { reason: 'expired' },
    });
    expect((await old.page()).status).toBe(410);
    world.leader = await signIn(app, 'leder.751@ddh.test');
    world.secretariat = await signIn(app, 'sekretariat@ddh.test');
    world.foreignLeader = await signIn(app, 'leder.615@ddh.test');
    expect((await enrolment(enrolmentId)).state).toBe('not_started');
  });

  it('opens an enrolment for nobody but its learner', async () => {
    const { enrolmentId } = await course(scorm12Package());
    const answer = await fetch(`${app.url}/laer/${enrolmentId}`, {
      method: 'POST',
      body: new URLSearchParams(),
      headers: { authorization: `Bearer ${world.foreignLeader.token}` },
    });
    expect(answer.status).toBe(404);
  });

  it('keeps who has begun on the version begun, and asks who is through to take a version that says so', async () => {
    const { courseId, enrolmentId } = await course(scorm12Package());
    await (await open(enrolmentId)).commit({ lesson_status: 'incomplete' });
    await publish(await addVersion(courseId, await scorm12MultiPackage()));
    expect((await (await open(enrolmentId)).page()).text).not.toContain('Anden del');
    expect((await (await open(enrolmentId, 'begin_again')).page()).text).toContain('Anden del');

    const second = await open(enrolmentId);
    for (const unit of [0, 1]) await second.commit({ lesson_status: 'completed' }, { unit });
    const { body: preview } = await world.secretariat.get(
      `/course-versions/${await addVersion(courseId, await scorm12Package(), true)}/publications/preview`,
    );
    expect(preview).toMatchObject({ retakers: 1 });
    const [version] = await app.rows<{ id: number }>(
      "SELECT MAX(id) AS id FROM course_version WHERE courseId = ? AND state = 'approved'",
      [courseId],
    );
    await publish(version!.id);
    expect(await enrolment(enrolmentId)).toEqual({
      state: 'completed',
      success: null,
      retakeVersionId: version!.id,
    });
    expect(await app.count('mail', `template = 'course-again' AND aboutId = ${enrolmentId}`)).toBe(1);
    const third = await open(enrolmentId);
    await third.commit({ lesson_status: 'completed' });
    expect((await enrolment(enrolmentId)).retakeVersionId).toBeNull();
    expect(await app.count('attempt', `enrolmentId = ${enrolmentId}`)).toBe(3);
  });

  it('shows what is wrong when the files are gone, and tells the secretariat', async () => {
    const zip = scorm12Package();
    const { enrolmentId } = await course(zip);
    const client = await open(enrolmentId);
    const [stored] = await app.rows<{ checksum: string }>(
      `SELECT p.checksum FROM content_package p JOIN course_version v ON v.packageId = p.id
         JOIN attempt a ON a.courseVersionId = v.id WHERE a.enrolmentId = ?`,
      [enrolmentId],
    );
    await rm(join(app.env.CONTENT_DIR, 'packages', stored!.checksum), { recursive: true });
    const page = await client.page();
    expect(page.status).toBe(503);
    expect(page.text).toContain('E-læringen kan ikke åbnes lige nu');
    expect(await app.count('task', "kind = 'package_missing'")).toBe(1);
    // The same zip again puts the files back.
    await course(zip);
    expect((await client.page()).status).toBe(200);
  });

  it('lets the secretariat try a draft, and shows what it reported', async () => {
    const { courseId, enrolmentId } = await course(scorm12Package());
    const versionId = await addVersion(courseId, await scorm12MultiPackage());
    const answer = await fetch(`${app.url}/e-laering/${courseId}/versioner/${versionId}/proev`, {
      method: 'POST',
      redirect: 'manual',
      headers: { authorization: `Bearer ${world.secretariat.token}` },
    });
    const client = new ContentClient(app, ContentClient.tokenOf(answer.headers.get('location')!));
    await client.commit({ lesson_status: 'completed' });
    const saved = await client.commit({ lesson_status: 'passed' }, { unit: 1 });
    expect(saved.body).toMatchObject({ state: null, isFinished: true });
    expect((await enrolment(enrolmentId)).state).toBe('not_started');
    const [attempt] = await app.rows<{ id: number }>(
      'SELECT id FROM attempt WHERE enrolmentId IS NULL ORDER BY id DESC LIMIT 1',
    );
    const shown = await world.secretariat.call('GET', `/e-laering/forsoeg/${attempt!.id}`);
    expect(shown.text).toContain('blev prøvet');
  });
});

(isMariadb ? describe : describe.skip)('two instances behind one content folder', () => {
  it('open on one, and save on the other', async () => {
    const database = await createTestDatabase();
    const first = await TestApp.start({}, database);
    const world = await buildWorld(first);
    const second = await TestApp.start({}, database, first.clock);
    try {
      const made = await world.secretariat.post('/courses', {
        code: 'to-instanser',
        title: 'Delt',
        audience: 'leader',
        estimatedMinutes: 10,
      });
      const zip = new Uint8Array(await scorm12Package());
      const uploaded = await world.secretariat.upload(
        `/courses/${made.body['id']}/versions`,
        zip,
        {},
        'p.zip',
      );
      await world.secretariat.post(`/course-versions/${uploaded.body['id']}/approvals`, {});
      await world.secretariat.post(`/course-versions/${uploaded.body['id']}/publications`, {});
      const { body } = await world.secretariat.get(
        `/enrolments?courseId=${made.body['id']}&personId=${world.leaderId}`,
      );
      const opened = await fetch(`${first.url}/laer/${body['items'][0].id}`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams(),
        headers: { authorization: `Bearer ${world.leader.token}` },
      });
      const token = ContentClient.tokenOf(opened.headers.get('location')!);
      const page = await new ContentClient(second, token).page();
      const files = /"url":"(\/pakke\/[^"]+)"/.exec(page.text)![1]!;
      expect((await fetch(second.contentUrl + files)).status).toBe(200);
      expect((await new ContentClient(second, token).commit({ lesson_status: 'passed' })).body).toMatchObject(
        {
          state: 'completed',
        },
      );
      expect((await new ContentClient(first, token).page()).status).toBe(200);
    } finally {
      await second.stop({ keepDatabase: true });
      await first.stop();
    }
  });
});
