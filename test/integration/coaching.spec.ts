import { execute, toInstant } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { TalkClock } from '../../src/modules/quality/coaching/talk-clock.js';
import { signIn, type Api, type ApiAnswer } from '../support/api.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { addCaseAgent, addCoach, signInAgent, type CaseAgent, type TestCoach } from '../support/coaching.js';
import { mailedCalendars, signedIn } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

// A Monday.
const NOW = '2026-09-14T08:00:00Z';
const LINK = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x';

interface Talk {
  id: number;
  version: number;
  coachId: number;
}

describe('coaching talks', () => {
  let app: TestApp;
  let secretariat: Api;
  let leader: Api;
  let foreignLeader: Api;
  let leaderId: number;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(NOW);
    ({ leaderId } = await buildWorld(app, { withCourse: false }));
  });
  beforeEach(async () => {
    app.clock.set(NOW);
    ({ secretariat, leader, foreignLeader } = await signedIn(app));
    await app.get(UnitOfWork).run(async (tx) => {
      for (const table of ['coaching_time', 'coaching_talk', 'coach_grant', 'task', 'mail', 'audit_entry'])
        await execute(tx, `DELETE FROM ${table}`);
    });
  });
  afterAll(() => app.stop());

  const inDays = (days: number, time: `${number}:${number}` = '10:00') =>
    instantAt(addDays(localDateOf(app.clock.now()), days), time).toISOString();
  const post = (caseId: number, body: object = {}): Promise<ApiAnswer> =>
    secretariat.post(`/quality-cases/${caseId}/coaching-talks`, body);
  const mails = (template: string, to: string) =>
    app.count('mail', `template = '${template}' AND toAddress = '${to}'`);
  const put = (api: Api, path: string, body?: unknown) => api.call('PUT', `/api/v1${path}`, body);
  const stateOf = async (talkId: number) =>
    (await secretariat.get(`/coaching-talks/${talkId}`)).body['state'] as string;

  async function offer(agent: CaseAgent, body: object = {}): Promise<Talk> {
    const answer = await post(agent.caseId, body);
    expect(answer.status).toBe(201);
    return answer.body as unknown as Talk;
  }

  /** An agent who has said yes to a coach of Horsens. */
  async function accepted(body: object = {}, coach?: TestCoach) {
    const agent = await addCaseAgent(app, leader);
    const { personId, email } = coach ?? (await addCoach(app, secretariat, '615'));
    const talk = await offer(agent, { coachId: personId, ...body });
    const own = await signInAgent(app, agent);
    const answer = await own.post(`/coaching-talks/${talk.id}/answers`, { answer: 'accept' });
    expect(answer.status).toBe(201);
    return { agent, own, coachEmail: email, coachId: personId, talk: answer.body as unknown as Talk };
  }

  describe('are held by people whom the secretariat has named', () => {
    it('who are listed with what they have to do, and may be taken out again', async () => {
      const coach = await addCoach(app, secretariat, '615');
      expect((await put(secretariat, `/coaches/${coach.personId}`)).status).toBe(204);
      expect((await secretariat.get('/coaches')).body['items']).toEqual([
        expect.objectContaining({
          personId: coach.personId,
          municipalityCode: '615',
          load: 0,
          isAbsent: false,
        }),
      ]);
      expect((await secretariat.delete(`/coaches/${coach.personId}`)).status).toBe(204);
      expect((await secretariat.delete(`/coaches/${coach.personId}`)).status).toBe(404);
      expect((await secretariat.get('/coaches')).body['items']).toEqual([]);
      expect(await app.count('audit_entry', "action = 'coach.granted'")).toBe(1);
    });

    it('but not by somebody who is no user', async () => {
      const agent = await addCaseAgent(app, leader);
      expect(await put(secretariat, `/coaches/${agent.personId}`)).toMatchObject({
        status: 422,
        body: { code: 'coach_not_user' },
      });
      expect((await put(secretariat, '/coaches/999999')).status).toBe(404);
    });
  });

  describe('are offered', () => {
    it('with the load spread evenly over those from elsewhere', async () => {
      const coaches = [
        await addCoach(app, secretariat, '615'),
        await addCoach(app, secretariat, '791'),
        await addCoach(app, secretariat, '751'),
      ];
      const asked: number[] = [];
      for (let n = 0; n < 6; n += 1) asked.push((await offer(await addCaseAgent(app, leader))).coachId);
      const counts = coaches.map(({ personId }) => asked.filter((id) => id === personId).length);
      expect(counts).toEqual([3, 3, 0]);
      const { items } = (await secretariat.get('/coaches')).body;
      expect(items.map(({ load }: { load: number }) => load).sort()).toEqual([0, 3, 3]);
    });

    it('past whoever is away', async () => {
      const [away, there] = [
        await addCoach(app, secretariat, '615'),
        await addCoach(app, secretariat, '791'),
      ];
      const today = localDateOf(app.clock.now());
      await secretariat.post(`/users/${away.personId}/absences`, { from: today, to: addDays(today, 3) });
      for (let n = 0; n < 2; n += 1)
        expect((await offer(await addCaseAgent(app, leader))).coachId).toBe(there.personId);
      // On a day on which both are there, whoever has fewer talks is asked.
      const later = await offer(await addCaseAgent(app, leader), { startsAt: inDays(10) });
      expect(later.coachId).toBe(away.personId);
    });

    it('by nobody when there is nobody, and that is said', async () => {
      await addCoach(app, secretariat, '751');
      const agent = await addCaseAgent(app, leader);
      expect(await post(agent.caseId)).toMatchObject({ status: 422, body: { code: 'no_coach_available' } });
      expect(await app.count('coaching_talk')).toBe(0);
    });

    it('with somebody who is chosen, if that is somebody who may', async () => {
      const own = await addCoach(app, secretariat, '751');
      const [first, second] = [
        await addCoach(app, secretariat, '615'),
        await addCoach(app, secretariat, '791'),
      ];
      const agent = await addCaseAgent(app, leader);
      const refusals = {
        [own.personId]: 'coach_same_municipality',
        [leaderId]: 'coach_not_granted',
        999999: 'coach_not_granted',
      };
      for (const [coachId, code] of Object.entries(refusals))
        expect(await post(agent.caseId, { coachId: Number(coachId) })).toMatchObject({
          status: 422,
          body: { code, errors: [{ field: 'coachId' }] },
        });
      const talk = await offer(agent, { coachId: second.personId });
      expect(talk).toMatchObject({ coachId: second.personId, state: 'offered', version: 1, startsAt: null });
      expect(first.personId).not.toBe(talk.coachId);
    });

    it('never with the own leader, even one who has gone elsewhere', async () => {
      const agent = await addCaseAgent(app, leader);
      const own = await addCoach(app, secretariat, '615', ['leader']);
      await app
        .get(UnitOfWork)
        .run((tx) =>
          execute(tx, 'UPDATE employment SET leaderId = ? WHERE openAgentId = ?', [
            own.personId,
            agent.agentId,
          ]),
        );
      expect(await post(agent.caseId, { coachId: own.personId })).toMatchObject({
        status: 422,
        body: { code: 'coach_is_leader' },
      });
      expect((await post(agent.caseId)).body['code']).toBe('no_coach_available');
    });

    it('on a case that has not ended, and one at a time', async () => {
      await addCoach(app, secretariat, '615');
      for (const state of ['closed', 'withdrawn'] as const) {
        const agent = await addCaseAgent(app, leader, { state });
        expect(await post(agent.caseId)).toMatchObject({ status: 409, body: { code: 'case_ended' } });
      }
      expect((await post(999999)).status).toBe(404);
      const agent = await addCaseAgent(app, leader);
      await offer(agent);
      expect(await post(agent.caseId)).toMatchObject({ status: 409, body: { code: 'talk_under_way' } });
      const [row] = await app.rows('SELECT isTalkRelevant FROM quality_case WHERE id = ?', [agent.caseId]);
      expect(row).toEqual({ isTalkRelevant: 1 });
    });

    it.each(['pending', 'with_agent', 'held'] as const)(
      'once the leader has been told, when it was prepared on a case that is %s',
      async (state) => {
        await addCoach(app, secretariat, '615');
        const agent = await addCaseAgent(app, leader, { state });
        const talk = await post(agent.caseId);
        expect(talk).toMatchObject({ status: 201, body: { state: 'prepared' } });
        const own = await signInAgent(app, agent);
        const clock = app.get(TalkClock);
        const seen = async () => ({
          asked: await mails('coaching-offer', agent.email),
          pages: (await own.call('GET', `/mit/samtaler/${talk.body['id']}`)).status,
        });
        await clock.run();
        expect(await seen()).toEqual({ asked: 0, pages: 404 });
        const held = { version: 1, state: 'held' };
        expect(await secretariat.patch(`/coaching-talks/${talk.body['id']}`, held)).toMatchObject({
          status: 409,
          body: { code: 'talk_not_offered' },
        });
        await app
          .get(UnitOfWork)
          .run((tx) =>
            execute(tx, "UPDATE quality_case SET state = 'notified' WHERE id = ?", [agent.caseId]),
          );
        await clock.run();
        await clock.run();
        expect(await seen()).toEqual({ asked: 1, pages: 200 });
      },
    );

    it('without the time that was meant for it, when that has gone by', async () => {
      await addCoach(app, secretariat, '615');
      const agent = await addCaseAgent(app, leader, { state: 'with_agent' });
      const { id } = (await post(agent.caseId, { startsAt: inDays(1) })).body;
      app.clock.set(inDays(2));
      ({ secretariat } = await signedIn(app));
      await app
        .get(UnitOfWork)
        .run((tx) => execute(tx, "UPDATE quality_case SET state = 'notified' WHERE id = ?", [agent.caseId]));
      await app.get(TalkClock).run();
      expect((await secretariat.get(`/coaching-talks/${id}`)).body).toMatchObject({
        state: 'offered',
        startsAt: null,
      });
      const mail = (await capturedMails(app, agent.email)).at(-1);
      expect(mail!.text).toContain('sparringssamtale');
      expect(mail!.text).not.toContain('Et forslag til tid');
    });

    it('never, when a prepared one is taken back', async () => {
      await addCoach(app, secretariat, '615');
      const agent = await addCaseAgent(app, leader, { state: 'with_agent' });
      const { id } = (await post(agent.caseId)).body;
      const cancelled = { version: 1, state: 'cancelled' };
      expect((await secretariat.patch(`/coaching-talks/${id}`, cancelled)).status).toBe(200);
      const own = await signInAgent(app, agent);
      expect((await own.call('GET', `/mit/samtaler/${id}`)).status).toBe(404);
      expect(await mails('coaching-cancelled', agent.email)).toBe(0);
      expect((await post(agent.caseId)).status).toBe(201);
    });

    it('in a mail that says what it is, without a figure or a reason', async () => {
      await addCoach(app, secretariat, '615');
      const agent = await addCaseAgent(app, leader);
      await offer(agent);
      const [mail] = (await capturedMails(app, agent.email)).filter(({ subject }) =>
        /samtale/.test(subject!),
      );
      expect(mail!.text).toMatch(/frivillig/);
      expect(mail!.text).toMatch(/Horsens/);
      expect(mail!.text).toMatch(/Din leder får ikke at vide/);
      expect(mail!.text).not.toMatch(/straksafklaring|%|31|77/i);
      expect(mail!.subject).not.toContain(agent.lastName);
    });

    it('only with an address over https and a time ahead', async () => {
      await addCoach(app, secretariat, '615');
      const { caseId } = await addCaseAgent(app, leader);
      for (const link of [
        'http://teams.microsoft.com/x',
        'javascript:alert(1)',
        'https://u:p@x.dk/',
        'teams',
      ])
        expect((await post(caseId, { link })).status).toBe(400);
      expect(await post(caseId, { startsAt: inDays(-1) })).toMatchObject({
        status: 422,
        body: { code: 'invalid_talk', errors: [{ field: 'startsAt', code: 'talk_in_the_past' }] },
      });
      expect((await post(caseId, { link: LINK, startsAt: inDays(3), minutes: 45 })).status).toBe(201);
    });

    it('and the same request twice makes one talk', async () => {
      await addCoach(app, secretariat, '615');
      const { caseId } = await addCaseAgent(app, leader);
      const path = `/quality-cases/${caseId}/coaching-talks`;
      const answers = [1, 2].map(() => secretariat.post(path, {}, { 'idempotency-key': 'a-key-of-mine' }));
      const [first, second] = await Promise.all(answers);
      expect(second!.body).toEqual(first!.body);
      expect(await app.count('coaching_talk')).toBe(1);
    });

    it('and the database itself refuses a coach of the own municipality', async () => {
      const agent = await addCaseAgent(app, leader);
      const write = app.get(UnitOfWork).run((tx) =>
        execute(
          tx,
          `INSERT INTO coaching_talk (caseId, agentId, agentMunicipalityCode, coachPersonId, coachMunicipalityCode, state, minutes,
              sequence, offeredByPersonId, createdAt, version) VALUES (?, ?, '751', ?, '751', 'offered', 30, 0, 1, ?, 1)`,
          [agent.caseId, agent.agentId, leaderId, app.clock.now()],
        ),
      );
      await expect(write).rejects.toThrow(/ck_coaching_talk_elsewhere/);
    });
  });

  describe('are answered by the agent', () => {
    it('with a yes that books the time that was offered, in both calendars', async () => {
      const { agent, coachEmail } = await accepted({ startsAt: inDays(3), link: LINK });
      for (const address of [agent.email, coachEmail]) {
        const [calendar] = await mailedCalendars(app, address);
        expect(calendar!.method).toBe('REQUEST');
        expect(calendar!.entries[0]).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
        expect(calendar!.entries[0]!.start.toISOString()).toBe(inDays(3));
        expect(calendar!.entries[0]!.end.toISOString()).toBe(inDays(3, '10:30'));
        expect(calendar!.entries[0]!.description).toContain(LINK);
        expect(calendar!.entries[0]!.attendees).toHaveLength(1);
      }
      const [own] = await mailedCalendars(app, agent.email);
      const [theirs] = await mailedCalendars(app, coachEmail);
      expect(own!.entries[0]!.uid).toBe(theirs!.entries[0]!.uid);
      const rows = await app.rows<{ calendar: string }>(
        'SELECT calendar FROM mail WHERE calendar IS NOT NULL',
      );
      for (const { calendar } of rows) expect(calendar).toContain('CLASS:PRIVATE');
      // Neither address is given to the other.
      expect(rows.filter(({ calendar }) => calendar.includes(agent.email))).toHaveLength(1);
    });

    it('with a yes that books nothing when the time that was offered has gone by', async () => {
      const coach = await addCoach(app, secretariat, '615');
      const agent = await addCaseAgent(app, leader);
      const talk = await offer(agent, { coachId: coach.personId, startsAt: inDays(1) });
      app.clock.set(inDays(2));
      const own = await signInAgent(app, agent);
      expect((await own.call('GET', `/mit/samtaler/${talk.id}`)).text).not.toContain('Ja tak, tiden passer');
      const { body } = await own.post(`/coaching-talks/${talk.id}/answers`, { answer: 'accept' });
      expect(body).toMatchObject({ state: 'accepted', startsAt: null });
      expect(await mails('coaching-booked', agent.email)).toBe(0);
      expect(await mails('coaching-coach', coach.email)).toBe(1);
    });

    it('and what is changed later changes the same entry', async () => {
      const { agent, talk, coachEmail } = await accepted({ startsAt: inDays(3) });
      const coach = await signIn(app, coachEmail);
      const changed = await coach.patch(`/coaching-talks/${talk.id}`, { version: talk.version, link: LINK });
      expect(changed).toMatchObject({ status: 200, body: { link: LINK, state: 'accepted' } });
      const again = { version: changed.body['version'], startsAt: inDays(4), minutes: 60 };
      expect((await coach.patch(`/coaching-talks/${talk.id}`, again)).status).toBe(200);
      expect((await coach.patch(`/coaching-talks/${talk.id}`, again)).body['code']).toBe('stale_version');
      for (const address of [agent.email, coachEmail]) {
        const entries = (await mailedCalendars(app, address)).map(({ entries: [entry] }) => entry!);
        expect(entries.map(({ sequence }) => sequence)).toEqual([0, 1, 2]);
        expect(new Set(entries.map(({ uid }) => uid)).size).toBe(1);
        expect(entries[2]!.start.toISOString()).toBe(inDays(4));
        expect(entries[2]!.end.toISOString()).toBe(inDays(4, '11:00'));
      }
    });

    it('with a no without a reason, of which neither coach nor leader hears', async () => {
      const coach = await addCoach(app, secretariat, '615', ['leader']);
      const agent = await addCaseAgent(app, leader);
      const talk = await offer(agent, { coachId: coach.personId });
      const own = await signInAgent(app, agent);
      const coachApi = await signIn(app, coach.email);
      expect((await coachApi.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
      const path = `/coaching-talks/${talk.id}/answers`;
      expect((await own.post(path, { answer: 'decline', reason: 'x' })).status).toBe(400);
      expect(await own.post(path, { answer: 'decline' })).toMatchObject({
        status: 201,
        body: { state: 'declined' },
      });
      expect((await own.post(path, { answer: 'decline' })).status).toBe(201);
      expect((await own.post(path, { answer: 'accept' })).body['code']).toBe('talk_ended');
      expect(
        await app.count(
          'mail',
          `toAddress IN ('${coach.email}', 'leder.751@ddh.test') AND template LIKE 'coaching%'`,
        ),
      ).toBe(0);
      expect((await coachApi.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
      expect((await coachApi.get('/coaching-talks')).body['items']).toEqual([]);
      // What the coach may ask for of the own data tells nothing of it either.
      const { tables } = (await coachApi.get(`/people/${coach.personId}/data-export`)).body;
      expect(tables.coaching_talk).toEqual([]);
    });

    it('with a no after all, which takes it out of both calendars', async () => {
      const { agent, own, coachEmail, talk } = await accepted({ startsAt: inDays(3), link: LINK });
      await own.post(`/coaching-talks/${talk.id}/answers`, { answer: 'decline' });
      for (const address of [agent.email, coachEmail]) {
        const [made, gone] = await mailedCalendars(app, address);
        expect(gone).toMatchObject({ method: 'CANCEL', entries: [{ sequence: 1, status: 'CANCELLED' }] });
        expect(gone!.entries[0]!.uid).toBe(made!.entries[0]!.uid);
      }
      expect(await app.count('task', "kind = 'talk_cancelled'")).toBe(0);
    });

    it('with up to three times of which the coach takes one', async () => {
      const coach = await addCoach(app, secretariat, '615');
      const agent = await addCaseAgent(app, leader);
      const talk = await offer(agent, { startsAt: inDays(2) });
      const own = await signInAgent(app, agent);
      const answer = (times: string[]) =>
        own.post(`/coaching-talks/${talk.id}/answers`, { answer: 'accept', times });
      expect((await answer([3, 4, 5, 6].map((days) => inDays(days)))).status).toBe(400);
      expect((await answer([inDays(3), inDays(-1)])).body['errors']).toMatchObject([{ field: 'times.1' }]);
      const times = [inDays(5), inDays(3), inDays(4)];
      expect(await answer(times)).toMatchObject({
        status: 201,
        body: { state: 'accepted', startsAt: null, times: times.toSorted() },
      });
      expect(await mails('coaching-booked', agent.email)).toBe(0);
      expect(await mails('coaching-coach', coach.email)).toBe(1);
      const coachApi = await signIn(app, coach.email);
      const { body } = await coachApi.get(`/coaching-talks/${talk.id}`);
      expect(body['times']).toEqual(times.toSorted());
      const fixed = { version: body['version'], startsAt: body['times'][1], link: LINK };
      expect(await coachApi.patch(`/coaching-talks/${talk.id}`, fixed)).toMatchObject({
        status: 200,
        body: { startsAt: inDays(4), times: [] },
      });
      for (const address of [agent.email, coach.email])
        expect((await mailedCalendars(app, address))[0]!.entries[0]!.start.toISOString()).toBe(inDays(4));
    });

    it('and by nobody else', async () => {
      await addCoach(app, secretariat, '615');
      const [agent, other] = [await addCaseAgent(app, leader), await addCaseAgent(app, leader)];
      const talk = await offer(agent);
      const stranger = await signInAgent(app, other);
      expect((await stranger.post(`/coaching-talks/${talk.id}/answers`, { answer: 'accept' })).status).toBe(
        404,
      );
      expect((await stranger.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
      expect((await stranger.call('GET', `/mit/samtaler/${talk.id}`)).status).toBe(404);
    });
  });

  describe('are seen', () => {
    it('by their coach alone, with the figures of the streak, from the yes to the end', async () => {
      const coach = await addCoach(app, secretariat, '615', ['leader']);
      const { agent, talk } = await accepted({}, coach);
      const coachApi = await signIn(app, coach.email);
      const page = await coachApi.call('GET', `/kvalitet/sparring/${talk.id}`);
      expect(page.status).toBe(200);
      expect(page.text).toContain(agent.lastName);
      expect(page.text).toMatch(/august 2026[\s\S]*77[\s\S]*31[\s\S]*40,3/);
      expect(page.text).toContain('1. januar 2025');
      expect(page.text).not.toContain(agent.email);
      expect(page.text).not.toContain(`/kvalitet/sager/${agent.caseId}`);
      const [look] = await app.rows<{ detail: string }>(
        "SELECT detail FROM audit_entry WHERE action = 'figures.viewed' AND subjectId = ? AND actorPersonId = ?",
        [agent.agentId, coach.personId],
      );
      expect(JSON.parse(look!.detail)).toMatchObject({ place: 'talk', role: 'coach' });
      for (const foreign of [leader, foreignLeader]) {
        expect((await foreign.call('GET', `/kvalitet/sparring/${talk.id}`)).status).toBe(404);
        expect((await foreign.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
        expect(
          (await foreign.patch(`/coaching-talks/${talk.id}`, { version: 2, state: 'held' })).status,
        ).toBe(404);
      }
      expect((await coachApi.get(`/agents/${agent.agentId}`)).status).toBe(404);
      expect((await coachApi.call('GET', `/agenter/${agent.agentId}`)).status).toBe(404);
      const ended = await coachApi.patch(`/coaching-talks/${talk.id}`, {
        version: talk.version,
        state: 'held',
      });
      expect(ended).toMatchObject({ status: 200, body: { state: 'held' } });
      expect((await coachApi.call('GET', `/kvalitet/sparring/${talk.id}`)).status).toBe(404);
      expect((await coachApi.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
      expect((await coachApi.get('/coaching-talks')).body['items']).toEqual([]);
      expect(await stateOf(talk.id)).toBe('held');
    });

    it('no longer by the coach when the case has ended', async () => {
      const { agent, talk, coachEmail } = await accepted();
      await app.get(UnitOfWork).run(async (tx) => {
        await execute(
          tx,
          'UPDATE role_assignment SET role = ? WHERE personId = (SELECT id FROM person WHERE email = ?)',
          ['leader', coachEmail],
        );
        await execute(tx, "UPDATE quality_case SET state = 'closed' WHERE id = ?", [agent.caseId]);
      });
      const coach = await signIn(app, coachEmail);
      expect((await coach.get(`/coaching-talks/${talk.id}`)).status).toBe(404);
    });

    it('by no leader, whatever became of them', async () => {
      await addCoach(app, secretariat, '615');
      const agents = [await addCaseAgent(app, leader), await addCaseAgent(app, leader)];
      const talks: Talk[] = [];
      for (const agent of agents) talks.push(await offer(agent));
      const own = await signInAgent(app, agents[0]!);
      await put(own, `/coaching-talks/${talks[0]!.id}/next-step`, { nextStep: 'Bruge guiden om pas mere' });
      await own.post(`/coaching-talks/${talks[0]!.id}/answers`, { answer: 'decline' });
      for (const path of [
        '/api/v1/coaching-talks',
        `/api/v1/coaching-talks?caseId=${agents[0]!.caseId}`,
        '/kvalitet/sparring',
        `/agenter/${agents[0]!.agentId}`,
        '/',
      ]) {
        const { status, text } = await leader.call('GET', path);
        expect({ path, status }).toEqual({ path, status: 200 });
        expect(text).not.toMatch(/declined|Afslået|guiden om pas|sparringssamtale med/i);
        if (path.includes('sparring') || path.includes('coaching'))
          expect(text).not.toContain(agents[0]!.lastName);
      }
      for (const path of ['/coaches', '/coaching-statistics', '/tasks'])
        expect((await leader.get(path)).status).toBe(403);
      expect(await app.count('mail', "toAddress = 'leder.751@ddh.test' AND template LIKE 'coaching%'")).toBe(
        0,
      );
    });
  });

  describe('leave a next step', () => {
    const WORDS = 'Spørge en kollega, før jeg stiller om';

    it('that the agent writes, changes and deletes', async () => {
      const { own, talk } = await accepted();
      const path = `/coaching-talks/${talk.id}/next-step`;
      expect((await own.get(path)).body).toEqual({ nextStep: null });
      expect((await put(own, path, { nextStep: ' ' })).status).toBe(400);
      expect((await put(own, path, { nextStep: 'x'.repeat(501) })).status).toBe(400);
      expect((await put(own, path, { nextStep: 'Først' })).status).toBe(204);
      expect((await put(own, path, { nextStep: `${WORDS}\r\nSå` })).status).toBe(204);
      expect((await own.get(path)).body).toEqual({ nextStep: `${WORDS}\nSå` });
      expect((await own.delete(path)).status).toBe(204);
      expect((await own.get(path)).body).toEqual({ nextStep: null });
    });

    it('that nobody else can read', async () => {
      const coach = await addCoach(app, secretariat, '615');
      const { agent, own, talk } = await accepted({}, coach);
      await put(own, `/coaching-talks/${talk.id}/next-step`, { nextStep: WORDS });
      const coachApi = await signIn(app, coach.email);
      for (const api of [secretariat, coachApi, leader]) {
        const path = `/coaching-talks/${talk.id}/next-step`;
        expect([403, 404]).toContain((await api.get(path)).status);
        expect([403, 404]).toContain((await put(api, path, { nextStep: 'x' })).status);
        for (const seen of [
          `/api/v1/coaching-talks/${talk.id}`,
          '/api/v1/coaching-talks',
          `/kvalitet/sparring/${talk.id}`,
          '/kvalitet/sparring',
          `/kvalitet/sager/${agent.caseId}/sparring`,
          `/mit/samtaler/${talk.id}`,
          `/api/v1/people/${agent.personId}/data-export`,
          `/privatliv/person/${agent.personId}`,
          '/api/v1/audit-entries?limit=200',
          '/api/v1/mails?limit=200',
        ])
          expect((await api.call('GET', seen)).text).not.toContain(WORDS);
      }
      const { body } = await secretariat.get(`/people/${agent.personId}/data-export`);
      expect(body['tables'].coaching_talk).toHaveLength(1);
      expect(body['incomplete']).toContain('coaching_talk');
      expect(JSON.stringify(await app.rows('SELECT detail FROM audit_entry'))).not.toContain(WORDS);
      const { tables, incomplete } = (await own.get(`/people/${agent.personId}/data-export`)).body;
      expect(tables.coaching_talk).toMatchObject([{ nextStep: WORDS, state: 'accepted' }]);
      expect(incomplete).toEqual([]);
      expect((await own.call('GET', `/mit/samtaler/${talk.id}`)).text).toContain(WORDS);
      expect((await own.call('GET', '/privatliv/mine-oplysninger')).text).toContain(WORDS);
    });

    it('that goes when the agent is erased', async () => {
      const { agent, own, talk } = await accepted();
      await put(own, `/coaching-talks/${talk.id}/next-step`, { nextStep: WORDS });
      await leader.post(`/agents/${agent.agentId}/departures`, { on: localDateOf(app.clock.now()) });
      expect((await secretariat.post(`/people/${agent.personId}/erasures`)).status).toBeLessThan(300);
      expect(await app.count('coaching_talk', 'nextStep IS NOT NULL')).toBe(0);
    });
  });

  describe('that have become impossible are cancelled at once, and a task says so', () => {
    async function expectCancelled(talkId: number): Promise<void> {
      expect(await stateOf(talkId)).toBe('cancelled');
      expect(
        await app.count('task', `kind = 'talk_cancelled' AND subjectId = ${talkId} AND doneAt IS NULL`),
      ).toBe(1);
      expect((await secretariat.call('GET', '/opgaver')).text).toContain(`/kvalitet/sparring/${talkId}`);
    }
    const change = async (personId: number, changes: object) => {
      const { version } = (await secretariat.get(`/users/${personId}`)).body;
      const answer = await secretariat.patch(`/users/${personId}`, { version, ...changes });
      expect(answer.status).toBe(200);
    };

    it('when the agent moves', async () => {
      const { agent, talk, coachEmail } = await accepted({ startsAt: inDays(3) });
      const on = localDateOf(app.clock.now());
      const to = { municipalityCode: '615', on };
      expect((await secretariat.post(`/agents/${agent.agentId}/transfers`, to)).status).toBe(201);
      await expectCancelled(talk.id);
      for (const address of [agent.email, coachEmail])
        expect((await mailedCalendars(app, address)).at(-1)!.method).toBe('CANCEL');
      expect(await post(agent.caseId)).toMatchObject({ status: 409, body: { code: 'case_ended' } });
    });

    it('when the agent leaves, who is not written to', async () => {
      const { agent, talk, coachEmail } = await accepted({ startsAt: inDays(3) });
      await leader.post(`/agents/${agent.agentId}/departures`, { on: localDateOf(app.clock.now()) });
      await expectCancelled(talk.id);
      expect(await mails('coaching-cancelled', agent.email)).toBe(0);
      expect(await mails('coaching-cancelled', coachEmail)).toBe(1);
    });

    it('when the coach comes to the agent’s municipality, but not when the coach goes elsewhere', async () => {
      const { agent, talk, coachId } = await accepted();
      await change(coachId, { municipalityCode: '791' });
      expect(await stateOf(talk.id)).toBe('accepted');
      const [row] = await app.rows('SELECT coachMunicipalityCode AS code FROM coaching_talk WHERE id = ?', [
        talk.id,
      ]);
      expect(row).toEqual({ code: '791' });
      await change(coachId, { municipalityCode: '751' });
      await expectCancelled(talk.id);
      expect(await mails('coaching-cancelled', agent.email)).toBe(1);
    });

    it('when the coach is locked out, and is not written to', async () => {
      const { talk, coachId, coachEmail } = await accepted();
      await change(coachId, { active: false });
      await expectCancelled(talk.id);
      expect(await mails('coaching-cancelled', coachEmail)).toBe(0);
    });

    it('when the grant is taken back', async () => {
      const { talk, coachId } = await accepted();
      await secretariat.delete(`/coaches/${coachId}`);
      await expectCancelled(talk.id);
    });

    it('when the coach begins to take calls for the agent’s municipality', async () => {
      const { talk, coachEmail } = await accepted();
      const agent = { kind: 'existing', email: coachEmail, startOn: '2026-09-01', municipalityCode: '751' };
      expect(await secretariat.post('/agents', anAgent(agent))).toMatchObject({ status: 201 });
      await expectCancelled(talk.id);
    });

    it('when the coach cannot after all', async () => {
      const coach = await addCoach(app, secretariat, '615', ['leader']);
      const { agent, talk } = await accepted({}, coach);
      const api = await signIn(app, coach.email);
      await api.patch(`/coaching-talks/${talk.id}`, { version: talk.version, state: 'cancelled' });
      await expectCancelled(talk.id);
      await addCoach(app, secretariat, '791');
      expect((await post(agent.caseId)).status).toBe(201);
    });
  });

  describe('are looked after', () => {
    const run = () => app.get(TalkClock).run();

    it('the coach is asked once, in office hours of the day after, whether it was held', async () => {
      const { talk, coachEmail } = await accepted({ startsAt: inDays(1, '15:00') });
      app.clock.set('2026-09-15T20:00:00Z');
      await run();
      const asked = () => app.count('mail', `dedupeKey = 'coaching-held:${talk.id}:0'`);
      expect(await asked()).toBe(0);
      app.clock.set('2026-09-16T03:00:00Z');
      await run();
      await run();
      expect(await asked()).toBe(1);
      const [mail] = await app.rows<{ nextAttemptAt: string | Date; text: string }>(
        "SELECT nextAttemptAt, text FROM mail WHERE dedupeKey LIKE 'coaching-held%'",
      );
      expect(toInstant(mail!.nextAttemptAt)).toEqual(new Date('2026-09-16T06:00:00Z'));
      expect(mail!.text).toContain(`/kvalitet/sparring/${talk.id}`);
      const coach = await signIn(app, coachEmail);
      await coach.patch(`/coaching-talks/${talk.id}`, { version: talk.version, state: 'not_held' });
      // Answered before it goes out: nobody is asked any more.
      app.clock.set('2026-09-16T09:00:00Z');
      await app.get(MailDispatcher).run();
      expect(await app.count('mail', "dedupeKey LIKE 'coaching-held%' AND state = 'cancelled'")).toBe(1);
    });

    it('after a week the secretariat is asked, until somebody has said', async () => {
      const { talk } = await accepted({ startsAt: inDays(1) });
      app.clock.set('2026-09-22T09:00:00Z');
      await run();
      await run();
      const open = () => app.count('task', "kind = 'talk_outcome_missing' AND doneAt IS NULL");
      expect(await open()).toBe(1);
      ({ secretariat } = await signedIn(app));
      await secretariat.patch(`/coaching-talks/${talk.id}`, { version: talk.version, state: 'held' });
      expect(await open()).toBe(0);
      expect(
        await secretariat.patch(`/coaching-talks/${talk.id}`, {
          version: talk.version + 1,
          state: 'not_held',
        }),
      ).toMatchObject({ status: 200, body: { state: 'not_held' } });
    });

    it('a talk ahead ends with its case, one that was held waits for its outcome', async () => {
      const [ahead, begun] = [
        await accepted({ startsAt: inDays(9) }),
        await accepted({ startsAt: inDays(1) }),
      ];
      app.clock.set('2026-09-16T09:00:00Z');
      await app.get(UnitOfWork).run((tx) => execute(tx, "UPDATE quality_case SET state = 'closed'"));
      await run();
      ({ secretariat } = await signedIn(app));
      expect(await stateOf(ahead.talk.id)).toBe('cancelled');
      expect(await stateOf(begun.talk.id)).toBe('accepted');
    });

    it('a corrected address is told anew', async () => {
      const { agent } = await accepted({ startsAt: inDays(3) });
      const { version } = (await leader.get(`/agents/${agent.agentId}`)).body;
      const email = 'rettet@aarhus.test';
      expect((await leader.patch(`/agents/${agent.agentId}`, { version, email })).status).toBe(200);
      expect(await mailedCalendars(app, email)).toHaveLength(1);
    });
  });

  it('are counted by quarter without persons, and not at all below five', async () => {
    await addCoach(app, secretariat, '615');
    for (let n = 0; n < 5; n += 1) {
      const talk = await offer(await addCaseAgent(app, leader));
      const state = n === 0 ? 'not_held' : 'held';
      await secretariat.patch(`/coaching-talks/${talk.id}`, { version: 1, state });
    }
    expect((await secretariat.get('/coaching-statistics')).body).toEqual({
      quarters: [{ quarter: '2026-Q3', offered: 5, held: null, notHeld: null, declined: null }],
    });
  });
});
