import { addDays, daysBetween, instantAt, localDateOf } from '../../src/common/local-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { PASSWORD, type Api } from '../support/api.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { addOnboardingDay, anAgent, buildWorld, type World } from '../support/builders.js';
import { personalLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

const DIRECTIONS = 'Tag letbanen.\r\nIndgang "Vest" <ved> havnen.';

describe('the pages of onboarding days', () => {
  let app: TestApp;
  let world: World;
  let today: string;
  let secretariat: Browser;
  let leader: Browser;
  let foreign: Browser;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
    await clearDays();
    [secretariat, leader, foreign] = [
      await signedIn('sekretariat@ddh.test'),
      await signedIn('leder.751@ddh.test'),
      await signedIn('leder.615@ddh.test'),
    ];
  });
  afterAll(() => app.stop());
  afterEach(async () => {
    for (const { id } of await app.rows<{ id: number }>(
      'SELECT openAgentId AS id FROM employment WHERE openAgentId IS NOT NULL',
    ))
      await world.secretariat.post(`/agents/${id}/departures`, { on: today });
    await clearDays();
  });

  async function signedIn(email: string): Promise<Browser> {
    const browser = new Browser(app.url);
    const page = await browser.get('/log-ind');
    await browser.submit(page, '/log-ind', { email, password: PASSWORD });
    return browser;
  }

  /** A day with attendance cannot be cancelled, so it is taken out of the database. */
  async function clearDays(): Promise<void> {
    await app.get(UnitOfWork).run(async (tx) => {
      for (const table of ['attendance_mark', 'attendance', 'booking', 'onboarding_day'])
        await tx.query(`DELETE FROM ${table}`);
    });
  }

  async function plan(inDays: number, changes: Record<string, unknown> = {}) {
    const on = addDays(today, inDays);
    const answer = await world.secretariat.post('/onboarding-days', {
      on,
      startsAt: instantAt(on, '09:00').toISOString(),
      endsAt: instantAt(on, '15:30').toISOString(),
      venue: `Sal ${inDays}`,
      address: 'Aarhus C',
      capacity: 2,
      bookBy: on,
      ...changes,
    });
    expect(answer.status).toBe(201);
    return answer.body as { id: number; on: string };
  }

  async function register(lastName: string, changes: Record<string, unknown> = {}, by: Api = world.leader) {
    const answer = await by.post('/agents', anAgent({ startOn: today, lastName, ...changes }));
    expect(answer.status).toBe(201);
    return answer.body as { id: number; email: string };
  }

  /** Who holds what, as the database has it. */
  async function places(dayId: number): Promise<string[]> {
    const { items } = (await world.secretariat.get(`/onboarding-days/${dayId}/bookings`)).body;
    return items.map((one: { lastName: string; status: string }) => `${one.lastName} ${one.status}`);
  }

  /** The page of an agent who came by the link of the welcome mail. */
  async function byLink(email: string): Promise<Browser> {
    const browser = new Browser(app.url);
    await browser.visitAndSubmit(await personalLink(app, email));
    return browser;
  }

  const comingDays = async () =>
    (await world.secretariat.get(`/onboarding-days?from=${today}`)).body['items'].filter(
      (day: { isCancelled: boolean }) => !day.isCancelled,
    );

  describe('planning', () => {
    it('fills a new day in from the latest one, keeps what was typed, and plans a day once', async () => {
      await plan(30, { venue: 'DOKK1', directions: 'Gå ind.', capacity: 17 });
      const page = await secretariat.get('/onboardingdage/ny');
      expect(valuesOf(page)).toMatchObject({
        venue: 'DOKK1',
        capacity: '17',
        fromTime: '09:00',
        toTime: '15:30',
      });
      expect(page.text).toContain('Gå ind.</textarea>');
      const faulty = await secretariat.submit(page, '/onboardingdage/ny', {
        on: addDays(today, 60),
        fromTime: '15.30',
        toTime: '9.00',
        capacity: 'mange',
        venue: ' ',
        bookBy: addDays(today, 61),
        directions: DIRECTIONS,
      });
      expect(faulty.status).toBe(400);
      expect(summaryOf(faulty)).toEqual([
        '#capacity Skriv antallet af pladser med tal.',
        '#venue Skriv stedet.',
      ]);
      expect(faulty.text).toContain('Indgang &quot;Vest&quot; &lt;ved&gt; havnen.</textarea>');
      const faultyAgain = await secretariat.submit(faulty, '/onboardingdage/ny', {
        capacity: '3',
        venue: 'Rådhuset',
        directions: DIRECTIONS,
      });
      expect(summaryOf(faultyAgain)).toEqual([
        '#toTime Dagen skal slutte, efter den er begyndt.',
        '#bookBy Sidste tilmelding kan ikke ligge efter dagen.',
      ]);
      expect(valuesOf(faultyAgain)).toMatchObject({ fromTime: '15.30', toTime: '9.00', venue: 'Rådhuset' });
      const good = {
        ...valuesOf(faultyAgain),
        fromTime: '9.00',
        toTime: '15.30',
        bookBy: addDays(today, 50),
        directions: DIRECTIONS,
      };
      const [first, second] = await Promise.all([
        secretariat.post('/onboardingdage/ny', good),
        secretariat.post('/onboardingdage/ny', good),
      ]);
      expect(first.location).toMatch(/^\/onboardingdage\/\d+\?done=day_planned$/);
      expect(second.location).toBe(first.location);
      expect(await comingDays()).toMatchObject([
        {},
        {
          on: addDays(today, 60),
          startsAt: instantAt(addDays(today, 60), '09:00').toISOString(),
          directions: DIRECTIONS.replace('\r', ''),
          capacity: 3,
        },
      ]);
    });

    it('refuses yesterday', async () => {
      const page = await secretariat.get('/onboardingdage/ny');
      const fields = { on: addDays(today, -1), bookBy: addDays(today, -1), venue: 'A', address: 'B' };
      const answer = await secretariat.submit(page, '/onboardingdage/ny', fields);
      expect(summaryOf(answer)).toEqual(['#on Vælg i dag eller en senere dato.']);
    });

    it('proposes four days, a quarter apart, and gives them the seats of those who wait', async () => {
      await register('Venter');
      const page = await secretariat.get('/onboardingdage/aar');
      const values = valuesOf(page);
      const dates = [0, 1, 2, 3].map((row) => values[`r${row}-on`]!);
      for (const [before, after] of [
        [dates[0], dates[1]],
        [dates[1], dates[2]],
        [dates[2], dates[3]],
      ])
        expect(Math.abs(daysBetween(before!, after!) - 91)).toBeLessThanOrEqual(2);
      await secretariat.submit(page, '/onboardingdage/aar', { venue: 'DOKK1', address: 'Aarhus C' });
      const planned = await comingDays();
      expect(planned.map((day: { on: string }) => day.on)).toEqual(dates);
      expect(await places(planned[0].id)).toEqual(['Venter booked']);
    });

    it('leaves rows out, and says at which row something is wrong', async () => {
      const page = await secretariat.get('/onboardingdage/aar');
      const { 'r0-plan': _, 'r2-plan': __, ...two } = valuesOf(page);
      const fields: Record<string, string> = {
        ...two,
        venue: 'DOKK1',
        address: 'Aarhus C',
        directions: '',
        message: '',
      };
      const faulty = await secretariat.post('/onboardingdage/aar', {
        ...fields,
        'r1-on': '',
        'r3-on': addDays(today, -3),
        address: '',
      });
      expect(summaryOf(faulty)).toEqual([
        '#r1-on Dag 2: Vælg en dag.',
        '#r3-on Dag 4: Vælg i dag eller en senere dato.',
        '#address Skriv adressen.',
      ]);
      // Found by the service, which counts only the days it was given.
      const late = { ...fields, 'r3-bookBy': addDays(fields['r3-on']!, 1) };
      const tooLate = await secretariat.post('/onboardingdage/aar', late);
      expect(summaryOf(tooLate)).toEqual(['#r3-bookBy Dag 4: Sidste tilmelding kan ikke ligge efter dagen.']);
      expect(tooLate.text).not.toMatch(/id="r0-plan"[^>]*checked/);
      expect(tooLate.text).toMatch(/id="r1-plan"[^>]*checked/);
      expect(await comingDays()).toEqual([]);
      const good = await secretariat.post('/onboardingdage/aar', fields);
      expect(good.location).toBe('/onboardingdage?done=days_planned');
      expect((await comingDays()).map((day: { on: string }) => day.on)).toEqual([
        fields['r1-on'],
        fields['r3-on'],
      ]);
    });

    it('wants at least one row', async () => {
      const page = await secretariat.get('/onboardingdage/aar');
      const values = Object.entries(valuesOf(page)).filter(([name]) => !name.endsWith('-plan'));
      const none = await secretariat.post('/onboardingdage/aar', {
        ...Object.fromEntries(values),
        venue: 'A',
        address: 'B',
      });
      expect(summaryOf(none)).toEqual(['#r0-plan Vælg mindst en dag.']);
    });
  });

  describe('the list', () => {
    it('tells seats, the line, and to a leader the own agents; past days page by page', async () => {
      const day = await plan(30, { capacity: 1 });
      await register('Nummer Et');
      await register('Nummer To');
      expect(rowsOf(await leader.get('/onboardingdage'))).toEqual([
        expect.stringContaining('Sal 30 1 af 1 1 1'),
      ]);
      expect(rowsOf(await foreign.get('/onboardingdage'))).toEqual([
        expect.stringContaining('Sal 30 1 af 1 0 1'),
      ]);
      expect((await leader.get('/onboardingdage')).text).toContain('1 agent venter på en dag med plads');
      expect((await foreign.get('/onboardingdage')).text).not.toContain('venter på en dag');
      expect((await leader.get(`/onboardingdage/${day.id}`)).text).not.toContain('/onboardingdage/ny');
      await app.get(UnitOfWork).run(async (tx) => {
        for (let n = 1; n <= 23; n += 1) await addOnboardingDay(tx, addDays(today, -n));
      });
      const first = await leader.get('/onboardingdage?tid=tidligere');
      expect(rowsOf(first)).toHaveLength(20);
      const next = /href="(\/onboardingdage\?tid=tidligere[^"]*cursor[^"]*)"/.exec(decoded(first.text))![1]!;
      const second = await leader.get(next);
      expect(rowsOf(second)).toHaveLength(3);
      expect(second.text).toContain('Holdt');
    });

    it('says so when there is none', async () => {
      const list = await secretariat.get('/onboardingdage');
      expect(list.text).toContain('Der er ingen kommende onboardingdage. Planlæg en dag');
      expect((await leader.get('/onboardingdage')).text).not.toContain('/onboardingdage/aar');
      expect((await leader.get('/onboardingdage?tid=tidligere')).text).toContain('ingen tidligere');
    });
  });

  describe('the page of a day', () => {
    it('names those with a seat by name and the line by place; a leader sees the own ones with their true place', async () => {
      const day = await plan(30, { capacity: 2 });
      await register('Østergaard');
      await register('Abel', { municipalityCode: '615' }, world.secretariat);
      await register('Fremmed', { municipalityCode: '615' }, world.secretariat);
      await register('Egen');
      const all = rowsOf(await secretariat.get(`/onboardingdage/${day.id}`));
      expect(all.map((row) => row.split(' ').slice(0, 3).join(' '))).toEqual([
        'Anna Abel Horsens',
        'Anna Østergaard Aarhus',
        '1 Anna Fremmed',
        '2 Anna Egen',
      ]);
      const own = await leader.get(`/onboardingdage/${day.id}`);
      expect(rowsOf(own).map((row) => row.split(' ').slice(0, 3).join(' '))).toEqual([
        'Anna Østergaard Aarhus',
        '2 Anna Egen',
      ]);
      expect(own.text).not.toMatch(/Abel|Fremmed/);
    });

    it('pages those with a seat', async () => {
      const day = await plan(30, { capacity: 60 });
      for (let n = 0; n < 51; n += 1) await register(`Nr ${String(n).padStart(2, '0')}`);
      const first = await secretariat.get(`/onboardingdage/${day.id}`);
      expect(rowsOf(first)).toHaveLength(50);
      const next = new RegExp(`href="(/onboardingdage/${day.id}\\?[^"]*)"`).exec(first.text)![1]!;
      expect(rowsOf(await secretariat.get(decoded(next)))).toEqual([expect.stringContaining('Nr 50')]);
    });

    it('finds whom one may book, and books, moves or puts in line', async () => {
      const [day, later] = [await plan(30, { capacity: 1 }), await plan(60, { capacity: 2 })];
      const existing = { kind: 'existing' };
      const a = await register('Søgt Abe', existing);
      const b = await register('Søgt Bo', existing);
      await register('Søgt Deltog', { ...existing, onboardingAttendedOn: addDays(today, -30) });
      await register('Søgt Senere', { startOn: addDays(today, 45) });
      await register('Søgt Fremmed', { ...existing, municipalityCode: '615' }, world.secretariat);
      const found = await leader.get(`/onboardingdage/${day.id}?q=s%C3%B8gt`);
      expect(rowsOf(found).map((row) => row.split(' ')[2])).toEqual(['Abe', 'Bo']);
      const action = `/onboardingdage/${day.id}/tilmeld`;
      const booked = await leader.submit(found, action, { agentId: String(a.id), _key: '' });
      expect(booked.text).toContain('Agenten er tilmeldt og får en mail');
      const full = await leader.get(`/onboardingdage/${day.id}?q=bo`);
      expect(full.text).toContain('Sæt på venteliste');
      const waits = await leader.submit(full, action, { agentId: String(b.id), _key: '' });
      expect(waits.text).toContain('Agenten står på ventelisten');
      const again = await leader.submit(full, action, { agentId: String(b.id), _key: '' });
      expect(again.status).toBe(400);
      expect(again.text).toContain('Agenten er allerede tilmeldt dagen eller står på dens venteliste.');
      const moving = await leader.get(`/onboardingdage/${later.id}?q=abe`);
      expect(moving.text).toContain('gives videre med det samme');
      await leader.submit(moving, `/onboardingdage/${later.id}/tilmeld`, { agentId: String(a.id), _key: '' });
      // The seat that came free went to the one in line.
      expect(await places(day.id)).toEqual(['Søgt Bo booked']);
      expect(await places(later.id)).toContain('Søgt Abe booked');
      expect((await leader.get(`/onboardingdage/${day.id}?q=findesikke`)).text).toContain(
        'passer til søgningen',
      );
    });

    it('takes an agent off, and lets no other leader do so', async () => {
      const [day, later] = [await plan(30), await plan(60)];
      await register('Afmeldt');
      const page = await leader.get(`/onboardingdage/${day.id}`);
      const action = /action="(\/onboardingdage\/\d+\/tilmeldinger\/\d+\/afmeld)"/.exec(page.text)![1]!;
      const other = await foreign.get(`/onboardingdage/${day.id}`);
      expect((await foreign.post(action, { _csrf: other.csrf })).status).toBe(404);
      expect(page.text).toContain('får plads på en anden dag');
      expect((await leader.submit(page, action)).text).toContain('Agenten er meldt fra');
      expect(await places(day.id)).toEqual([]);
      expect(await places(later.id)).toEqual(['Afmeldt booked']);
    });

    it('does not let a leader book after the last day for it, the secretariat does', async () => {
      const day = await plan(1, { bookBy: addDays(today, -1) });
      const agent = await register('Sent', { kind: 'existing' });
      const page = await leader.get(`/onboardingdage/${day.id}?q=`);
      expect(page.text).toContain('Tilmelding slut');
      expect(page.text).not.toContain('/tilmeld"');
      const refused = await leader.post(`/onboardingdage/${day.id}/tilmeld`, {
        _csrf: page.csrf,
        agentId: String(agent.id),
      });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('Tilmeldingen er slut');
      const own = await secretariat.get(`/onboardingdage/${day.id}?q=sent`);
      await secretariat.submit(own, `/onboardingdage/${day.id}/tilmeld`);
      expect(await places(day.id)).toEqual(['Sent booked']);
    });
  });

  describe('changing a day', () => {
    it('says how many are mailed, takes texts away, and refuses what somebody else has changed meanwhile', async () => {
      const day = await plan(30, { directions: 'Gå ind.', message: 'Husk computer.' });
      await register('Mailet');
      const path = `/onboardingdage/${day.id}/ret`;
      const [page, stale] = [await secretariat.get(path), await secretariat.get(path)];
      expect(page.text).toContain('1 agent har en plads.');
      const before = await app.count('mail', "template = 'onboarding-seat'");
      const done = await secretariat.submit(page, path, { venue: 'Rådhuset', directions: '', message: 'Ny' });
      expect(done.text).toContain('Dagen er rettet');
      expect((await world.secretariat.get(`/onboarding-days/${day.id}`)).body).toMatchObject({
        venue: 'Rådhuset',
        directions: null,
        message: 'Ny',
      });
      expect(await app.count('mail', "template = 'onboarding-seat'")).toBe(before + 1);
      const late = await secretariat.submit(stale, path, { venue: 'Et helt andet sted' });
      expect(late.status).toBe(400);
      expect(late.text).toContain('En anden har rettet oplysningerne');
      expect(valuesOf(late)['venue']).toBe('Et helt andet sted');
      const few = await secretariat.submit(await secretariat.get(path), path, { capacity: '0' });
      expect(summaryOf(few)).toEqual(['#capacity Skriv et tal på mindst 1.']);
    });

    it('cancels after telling what happens, and not twice', async () => {
      const [day, later] = [await plan(30, { capacity: 1 }), await plan(60, { capacity: 5 })];
      await register('Plads');
      await register('Kø');
      const path = `/onboardingdage/${day.id}/aflys`;
      const page = await secretariat.get(path);
      expect(page.text).toContain('1 agent har en plads og flyttes');
      expect(page.text).toContain('4 ledige pladser');
      expect(page.text).toContain('Ventelisten med 1 agent lukkes');
      expect(await places(day.id)).toHaveLength(2);
      const done = await secretariat.submit(page, path);
      expect(done.text).toContain('Aflyst');
      expect((await places(later.id)).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'Kø booked',
        'Plads booked',
      ]);
      expect((await secretariat.post(path, { _csrf: page.csrf })).status).toBe(409);
      expect((await secretariat.get(`/onboardingdage/${day.id}/ret`)).status).toBe(409);
    });

    it('does not cancel a day with attendance', async () => {
      const day = await plan(0);
      const agent = await register('Mødt', { kind: 'existing' });
      await world.secretariat.call('PUT', `/api/v1/onboarding-days/${day.id}/attendances`, [
        { agentId: agent.id, status: 'attended' },
      ]);
      const path = `/onboardingdage/${day.id}/aflys`;
      const refused = await secretariat.submit(await secretariat.get(path), path);
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('Der er registreret fremmøde på dagen');
    });
  });

  describe('the page of an agent', () => {
    it('tells the seat, the place in line and the attendance, and moves', async () => {
      const held = await plan(0);
      const agent = await register('Fulgt');
      await world.secretariat.call('PUT', `/api/v1/onboarding-days/${held.id}/attendances`, [
        { agentId: agent.id, status: 'no_show', reason: 'transport', note: 'Toget kom ikke' },
      ]);
      const [full, next, last] = [
        await plan(30, { capacity: 1 }),
        await plan(60, { capacity: 1 }),
        await plan(90),
      ];
      await register('Nr To', { startOn: addDays(today, 1) });
      const path = `/onboardingdage/agent/${agent.id}`;
      const page = await leader.get(path);
      expect(page.text).toContain('Udeblev');
      expect(page.text).toContain('Transport');
      expect(page.text).not.toContain('Toget kom ikke');
      expect((await secretariat.get(path)).text).toContain('Toget kom ikke');
      expect(page.text).toContain('Sal 30');
      expect(page.text).toContain('Fuld, venteliste');
      expect((await foreign.get(path)).status).toBe(404);
      expect((await foreign.post(`/onboardingdage/${last.id}/tilmeld?agent=${agent.id}`, {})).status).toBe(
        403,
      );

      const moved = await leader.submit(page, `/onboardingdage/${last.id}/tilmeld?agent=${agent.id}`);
      expect(moved.url).toBe(path);
      expect(moved.text).toContain('Sal 90');
      expect(await places(full.id)).toEqual(['Nr To booked']);
      const line = await leader.submit(moved, `/onboardingdage/${full.id}/tilmeld?agent=${agent.id}`);
      expect(line.text).toContain('nr. 1 i køen');
      expect(await places(last.id)).toEqual(['Fulgt booked']);
      const leave = new RegExp(
        `action="(/onboardingdage/${full.id}/tilmeldinger/\\d+/afmeld\\?agent=${agent.id})"`,
      );
      const left = await leader.submit(line, leave.exec(decoded(line.text))![1]!);
      expect(left.text).toContain('Agenten er meldt fra');
      expect(await places(full.id)).toEqual(['Nr To booked']);
      expect(await places(next.id)).toEqual([]);
    });

    it('is linked from the journey, which says what the agent waits for', async () => {
      const agent = await register('Venter Længe');
      const waiting = await leader.get(`/agenter/${agent.id}`);
      expect(waiting.text).toContain('Venter på en dag med plads');
      expect(waiting.text).toContain(`/onboardingdage/agent/${agent.id}`);
      const day = await plan(30, { capacity: 1 });
      await plan(60, { capacity: 1 });
      expect((await leader.get(`/agenter/${agent.id}`)).text).toContain('Sal 30');
      const second = await register('Bagved');
      const line = (await leader.get(`/agenter/${second.id}`)).text;
      expect(line).toContain('Sal 60');
      expect(line).toContain('På venteliste til');
      expect((await leader.get('/agenter/ny')).text).toContain('Den er fuld nu');
      await world.secretariat.patch(`/onboarding-days/${day.id}`, { version: 1, capacity: 9 });
      expect((await leader.get('/agenter/ny')).text).not.toContain('Den er fuld nu');
      const existing = await register('Gammel', { kind: 'existing' });
      expect((await leader.get(`/agenter/${existing.id}`)).text).toContain('Ikke tilmeldt en onboardingdag');
      const { body } = await world.leader.get(`/agents/${second.id}/journey`);
      expect(Object.keys(body).toSorted((a, b) => a.localeCompare(b))).toEqual([
        'readyForFirstShift',
        'reasons',
        'steps',
      ]);
    });
  });

  describe('an agent’s own page, by the link of a mail', () => {
    it('tells what is to be known, moves, and mails the leader', async () => {
      const practical = { directions: 'Gå ind ad porten.', message: 'Tag computer med.' };
      const [day, later] = [await plan(30, { ...practical, capacity: 1 }), await plan(60, { capacity: 1 })];
      const agent = await register('Egen Side');
      const waiting = await register('Efter');
      const own = await byLink(agent.email);
      expect((await own.get('/mit')).text).toContain('/mit/onboardingdag');
      const page = await own.get('/mit/onboardingdag');
      for (const text of ['09.00–15.30', 'Sal 30', 'Aarhus C', 'Gå ind ad porten.', 'Tag computer med.'])
        expect(page.text).toContain(text);
      expect(page.text).not.toContain('Meld mig fra');
      const line = await own.submit(page, '/mit/onboardingdag/flyt', { dayId: String(later.id) });
      expect(line.text).toContain('Du står nu på ventelisten');
      expect(line.text).toContain('Du er nr. 1 på ventelisten');
      expect(await places(day.id)).toEqual(['Egen Side booked', 'Efter waitlisted']);

      const third = await plan(90);
      const before = await app.count('mail', "template = 'onboarding-seat-leader'");
      const moved = await own.submit(await own.get('/mit/onboardingdag'), '/mit/onboardingdag/flyt', {
        dayId: String(third.id),
        _key: '',
      });
      expect(moved.text).toContain('Du har en plads på dagen');
      expect(await places(third.id)).toEqual(['Egen Side booked']);
      expect(await places(day.id)).toEqual(['Efter booked']);
      expect(await app.count('mail', "template = 'onboarding-seat-leader'")).toBeGreaterThan(before);
      const other = await byLink(waiting.email);
      expect((await other.get('/mit/onboardingdag')).text).not.toContain('Egen Side');
    });

    it('lets nobody move away after the last day for it, also not by a form that is old', async () => {
      const [day, later] = [await plan(30, { bookBy: addDays(today, 3) }), await plan(60)];
      const agent = await register('For Sent');
      const own = await byLink(agent.email);
      const page = await own.get('/mit/onboardingdag');
      const { version } = (await world.secretariat.get(`/onboarding-days/${day.id}`)).body;
      await world.secretariat.patch(`/onboarding-days/${day.id}`, { version, bookBy: addDays(today, -1) });
      const refused = await own.submit(page, '/mit/onboardingdag/flyt', { dayId: String(later.id) });
      expect(refused.status).toBe(400);
      expect(refused.text).toContain('Det er for sent');
      const now = await own.get('/mit/onboardingdag');
      expect(now.text).not.toContain('/mit/onboardingdag/flyt');
      expect(now.text).toContain('Tal med din leder, der kan flytte dig');
      expect(await places(day.id)).toEqual(['For Sent booked']);
      // The leader still can.
      const moved = await world.leader.post(`/onboarding-days/${later.id}/bookings`, { agentId: agent.id });
      expect(moved.status).toBe(201);
    });

    it('lets those who need not attend leave, and nobody another’s place', async () => {
      const day = await plan(30);
      const agent = await register('Frivillig', { kind: 'existing', email: 'frivillig@aarhus.test' });
      const other = await register('Anden');
      await world.leader.post(`/onboarding-days/${day.id}/bookings`, { agentId: agent.id });
      const own = await byLink('frivillig@aarhus.test');
      const page = await own.get('/mit/onboardingdag');
      const [foreignSeat] = await app.rows<{ id: number }>('SELECT id FROM booking WHERE seatAgentId = ?', [
        other.id,
      ]);
      const theirs = `/mit/onboardingdag/tilmeldinger/${foreignSeat!.id}/afmeld`;
      expect((await own.post(theirs, { _csrf: page.csrf })).status).toBe(404);
      const action = /action="(\/mit\/onboardingdag\/tilmeldinger\/\d+\/afmeld)"/.exec(page.text)![1]!;
      expect((await own.submit(page, action)).text).toContain('Du er meldt fra');
      expect(await places(day.id)).toEqual(['Anden booked']);
    });

    it('tells who took part, and who waits for any day', async () => {
      const waits = await register('Uden Dag');
      const own = await byLink(waits.email);
      expect((await own.get('/mit/onboardingdag')).text).toContain('så snart der er en dag med plads');
      const day = await plan(0);
      await world.secretariat.call('PUT', `/api/v1/onboarding-days/${day.id}/attendances`, [
        { agentId: waits.id, status: 'attended' },
      ]);
      expect((await own.get('/mit/onboardingdag')).text).toContain('Du har været med på onboardingdagen');
    });
  });
});

/** The values of the inputs of the page's main form. */
function valuesOf(page: LoadedPage): Record<string, string> {
  const main = page.text.slice(page.text.indexOf('<main'));
  return Object.fromEntries(
    [...main.matchAll(/<input[^>]*name="([^"]*)"[^>]*>/g)].map((match) => [
      match[1]!,
      decoded(/ value="([^"]*)"/.exec(match[0])?.[1] ?? ''),
    ]),
  );
}

/** The lines of the error summary: where each leads, and what it says. */
function summaryOf(page: LoadedPage): string[] {
  return [...page.text.matchAll(/<a class="function-link" href="(#[^"]*)">([^<]*)<\/a>/g)].map(
    (match) => `${match[1]} ${decoded(match[2]!)}`,
  );
}

/** The text of each row of the page's tables but facts. */
function rowsOf(page: LoadedPage): string[] {
  return [...page.text.matchAll(/<tr>\s*<td[\s\S]*?<\/tr>/g)].map((match) =>
    decoded(match[0].replace(/<[^>]*>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

function decoded(html: string): string {
  return html
    .replaceAll('&#x3D;', '=')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&amp;', '&');
}
