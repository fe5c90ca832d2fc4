import { DateTime } from 'luxon';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Api, signIn, type ApiAnswer } from '../support/api.js';
import { addPerson, anAgent, buildWorld } from '../support/builders.js';
import {
  asAgent,
  mailedCalendars,
  planDay,
  readCalendar,
  withoutDays,
  type PlannedDay,
} from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

// Clocks are set back on 25 October 2026, and on again on 28 March 2027.
const NOW = '2026-10-01T08:00:00Z';

describe('calendar links', () => {
  let app: TestApp;
  let secretariat: Api;
  let leader: Api;
  let before: PlannedDay;
  let after: PlannedDay;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set(NOW);
    const world = await buildWorld(app);
    ({ secretariat, leader } = world);
    await withoutDays(secretariat);
    before = await planDay(secretariat, '2026-10-23', { capacity: 50 });
    after = await planDay(secretariat, '2026-10-27', { capacity: 50 });
  });
  afterAll(() => app.stop());

  async function register(changes: Record<string, unknown> = {}) {
    const answer = await leader.post('/agents', anAgent({ startOn: '2026-10-01', ...changes }));
    expect(answer.status).toBe(201);
    return answer.body as { id: number; personId: number; email: string; version: number };
  }

  /** Presses the button and gives the path of the link that is shown. */
  async function makeLink(api: Api, page = '/mit/kalender', key?: string): Promise<string> {
    const { status, text } = await api.call('POST', page, { ...(key && { _key: key }) });
    expect([200, 201]).toContain(status);
    return /http:\/\/localhost:3000(\/api\/v1\/[^<"]+token&#x3D;[\w-]+)/
      .exec(text)![1]!
      .replaceAll('&#x3D;', '=');
  }

  const read = (path: string, headers: Record<string, string> = {}): Promise<ApiAnswer> =>
    new Api(app).call('GET', path, undefined, headers);
  const entriesAt = async (path: string) => readCalendar((await read(path)).text).entries;
  const inCopenhagen = (at: Date) =>
    DateTime.fromJSDate(at, { zone: 'Europe/Copenhagen' }).toFormat('yyyy-MM-dd HH:mm');

  it('show an agent the own seat under the key of the mails, at the right hours on both sides of the change of the clock', async () => {
    const agent = await register();
    const link = await makeLink(await asAgent(app, agent.email));
    const [first] = await entriesAt(link);
    expect(inCopenhagen(first!.start)).toBe('2026-10-23 09:00');
    expect(first!.start.toISOString()).toBe('2026-10-23T07:00:00.000Z');
    expect(inCopenhagen(first!.end)).toBe('2026-10-23 15:30');
    await leader.post(`/onboarding-days/${after.id}/bookings`, { agentId: agent.id });
    const [moved] = await entriesAt(link);
    expect(inCopenhagen(moved!.start)).toBe('2026-10-27 09:00');
    expect(moved!.start.toISOString()).toBe('2026-10-27T08:00:00.000Z');
    const calendars = await mailedCalendars(app, agent.email);
    expect(calendars.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST']);
    const mailed = calendars.map(({ entries }) => entries[0]!);
    expect(mailed.map(({ sequence }) => sequence)).toEqual([0, 1]);
    expect(mailed.map(({ start }) => start)).toEqual([first!.start, moved!.start]);
    for (const entry of [first!, moved!, ...mailed]) expect(entry.uid).toBe(first!.uid);
    expect(moved).toMatchObject({ sequence: 1, status: 'CONFIRMED' });
  });

  it('bring the cancellation to the same entry with a higher number, and list it no more', async () => {
    const agent = await register();
    const link = await makeLink(await asAgent(app, agent.email));
    const days = [before, after];
    // An existing agent needs no other seat, so the entry ends.
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query("UPDATE employment SET kind = 'existing' WHERE openAgentId = ?", [agent.id]));
    const [booking] = (await secretariat.get(`/onboarding-days/${days[0]!.id}/bookings?limit=200`)).body[
      'items'
    ].filter((one: { agentId: number }) => one.agentId === agent.id);
    const [booked] = await entriesAt(link);
    await leader.delete(`/onboarding-days/${days[0]!.id}/bookings/${booking.id}`);
    const cancelled = (await mailedCalendars(app, agent.email)).at(-1)!;
    expect(cancelled).toMatchObject({
      method: 'CANCEL',
      entries: [{ uid: booked!.uid, status: 'CANCELLED' }],
    });
    expect(cancelled.entries[0]!.sequence).toBeGreaterThan(booked!.sequence);
    expect(await entriesAt(link)).toEqual([]);
  });

  it('keep the hours of a day in spring on both sides of the change of the clock', async () => {
    const [winter, summer] = [
      await planDay(secretariat, '2027-03-27', { capacity: 50 }),
      await planDay(secretariat, '2027-03-29', { capacity: 50 }),
    ];
    const entries = await entriesAt(await makeLink(secretariat, '/onboardingdage/kalender'));
    const startOf = (id: number) =>
      entries.find(({ uid }) => uid === `onboarding-day-${id}@localhost`)!.start;
    expect(startOf(winter.id).toISOString()).toBe('2027-03-27T08:00:00.000Z');
    expect(startOf(summer.id).toISOString()).toBe('2027-03-29T07:00:00.000Z');
    for (const day of [winter, summer]) expect(inCopenhagen(startOf(day.id)).slice(11)).toBe('09:00');
  });

  it('hold names and texts as they are, in lines of at most 75 octets', async () => {
    const firstName = 'Anna "Ann", ^Å^ 😀; x:y';
    const agent = await register({ firstName, lastName: `Ågård-${'Ørsted'.repeat(8)}` });
    const message = `Medbring, venligst: kop; "notesblok" \\ 😀\n${'Æblegrød og rødgrød med fløde. '.repeat(20)}`;
    const { version } = (await secretariat.get(`/onboarding-days/${before.id}`)).body;
    await secretariat.patch(`/onboarding-days/${before.id}`, { version, message: message.trim() });
    const mailed = (await mailedCalendars(app, agent.email)).at(-1)!.entries[0]!;
    expect(mailed.attendees).toEqual([`${firstName} Ågård-${'Ørsted'.repeat(8)}`]);
    expect(mailed.description).toContain(message.trim());
    const [own] = await entriesAt(await makeLink(await asAgent(app, agent.email)));
    expect(own!.description).toBe(mailed.description);
    expect(own).toMatchObject({ uid: mailed.uid, sequence: mailed.sequence, attendees: [] });
  });

  it('show the secretariat all days of the last year, how full they are, and which are cancelled', async () => {
    const day = await planDay(secretariat, '2026-12-01', { capacity: 12 });
    const link = await makeLink(secretariat, '/onboardingdage/kalender');
    const find = async (id: number) =>
      (await entriesAt(link)).find(({ uid }) => uid === `onboarding-day-${id}@localhost`);
    const planned = await find(day.id);
    expect(planned).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
    expect(planned!.summary).toMatch(/^Onboardingdag: \d+ af 12 pladser taget$/);
    await secretariat.post(`/onboarding-days/${day.id}/cancellations`);
    expect(await find(day.id)).toMatchObject({ uid: planned!.uid, sequence: 1, status: 'CANCELLED' });
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query("UPDATE onboarding_day SET onDate = '2025-09-01' WHERE id = ?", [day.id]));
    expect(await find(day.id)).toBeUndefined();
  });

  it('are answered as feeds should be, and nothing is sent anew that has not changed', async () => {
    const link = await makeLink(secretariat, '/onboardingdage/kalender');
    const { status, headers } = await read(link);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    expect(headers.get('cache-control')).toBe('private, no-cache');
    const etag = headers.get('etag')!;
    app.clock.advance(1000);
    expect(await read(link, { 'if-none-match': `"x", ${etag}` })).toMatchObject({ status: 304, text: '' });
    await planDay(secretariat, '2026-12-08');
    expect((await read(link, { 'if-none-match': etag })).status).toBe(200);
  });

  it('open nothing without the right token', async () => {
    const [agent, other] = [await register(), await register()];
    const link = await makeLink(await asAgent(app, agent.email));
    const token = link.split('=')[1]!;
    const all = await makeLink(secretariat, '/onboardingdage/kalender');
    for (const path of [
      link.split('?')[0]!,
      `${link}x`,
      `${link}&token=x`,
      link.replace(`/${agent.id}/`, `/${other.id}/`),
      `/api/v1/onboarding-days.ics?token=${token}`,
      link.replace(token, all.split('=')[1]!),
      '/api/v1/onboarding-days.ics',
    ])
      expect({ path, status: (await read(path)).status }).toEqual({ path, status: 404 });
    expect(JSON.stringify(await app.rows('SELECT * FROM calendar_feed'))).not.toContain(token);
    expect(JSON.stringify(await app.rows('SELECT * FROM audit_entry'))).not.toContain(token);
    expect((await secretariat.get(`/onboarding-days/${before.id}`)).status).toBe(200);
  });

  it('end when a new one is made or they are switched off; the same form sent twice makes one', async () => {
    const agent = await asAgent(app, (await register()).email);
    const key = 'k'.repeat(43);
    const [first, same] = await Promise.all([
      makeLink(agent, '/mit/kalender', key),
      makeLink(agent, '/mit/kalender', key),
    ]);
    expect(same).toBe(first);
    const second = await makeLink(agent, '/mit/kalender', 'j'.repeat(43));
    expect(second).not.toBe(first);
    expect((await read(first)).status).toBe(404);
    expect((await read(second)).status).toBe(200);
    expect((await agent.call('GET', '/mit/kalender')).text).not.toContain('token=');
    expect((await agent.call('POST', '/mit/kalender/slaa-fra', {})).status).toBe(303);
    expect((await read(second)).status).toBe(404);
    // A reload of the page that showed the link must not bring back what was switched off.
    await makeLink(agent, '/mit/kalender', key);
    expect((await read(first)).status).toBe(404);
  });

  it('end when an agent departs, gets another address, or has the personal links revoked', async () => {
    for (const end of [
      (agent: { id: number }) => leader.post(`/agents/${agent.id}/departures`, { on: '2026-10-01' }),
      (agent: { id: number; version: number }) =>
        leader.patch(`/agents/${agent.id}`, { version: agent.version, email: 'rettet@aarhus.test' }),
      (agent: { id: number }) => leader.call('POST', `/agenter/${agent.id}/link/tilbagekald`, {}),
    ]) {
      const agent = await register();
      const link = await makeLink(await asAgent(app, agent.email));
      expect((await read(link)).status).toBe(200);
      expect((await end(agent)).status).toBeLessThan(400);
      expect((await read(link)).status).toBe(404);
    }
  });

  it('end with the place in the secretariat', async () => {
    for (const [n, changes] of [
      { roles: ['leader'] },
      { active: false },
      { email: 'rettet.sekretariat@ddh.test' },
    ].entries()) {
      const email = `afloeser.${n}@ddh.test`;
      const id = await app.get(UnitOfWork).run((tx) => addPerson(app, tx, email, ['secretariat'], '751'));
      const link = await makeLink(await signIn(app, email), '/onboardingdage/kalender');
      expect((await read(link)).status).toBe(200);
      const { version } = (await secretariat.get(`/users/${id}`)).body;
      expect((await secretariat.patch(`/users/${id}`, { version, ...changes })).status).toBe(200);
      expect({ changes, status: (await read(link)).status }).toEqual({ changes, status: 404 });
    }
  });
});
