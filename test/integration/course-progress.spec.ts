import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { execute, insertRow } from '../../src/database/sql.js';
import { UnitOfWork, type Tx } from '../../src/database/unit-of-work.js';
import { EnrolmentService, type Enrolment } from '../../src/modules/courses/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { ReminderService } from '../../src/modules/onboarding/index.js';
import type { ContentPackage } from '../../src/modules/packages/index.js';
import type { Attempt, Launch, ScoState } from '../../src/modules/player/index.js';
import { PASSWORD, signIn } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { addCourse, anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

const DAY_MS = 24 * 3_600_000;
const REMINDERS = "template IN ('elearning-reminder', 'elearning-retake-reminder')";
const ONE_UNIT = ['Det hele'];
const TWO_UNITS = ['Velkommen', 'Opkald'];

interface Learner {
  agentId: number;
  personId: number;
  enrolmentId: number;
  name: string;
  email: string;
}

describe('the follow-up of a course', () => {
  let app: TestApp;
  let world: World;
  let today: string;
  let courseId: number;
  let versionId: number;

  beforeEach(async () => {
    app = await TestApp.start();
    // A Saturday night: what answers an action goes out at once all the same.
    app.clock.set('2026-11-21T21:00:00Z');
    today = localDateOf(app.clock.now());
    world = await buildWorld(app);
    courseId = world.courseId;
    [{ id: versionId }] = (await app.rows('SELECT id FROM course_version')) as [{ id: number }];
  });
  afterEach(() => app.stop());

  const write = <T>(work: (tx: Tx) => Promise<T>) => app.get(UnitOfWork).run(work);
  const ago = (days: number) => new Date(app.clock.now().getTime() - days * DAY_MS);
  const progress = async (query = '') =>
    (await world.secretariat.get(`/courses/${courseId}/progress${query}`)).body;
  const reminders = (where = '1 = 1') => app.count('mail', `${REMINDERS} AND ${where}`);

  /** An agent of Aarhus who has been welcomed. */
  async function learner(changes: Record<string, unknown> = {}): Promise<Learner> {
    const { body } = await world.leader.post('/agents', anAgent({ startOn: addDays(today, 90), ...changes }));
    await app.get(MailDispatcher).run();
    const [row] = await app.rows<{ id: number }>(
      'SELECT id FROM enrolment WHERE personId = ? AND courseId = ?',
      [body['personId'], courseId],
    );
    const { id: agentId, personId, email, lastName } = body;
    return { agentId, personId, email, name: `Anna ${lastName}`, enrolmentId: row!.id };
  }

  const learners = async (count: number, changes: Record<string, unknown> = {}) => {
    const made: Learner[] = [];
    for (let left = count; left > 0; left -= 1) made.push(await learner(changes));
    return made;
  };

  const set = (enrolmentId: number, columns: Partial<Enrolment>) =>
    write((tx) =>
      execute(
        tx,
        `UPDATE enrolment SET ${Object.keys(columns)
          .map((name) => `${name} = ?`)
          .join(', ')} WHERE id = ?`,
        [...(Object.values(columns) as string[]), enrolmentId],
      ),
    );

  /** Makes a package of the published version. */
  const play = (titles: string[]) =>
    write(async (tx) => {
      const scos = titles.map((title, index) => ({ id: `s${index}`, title, kind: 'sco', isVisible: true }));
      const packageId = await insertRow<ContentPackage>(tx, 'content_package', {
        checksum: String(unique()).padStart(64, '0'),
        fileName: 'p.zip',
        standard: 'scorm-1.2',
        title: 'Pakke',
        manifest: JSON.stringify({ standard: 'scorm-1.2', title: 'Pakke', scos }),
        sizeBytes: 1,
        fileCount: 1,
        uploadedByPersonId: world.leaderId,
        createdAt: app.clock.now(),
      });
      await execute(tx, 'UPDATE course_version SET packageId = ?, launchUrl = NULL WHERE id = ?', [
        packageId,
        versionId,
      ]);
    });

  interface Sitting {
    number?: number;
    startedAt: Date;
    completedAt?: Date;
    seconds?: number[];
    mode?: 'normal' | 'review';
    place?: string | null;
    unit?: number;
    unitCompleted?: boolean;
  }

  /** An attempt with its sittings and what it stored. */
  const attempt = ({ personId, enrolmentId }: Learner, sitting: Sitting) =>
    write(async (tx) => {
      const { startedAt, completedAt = null, seconds = [60], mode = 'normal' } = sitting;
      const attemptId = await insertRow<Attempt>(tx, 'attempt', {
        personId,
        enrolmentId,
        courseVersionId: versionId,
        number: sitting.number ?? 1,
        completion: null,
        success: null,
        scoreScaled: null,
        startedAt,
        completedAt,
      });
      const launchId = await addLaunches(tx, attemptId, seconds, mode, startedAt);
      if (sitting.unit === undefined) return;
      await insertRow<ScoState>(tx, 'sco_state', {
        attemptId,
        scoIndex: sitting.unit,
        launchId,
        sequence: 1,
        cmi: '{}',
        completion: sitting.unitCompleted ? 'completed' : 'incomplete',
        success: null,
        scoreScaled: null,
        place: sitting.place ?? null,
        secondsBefore: 0,
        secondsNow: 1,
        isClosed: true,
        updatedAt: startedAt,
      });
    });

  async function addLaunches(tx: Tx, attemptId: number, seconds: number[], mode: Launch['mode'], at: Date) {
    let launchId = 0;
    for (const duration of seconds)
      launchId = await insertRow<Launch>(tx, 'launch', {
        attemptId,
        sessionId: 1,
        tokenHash: String(unique()).padStart(64, 'x'),
        mode,
        sequence: 1,
        seconds: duration,
        startedAt: at,
        lastSeenAt: at,
        expiresAt: at,
        endedAt: at,
      });
    return launchId;
  }

  /** The newest version is to be taken again since so many days. */
  const askAgain = async (enrolmentIds: number[], days: number) => {
    await write((tx) =>
      execute(tx, 'UPDATE course_version SET publishedAt = ? WHERE id = ?', [ago(days), versionId]),
    );
    for (const id of enrolmentIds)
      await set(id, { state: 'completed', completedAt: ago(100), retakeVersionId: versionId });
  };

  const secretary = async () => {
    const browser = new Browser(app.url);
    const page = await browser.get('/log-ind');
    await browser.submit(page, '/log-ind', { email: 'sekretariat@ddh.test', password: PASSWORD });
    return browser;
  };
  const late = async () => (await progress())['late'].items as Record<string, any>[];

  it('is of a course that exists, for the secretariat and programs that may read courses', async () => {
    expect((await world.secretariat.get('/courses/999999/progress')).status).toBe(404);
    expect((await world.leader.get(`/courses/${courseId}/progress`)).status).toBe(403);
    expect((await world.secretariat.get(`/courses/${courseId}/progress?cursor=x`)).status).toBe(400);
    const token = async (scope: string) => {
      const made = await world.secretariat.post('/api-tokens', { name: scope, scopes: [scope], days: 1 });
      const headers = { authorization: `Bearer ${made.body['token']}` };
      return (await fetch(`${app.url}/api/v1/courses/${courseId}/progress`, { headers })).status;
    };
    expect([await token('courses:read'), await token('agents:read')]).toEqual([200, 403]);
  });

  it('counts the steps of those who are here, and by themselves those who have left', async () => {
    const [begun, opened, done, passed, waived, again, left] = (await learners(8)) as [
      Learner,
      Learner,
      Learner,
      Learner,
      Learner,
      Learner,
      Learner,
    ];
    await set(begun.enrolmentId, { state: 'in_progress', begunAt: ago(2) });
    await attempt(opened, { startedAt: ago(2) });
    const through = { state: 'completed', begunAt: ago(2), completedAt: ago(1) } as const;
    await set(done.enrolmentId, through);
    await set(passed.enrolmentId, { ...through, success: 'passed' });
    await set(waived.enrolmentId, { state: 'waived' });
    await set(again.enrolmentId, { ...through, retakeVersionId: versionId });
    await set(left.enrolmentId, through);
    await write((tx) =>
      execute(tx, 'UPDATE employment SET openAgentId = NULL WHERE agentId = ?', [left.agentId]),
    );
    const { current, left: gone } = await progress();
    expect(current).toEqual({ enrolled: 7, begun: 5, completed: 3, passed: 1, waived: 1, retake: 1 });
    expect(gone).toEqual({ enrolled: 1, begun: 1, completed: 1, passed: 0, waived: 0, retake: 0 });
    const page = await (await secretary()).get(`/e-laering/${courseId}/deltagere`);
    expect(page.text).toContain('<progress class="vk-bar" max="7" value="3" aria-label="Gennemført">');
    expect(page.text).toMatch(/71,4\u00a0%/);
    expect(page.text).not.toMatch(/ style=/);
  });

  it('counts a leader in office as being here, whatever becomes of the agent in the same person', async () => {
    courseId = await write((tx) =>
      addCourse(tx, app.clock.now(), { audience: 'leader', requiredBeforeFirstShift: true }),
    );
    for (const id of [world.leaderId, world.foreignLeaderId])
      await write((tx) => app.get(EnrolmentService).enrol(tx, id, courseId));
    await write((tx) =>
      execute(tx, 'UPDATE person SET deactivatedAt = ? WHERE id = ?', [ago(1), world.foreignLeaderId]),
    );
    const { current, left, late: list } = await progress();
    expect([current.enrolled, left.enrolled]).toEqual([1, 1]);
    // A course for leaders stands before nobody's first shift.
    expect(list.items).toEqual([]);
  });

  it('tells times from five people on: the sittings of an attempt together, looking back left out', async () => {
    const people = await learners(5);
    const minutes = [10, 20, 30, 40, 100];
    for (const [index, person] of people.slice(0, 4).entries()) {
      const half = minutes[index]! * 30;
      await attempt(person, { startedAt: ago(3), completedAt: ago(2), seconds: [half, half] });
      await set(person.enrolmentId, {
        state: 'completed',
        completedAt: ago(index),
        enrolledOn: addDays(today, -10),
      });
    }
    // The same person twice is no fifth one.
    await attempt(people[0]!, { number: 2, startedAt: ago(1), completedAt: ago(1), seconds: [99_999] });
    expect(await progress()).toMatchObject({
      minutes: [{ version: 1, people: 4, median: null }],
      daysToCompletion: { people: 4, median: null },
    });
    await attempt(people[4]!, { startedAt: ago(3), completedAt: ago(2), seconds: [6000] });
    await write((tx) =>
      execute(
        tx,
        `INSERT INTO launch (attemptId, sessionId, tokenHash, mode, sequence, seconds, startedAt, lastSeenAt, expiresAt)
          SELECT id, 1, CONCAT('review', id), 'review', 1, 90000, startedAt, startedAt, startedAt FROM attempt`,
      ),
    );
    // Imported from before Vagtklar: completed before the enrolment.
    await set(people[4]!.enrolmentId, { state: 'completed', completedAt: ago(400), enrolledOn: today });
    expect(await progress()).toMatchObject({
      minutes: [{ version: 1, people: 5, median: 30 }],
      daysToCompletion: { people: 4, median: null },
    });
    await set(people[4]!.enrolmentId, { completedAt: ago(0), enrolledOn: today });
    expect((await progress())['daysToCompletion']).toEqual({ people: 5, median: 8 });
  });

  it('tells where people stop by unit, once they have been away for seven days', async () => {
    await play(TWO_UNITS);
    const people = await learners(5);
    const [first, second, active, through] = people as [Learner, Learner, Learner, Learner];
    for (const person of people) await set(person.enrolmentId, { state: 'in_progress', begunAt: ago(20) });
    await attempt(first, { startedAt: ago(7), unit: 0, place: 'Anna Agent' });
    await attempt(second, { startedAt: ago(20), unit: 0, unitCompleted: true });
    await attempt(active, { startedAt: ago(6.9), unit: 1 });
    await attempt(through, { startedAt: ago(20), unit: 0 });
    await set(through.enrolmentId, { state: 'completed' });
    expect((await progress())['stopped']).toEqual({
      units: [
        { version: 1, unit: 0, title: 'Velkommen', people: 1, places: [] },
        { version: 1, unit: 1, title: 'Opkald', people: 1, places: [] },
      ],
      elsewhere: 1,
    });
  });

  it('tells the place in a package of one unit from five people on', async () => {
    await play(ONE_UNIT);
    for (const [index, person] of (await learners(9)).entries()) {
      await set(person.enrolmentId, { state: 'in_progress', begunAt: ago(20) });
      const place = index < 5 ? 'Side 4' : index < 8 ? 'Kun få' : '{"p":1}';
      await attempt(person, { startedAt: ago(10), unit: 0, place });
    }
    const { units } = (await progress())['stopped'];
    expect(units).toEqual([
      {
        version: 1,
        unit: 0,
        title: 'Det hele',
        people: 9,
        places: [
          { place: 'Side 4', people: 5 },
          { place: null, people: 4 },
        ],
      },
    ]);
    const page = await (await secretary()).get(`/e-laering/${courseId}/deltagere`);
    expect(page.text).toContain('<li>Side 4: 5</li><li>Et sted i forløbet: 4</li>');
    expect(page.text).not.toContain('Kun få');
  });

  it('lists who is late as the journey has it, the most late first, in pages', async () => {
    const at = (days: number) => ({ startOn: addDays(today, -40), firstShiftOn: addDays(today, days) });
    const soon = await learner(at(7));
    const yesterday = await learner(at(-1));
    const start = await learner({ startOn: addDays(today, -5) });
    await learner(at(8));
    const through = await learner(at(-3));
    await set(through.enrolmentId, { state: 'waived' });
    const existing = await learner({ ...at(-3), kind: 'existing' });
    await learner();
    await askAgain([existing.enrolmentId], 15);
    expect(
      (await late()).map((one) => [one['enrolmentId'], one['reason'], one['state'], one['days']]),
    ).toEqual([
      [start.enrolmentId, 'first_shift', 'late', 5],
      ...[existing, yesterday]
        .toSorted((a, b) => a.enrolmentId - b.enrolmentId)
        .map(({ enrolmentId }) => [
          enrolmentId,
          enrolmentId === existing.enrolmentId ? 'retake' : 'first_shift',
          'late',
          1,
        ]),
      [soon.enrolmentId, 'first_shift', 'soon', -7],
    ]);
    for (const { agentId, state } of await late()) {
      if (agentId === existing.agentId) continue;
      const { steps } = (await world.secretariat.get(`/agents/${agentId}/journey`)).body;
      const step = steps.find((one: { kind: string }) => one.kind === 'elearning');
      expect([agentId, step.state === 'late']).toEqual([agentId, state === 'late']);
    }
    const seen: number[] = [];
    let cursor = '';
    do {
      const { items, nextCursor } = (await progress(`?limit=2${cursor}`))['late'];
      seen.push(...items.map((one: { enrolmentId: number }) => one.enrolmentId));
      cursor = nextCursor && `&cursor=${nextCursor}`;
    } while (cursor);
    expect(seen).toEqual((await late()).map((one) => one['enrolmentId']));
    await askAgain([], 14);
    expect((await late()).map((one) => one['reason'])).not.toContain('retake');
  });

  it('reminds one at once, at night too, and says so', async () => {
    const person = await learner({ startOn: addDays(today, -5) });
    const browser = await secretary();
    const path = `/e-laering/${courseId}/deltagere`;
    const page = await browser.get(path);
    expect(page.text).toContain(`<a href="/agenter/${person.agentId}">${person.name}</a>`);
    expect(page.text).toContain('5 dage over');
    const after = await browser.submit(page, `${path}/${person.enrolmentId}/paamind`);
    expect(after.text).toContain('Påmindelsen er på vej.');
    expect(after.text).not.toContain(`action="${path}/${person.enrolmentId}/paamind"`);
    await app.get(MailDispatcher).run();
    const mail = (await capturedMails(app, person.email)).at(-1)!;
    expect(mail.subject).toBe('Husk e-læringen, før du skal på vagt');
    expect(mail.text).toContain('Den skulle være gennemført før den 16. november 2026');
    expect(mail.text).toMatch(/Gå til e-læringen: http:\/\/localhost:3000\/v\/\S+/);
    expect(
      await app.count('audit_entry', `action = 'elearning.reminded' AND subjectId = ${person.enrolmentId}`),
    ).toBe(1);
    expect((await late())[0]!['lastReminderAt']).toMatch(/^2026-11-21T/);
    expect((await browser.post(`${path}/999999/paamind`, { _csrf: page.csrf })).status).toBe(404);
    app.clock.advance(DAY_MS - 60_000);
    await browser.post(`${path}/${person.enrolmentId}/paamind`, { _csrf: page.csrf });
    expect(await reminders()).toBe(1);
    app.clock.advance(120_000);
    const fresh = await secretary();
    await fresh.submit(await fresh.get(path), `${path}/${person.enrolmentId}/paamind`);
    expect(await reminders()).toBe(2);
  });

  it('shows beforehand who is written to and who is not, and then does just that', async () => {
    const people = await learners(3, { startOn: addDays(today, -5) });
    const unwelcomed = await world.leader.post(
      '/agents',
      anAgent({ startOn: addDays(today, 2), welcomeOn: addDays(today, 1) }),
    );
    const browser = await secretary();
    const path = `/e-laering/${courseId}/deltagere`;
    await browser.submit(await browser.get(path), `${path}/${people[0]!.enrolmentId}/paamind`);
    const preview = await browser.get(`${path}/paamind`);
    expect(preview.text).toContain('2 personer får en mail, og 2 personer får ingen nu.');
    expect(preview.text).toContain('En påmindelse er på vej');
    expect(preview.text).toContain('Velkomstmailen er ikke sendt endnu');
    expect(preview.text).toContain('Ingen får to påmindelser inden for 24 timer.');
    expect(await reminders()).toBe(1);
    await browser.submit(preview, `${path}/paamind`);
    expect(await reminders()).toBe(3);
    expect(await reminders(`toPersonId = ${unwelcomed.body['personId']}`)).toBe(0);
    expect(await reminders(`toPersonId = ${world.leaderId}`)).toBe(0);
    expect((await browser.get(`${path}/paamind`)).text).toContain(
      'Ingen får en mail, og 4 personer får ingen nu.',
    );
    const again = await browser.post(`${path}/paamind`, { _csrf: preview.csrf });
    expect(again.location).toContain('done=nobody_reminded');
  });

  it('sends one mail each when ten press at once', async () => {
    const people = await learners(4, { startOn: addDays(today, -5) });
    const browser = await secretary();
    const { csrf } = await browser.get(`/e-laering/${courseId}/deltagere/paamind`);
    const path = `/e-laering/${courseId}/deltagere`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        browser.post(index % 2 ? `${path}/paamind` : `${path}/${people[0]!.enrolmentId}/paamind`, {
          _csrf: csrf,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    for (const { personId } of people) expect(await reminders(`toPersonId = ${personId}`)).toBe(1);
    expect(await app.count('audit_entry', "action = 'elearning.reminded'")).toBe(4);
  });

  it('sends one mail to a person who is late with two courses', async () => {
    const other = await write((tx) => addCourse(tx, app.clock.now()));
    const person = await learner({ startOn: addDays(today, -5) });
    const browser = await secretary();
    const { csrf } = await browser.get(`/e-laering/${courseId}/deltagere`);
    await Promise.all(
      [courseId, other].map((id) => browser.post(`/e-laering/${id}/deltagere/paamind`, { _csrf: csrf })),
    );
    expect(await reminders(`toPersonId = ${person.personId}`)).toBe(1);
  });

  it.each<[string, (person: Learner) => Promise<unknown>]>([
    ['completed', (person) => set(person.enrolmentId, { state: 'completed' })],
    ['been let off', (person) => set(person.enrolmentId, { state: 'waived' })],
    [
      'left',
      (person) =>
        write((tx) =>
          execute(tx, 'UPDATE employment SET openAgentId = NULL WHERE agentId = ?', [person.agentId]),
        ),
    ],
  ])(
    'does not remind somebody who has %s since the page was shown, nor send what is queued',
    async (_, change) => {
      const [queued, shown] = (await learners(2, { startOn: addDays(today, -5) })) as [Learner, Learner];
      const browser = await secretary();
      const path = `/e-laering/${courseId}/deltagere`;
      const page = await browser.get(path);
      await browser.submit(page, `${path}/${queued.enrolmentId}/paamind`);
      await change(queued);
      await change(shown);
      const answer = await browser.post(`${path}/${shown.enrolmentId}/paamind`, { _csrf: page.csrf });
      expect(answer.location).toContain('done=nobody_reminded');
      await app.get(MailDispatcher).run();
      expect(await reminders()).toBe(1);
      expect(await reminders("state = 'cancelled'")).toBe(1);
    },
  );

  it('leaves alone for a day whom the reminders by themselves would write to', async () => {
    app.clock.set('2026-11-24T18:00:00Z');
    today = '2026-11-24';
    world.leader = await signIn(app, 'leder.751@ddh.test');
    const person = await learner({ startOn: '2026-11-24', firstShiftOn: '2026-12-01' });
    const browser = await secretary();
    const path = `/e-laering/${courseId}/deltagere`;
    await browser.submit(await browser.get(path), `${path}/${person.enrolmentId}/paamind`);
    await app.get(MailDispatcher).run();
    // Two weekdays before the first shift is Friday 27 November; a second press comes the evening before.
    app.clock.set('2026-11-26T18:00:00Z');
    const evening = await secretary();
    await evening.submit(await evening.get(path), `${path}/${person.enrolmentId}/paamind`);
    await app.get(MailDispatcher).run();
    expect(await reminders()).toBe(2);
    app.clock.set('2026-11-27T08:00:00Z');
    await app.get(ReminderService).run();
    expect(await reminders()).toBe(2);
    app.clock.set('2026-11-27T18:30:00Z');
    await app.get(ReminderService).run();
    expect(await reminders()).toBe(3);
  });

  it('asks a leader to take a new version with the words for it, and nobody who has taken it since', async () => {
    const opened = instantAt(addDays(today, -60), '12:00');
    courseId = await write((tx) => addCourse(tx, opened, { audience: 'leader', title: 'Ledelse' }));
    [{ id: versionId }] = (await app.rows('SELECT id FROM course_version WHERE courseId = ?', [
      courseId,
    ])) as [{ id: number }];
    for (const id of [world.leaderId, world.foreignLeaderId])
      await write((tx) => app.get(EnrolmentService).enrol(tx, id, courseId));
    const rows = await app.rows<{ id: number; personId: number }>(
      'SELECT id, personId FROM enrolment WHERE courseId = ? ORDER BY id',
      [courseId],
    );
    await askAgain(
      rows.map(({ id }) => id),
      20,
    );
    const browser = await secretary();
    const path = `/e-laering/${courseId}/deltagere`;
    const page = await browser.get(path);
    expect(page.text).toContain(`href="/indstillinger/brugere/${world.leaderId}"`);
    await browser.submit(await browser.get(`${path}/paamind`), `${path}/paamind`);
    const taken = rows.find(({ personId }) => personId === world.foreignLeaderId)!;
    await set(taken.id, { retakeVersionId: null });
    await app.get(MailDispatcher).run();
    const [mail] = (await capturedMails(app, 'leder.751@ddh.test')).filter(
      ({ subject }) => subject === 'Husk at tage e-læringen igen',
    );
    const own = rows.find(({ personId }) => personId === world.leaderId)!;
    expect(mail!.text).toContain(`Gå til e-læringen: http://localhost:3000/laer/${own.id}`);
    expect(mail!.text).not.toContain('ny agent');
    expect(mail!.text).not.toContain('din leder');
    expect(await reminders("state = 'cancelled'")).toBe(1);
  });
});
