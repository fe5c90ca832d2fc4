import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { RollCallClock } from '../../src/modules/onboarding-days/attendance/roll-call-clock.js';
import {
  checkInCode,
  checkInKey,
  CODE_WINDOW_MS,
  TICKET_MS,
} from '../../src/modules/onboarding-days/attendance/check-in.rules.js';
import { PASSWORD, signIn } from '../support/api.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { personalLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

const MINUTE_MS = 60_000;

describe('the roll call', () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    // In the middle of a day that is held from 9 to 15.30.
    app.clock.set('2027-03-10T09:00:00Z');
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
  });
  afterAll(() => app.stop());

  async function plan(on: string): Promise<number> {
    const answer = await world.secretariat.post('/onboarding-days', {
      on,
      startsAt: instantAt(on, '09:00').toISOString(),
      endsAt: instantAt(on, '15:30').toISOString(),
      venue: 'DOKK1',
      address: 'Aarhus C',
      capacity: 20,
      bookBy: on,
    });
    expect(answer.status).toBe(201);
    return answer.body['id'] as number;
  }

  /** An agent with a seat on the next day, or on none when there is none. */
  async function register(changes: Record<string, unknown> = {}): Promise<{ id: number; email: string }> {
    const { status, body } = await world.leader.post('/agents', anAgent({ startOn: today, ...changes }));
    expect(status).toBe(201);
    return body as { id: number; email: string };
  }

  async function asSecretariat(): Promise<Browser> {
    const browser = new Browser(app.url);
    const fields = { email: 'sekretariat@ddh.test', password: PASSWORD };
    await browser.submit(await browser.get('/log-ind'), '/log-ind', fields);
    return browser;
  }

  async function attendanceOf(dayId: number, agentId: number) {
    const { items } = (await world.secretariat.get(`/onboarding-days/${dayId}/attendance-list`)).body;
    return items.find((one: { agentId: number }) => one.agentId === agentId)?.attendance;
  }

  /** Everything the form of a page would send that nobody has touched, with what somebody has. */
  function filled(page: LoadedPage, changes: Record<string, string>): Record<string, string> {
    const fields: Record<string, string> = { _csrf: page.csrf };
    for (const [input] of page.text.matchAll(/<input[^>]*name="(?:was|status|again|note)-\d+"[^>]*>/g)) {
      const name = /name="([^"]*)"/.exec(input)![1]!;
      const value = / value="([^"]*)"/.exec(input)?.[1] ?? '';
      if (!input.includes('type="radio"') || input.includes(' checked')) fields[name] = value;
    }
    return { ...fields, ...changes };
  }

  let dayId: number;
  beforeEach(async () => {
    dayId = await plan(today);
  });
  afterEach(async () => {
    // Nobody of this test is to have a part in the next one.
    for (const { id } of await app.rows<{ id: number }>(
      'SELECT openAgentId AS id FROM employment WHERE openAgentId IS NOT NULL',
    ))
      await world.secretariat.post(`/agents/${id}/departures`, { on: today });
    const { version } = (await world.secretariat.get(`/onboarding-days/${dayId}`)).body;
    await world.secretariat.patch(`/onboarding-days/${dayId}`, { version, bookBy: addDays(today, -1) });
  });

  it('takes a whole list at once without script, and only what was changed in it', async () => {
    const [a, b, c] = [await register(), await register(), await register()];
    const browser = await asSecretariat();
    const path = `/onboardingdage/${dayId}/fremmoede`;
    const first = await browser.get(path);
    expect(first.text.match(/data-agent=/g)).toHaveLength(3);
    const second = await browser.get(path);
    const taken = await browser.post(
      path,
      filled(first, {
        [`status-${a.id}`]: 'attended',
        [`status-${b.id}`]: 'partial',
        [`again-${b.id}`]: 'yes',
        [`reason-${b.id}`]: 'transport',
        [`note-${b.id}`]: 'Kom kl. 12',
      }),
    );
    expect(taken).toMatchObject({ status: 303, location: `${path}?done=roll_call_saved` });
    expect(await attendanceOf(dayId, a.id)).toMatchObject({ status: 'attended', source: 'roll_call' });
    expect(await attendanceOf(dayId, b.id)).toMatchObject({
      status: 'partial',
      mustAttendAgain: true,
      reason: 'transport',
      note: 'Kom kl. 12',
    });
    // The other tablet's form is older: what was marked meanwhile stays, what was marked in it counts.
    await browser.post(path, filled(second, { [`status-${c.id}`]: 'no_show' }));
    expect(await attendanceOf(dayId, a.id)).toMatchObject({ status: 'attended' });
    expect(await attendanceOf(dayId, c.id)).toMatchObject({ status: 'no_show', mustAttendAgain: true });
    expect(await app.count('attendance_mark')).toBe(3);
  });

  it('shows who has marked and when, and what was marked before', async () => {
    const agent = await register();
    const mark = (fields: object) =>
      world.secretariat.call('PUT', `/api/v1/onboarding-days/${dayId}/attendances`, [
        { agentId: agent.id, ...fields },
      ]);
    await mark({ status: 'no_show', reason: 'work' });
    app.clock.advance(MINUTE_MS);
    await mark({ status: 'attended', note: 'Sad i et andet lokale' });
    const page = await (await asSecretariat()).get(`/onboardingdage/${dayId}/fremmoede`);
    expect(page.text).toMatch(/Mødt, markeret af Test Person \d+ 10\. marts 2027 kl\. 10\.01/);
    expect(page.text).toMatch(/Mødt: Sad i et andet lokale[^]*Udeblevet, skal med igen, Arbejde/);
    expect(page.text).toContain('data-count="attended">1</span>');
    expect(page.text).toContain('data-count="no_show">0</span>');
  });

  it('saves nothing of a form with a fault, and shows it again as it was sent', async () => {
    const [a, b] = [await register(), await register()];
    const browser = await asSecretariat();
    const path = `/onboardingdage/${dayId}/fremmoede`;
    const fields = { [`status-${a.id}`]: 'excused', [`note-${b.id}`]: 'Kommer senere' };
    const refused = await browser.post(path, filled(await browser.get(path), fields));
    expect(refused.status).toBe(400);
    expect(refused.text).toContain(`href="#status-${b.id}"`);
    expect(refused.text).toContain('value="Kommer senere"');
    expect(refused.text).toMatch(new RegExp(`id="mark-${a.id}-excused"[^>]*checked`));
    const long = await browser.post(
      path,
      filled(refused, { [`status-${b.id}`]: 'excused', [`note-${b.id}`]: 'x'.repeat(201) }),
    );
    expect(long.text).toContain('Skriv højst 200 tegn');
    expect(await attendanceOf(dayId, a.id)).toBeNull();
  });

  it('finds whoever came without a seat, and takes them for attended', async () => {
    const walkIn = await register({ kind: 'existing', firstName: 'Åse', lastName: `Uden ${unique()}` });
    const browser = await asSecretariat();
    const path = `/onboardingdage/${dayId}/fremmoede`;
    expect((await browser.get(`${path}?q=findes-ikke`)).text).toContain('Ingen agenter uden plads');
    for (const q of ['Åse U', walkIn.email]) {
      const found = await browser.get(`${path}?q=${encodeURIComponent(q)}`);
      expect(found.text).toContain(`name="agentId" value="${walkIn.id}"`);
    }
    const found = await browser.get(`${path}?q=${walkIn.email}`);
    const marked = await browser.submit(found, `${path}/uden-plads`);
    expect(marked.text).toContain('Personen er markeret som mødt');
    expect(marked.text).toContain('Uden plads');
    expect(await attendanceOf(dayId, walkIn.id)).toMatchObject({ status: 'attended' });
    expect((await browser.get(`${path}?q=${walkIn.email}`)).text).not.toContain('name="agentId"');
  });

  it('is only looked at before the day, and not called on a cancelled one', async () => {
    const later = await plan(addDays(today, 20));
    const agent = await register({ startOn: addDays(today, 1) });
    const browser = await asSecretariat();
    const path = `/onboardingdage/${later}/fremmoede`;
    const page = await browser.get(path);
    expect(page.text).toContain('Fremmøde kan markeres fra den 30. marts 2027');
    expect(page.text).not.toContain('type="radio"');
    const post = { _csrf: page.csrf, [`was-${agent.id}`]: '|||', [`status-${agent.id}`]: 'attended' };
    expect(await browser.post(path, post)).toMatchObject({ status: 400 });
    expect(await attendanceOf(later, agent.id)).toBeNull();
    await world.secretariat.post(`/onboarding-days/${later}/cancellations`);
    expect((await browser.get(path)).text).toContain('Onboardingdagen er aflyst');
  });

  it('takes marks of the page itself by the cookie of its session, with the token of its forms', async () => {
    const agent = await register();
    const browser = await asSecretariat();
    const { csrf } = await browser.get(`/onboardingdage/${dayId}/fremmoede`);
    const put = (headers: Record<string, string>) =>
      fetch(`${app.url}/api/v1/onboarding-days/${dayId}/attendances`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          cookie: `vk_session=${browser.cookie('vk_session')}`,
          ...headers,
        },
        body: JSON.stringify([{ agentId: agent.id, status: 'attended' }]),
      });
    expect((await put({})).status).toBe(403);
    expect((await put({ 'x-csrf-token': csrf })).status).toBe(200);
    expect(await attendanceOf(dayId, agent.id)).toMatchObject({ source: 'roll_call' });
  });

  describe('with the code on the wall', () => {
    const codeNow = (ms = 0) =>
      checkInCode(checkInKey(app.env.APP_SECRET), dayId, new Date(app.clock.now().getTime() + ms));

    async function byLink(email: string): Promise<Browser> {
      const browser = new Browser(app.url);
      await browser.visitAndSubmit(await personalLink(app, email));
      return browser;
    }

    /** The address that the page shows, as a path. */
    async function shownAddress(): Promise<string> {
      const page = await (await asSecretariat()).get(`/onboardingdage/${dayId}/kode`);
      const [, address] = /id="address">([^<]+)</.exec(page.text)!;
      return new URL(address!).pathname;
    }

    it('an agent checks in, once, and it is said who did it', async () => {
      const agent = await register();
      const browser = await byLink(agent.email);
      const page = await browser.get(await shownAddress());
      expect(await attendanceOf(dayId, agent.id)).toBeNull();
      // The code goes on changing while the person reads.
      app.clock.advance(TICKET_MS - MINUTE_MS);
      const done = await browser.submit(page, `/tjek-ind/${dayId}`);
      expect(done.text).toContain('Du er tjekket ind');
      expect(await attendanceOf(dayId, agent.id)).toMatchObject({
        status: 'attended',
        source: 'self',
        recordedByPersonId: null,
      });
      expect((await browser.get(`/tjek-ind/${dayId}/${codeNow()}`)).text).toContain('Du er tjekket ind');
      const list = await (await asSecretariat()).get(`/onboardingdage/${dayId}/fremmoede`);
      expect(list.text).toContain('Mødt, tjekket ind med koden');
    });

    it('an agent without a seat is taken for one who came as they were', async () => {
      const agent = await register({ startOn: addDays(today, 1) });
      const browser = await byLink(agent.email);
      await browser.submit(await browser.get(`/tjek-ind/${dayId}/${codeNow()}`), `/tjek-ind/${dayId}`);
      expect(await attendanceOf(dayId, agent.id)).toMatchObject({ status: 'attended', source: 'self' });
    });

    it('an old code, a foreign ticket and one that is too old open nothing', async () => {
      const [a, b] = [await register(), await register()];
      const [first, second] = [await byLink(a.email), await byLink(b.email)];
      const old = await first.get(`/tjek-ind/${dayId}/${codeNow(-2 * CODE_WINDOW_MS)}`);
      expect(old.text).toContain('Koden er for gammel, scan igen');
      expect(old.text).not.toContain(`action="/tjek-ind/${dayId}"`);
      const fresh = await first.get(`/tjek-ind/${dayId}/${codeNow()}`);
      const [, ticket] = /name="ticket" value="([^"]+)"/.exec(fresh.text)!;
      const { csrf } = await second.get(`/tjek-ind/${dayId}/${codeNow()}`);
      const foreign = await second.post(`/tjek-ind/${dayId}`, { _csrf: csrf, ticket: ticket! });
      expect(foreign).toMatchObject({ status: 400 });
      app.clock.advance(TICKET_MS + 1);
      const late = await first.post(`/tjek-ind/${dayId}`, { _csrf: fresh.csrf, ticket: ticket! });
      expect(late.text).toContain('Koden er for gammel, scan igen');
      world.secretariat = await signIn(app, 'sekretariat@ddh.test');
      world.leader = await signIn(app, 'leder.751@ddh.test');
      expect(await attendanceOf(dayId, a.id)).toBeNull();
      expect(await attendanceOf(dayId, b.id)).toBeNull();
    });

    it('says what to do to whoever is not signed in, and to whoever is no agent', async () => {
      const path = `/tjek-ind/${dayId}/${codeNow()}`;
      const nobody = await new Browser(app.url).get(path);
      expect(nobody.text).toContain('Åbn først dit personlige link');
      expect(nobody.text).toContain(`/log-ind?til=${encodeURIComponent(path)}`);
      expect((await (await asSecretariat()).get(path)).text).toContain('du er ikke registreret som agent');
    });

    it('leaves alone what the secretariat has marked as partly there, and puts an absence right', async () => {
      const [a, b] = [await register(), await register()];
      await world.secretariat.call('PUT', `/api/v1/onboarding-days/${dayId}/attendances`, [
        { agentId: a.id, status: 'partial' },
        { agentId: b.id, status: 'no_show' },
      ]);
      expect((await (await byLink(a.email)).get(`/tjek-ind/${dayId}/${codeNow()}`)).text).toContain(
        'Du er tjekket ind',
      );
      const late = await byLink(b.email);
      await late.submit(await late.get(`/tjek-ind/${dayId}/${codeNow()}`), `/tjek-ind/${dayId}`);
      expect(await attendanceOf(dayId, a.id)).toMatchObject({ status: 'partial' });
      expect(await attendanceOf(dayId, b.id)).toMatchObject({ status: 'attended', mustAttendAgain: false });
    });

    it('shows no code before the doors open', async () => {
      const later = await plan(addDays(today, 21));
      const browser = await asSecretariat();
      expect((await browser.get(`/onboardingdage/${later}/kode`)).text).toContain(
        'Man kan tjekke ind fra 31. marts 2027 kl. 08.00',
      );
      expect((await browser.get(`/onboardingdage/${later}/kode.svg`)).status).toBe(404);
      const code = checkInCode(checkInKey(app.env.APP_SECRET), later, app.clock.now());
      expect((await new Browser(app.url).get(`/tjek-ind/${later}/${code}`)).text).toContain(
        'Man kan tjekke ind fra',
      );
      await world.secretariat.post(`/onboarding-days/${later}/cancellations`);
    });
  });

  it('prints the list of participants and their badges', async () => {
    await register({ firstName: 'Łucja', lastName: 'Nguyễn' });
    const browser = await asSecretariat();
    for (const name of ['deltagerliste', 'navneskilte']) {
      const answer = await fetch(`${app.url}/onboardingdage/${dayId}/${name}.pdf`, {
        headers: { cookie: `vk_session=${browser.cookie('vk_session')}` },
      });
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${name}-${today}.pdf"`);
      expect((await answer.text()).slice(0, 5)).toBe('%PDF-');
    }
    expect((await browser.get('/onboardingdage/999999/navneskilte.pdf')).status).toBe(404);
  });

  it('becomes a task the day after when somebody is not marked, and is settled by the last mark', async () => {
    const [a, b] = [await register(), await register()];
    const clock = app.get(RollCallClock);
    const mark = (agentId: number) =>
      world.secretariat.call('PUT', `/api/v1/onboarding-days/${dayId}/attendances`, [
        { agentId, status: 'attended' },
      ]);
    await mark(a.id);
    await clock.run();
    expect(await app.count('task', "kind = 'attendance_missing'")).toBe(0);
    app.clock.set(`${addDays(today, 1)}T09:00:00Z`);
    world.secretariat = await signIn(app, 'sekretariat@ddh.test');
    await clock.run();
    await clock.run();
    const tasks = async () =>
      (await world.secretariat.get('/tasks')).body['items'].filter((one: any) => one.subjectId === dayId);
    expect(await tasks()).toMatchObject([
      { kind: 'attendance_missing', subjectType: 'onboarding_day', subjectOn: today },
    ]);
    const page = await (await asSecretariat()).get('/opgaver');
    expect(page.text).toContain(`<a href="/onboardingdage/${dayId}/fremmoede">10. marts 2027</a>`);
    await mark(b.id);
    expect(await tasks()).toEqual([]);
    await clock.run();
    expect(await tasks()).toEqual([]);
  });
});
