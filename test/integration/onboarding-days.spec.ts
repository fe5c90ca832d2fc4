import ICAL from 'ical.js';
import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import type { Api } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';

describe('onboarding days', () => {
  let app: TestApp;
  let world: World;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    today = localDateOf(app.clock.now());
    // The day of the builders would take part in everything.
    const { items } = (await world.secretariat.get('/onboarding-days')).body;
    for (const { id } of items) await world.secretariat.post(`/onboarding-days/${id}/cancellations`);
  });
  afterAll(() => app.stop());

  /** Plans a day that many days ahead. */
  async function plan(inDays: number, changes: Record<string, unknown> = {}) {
    const on = addDays(today, inDays);
    const answer = await world.secretariat.post('/onboarding-days', {
      on,
      startsAt: instantAt(on, '09:00').toISOString(),
      endsAt: instantAt(on, '15:30').toISOString(),
      venue: 'DOKK1',
      address: 'Aarhus C',
      capacity: 2,
      bookBy: on,
      ...changes,
    });
    expect(answer.status).toBe(201);
    return answer.body as { id: number; on: string; version: number };
  }

  /** Registers an agent who has begun already. */
  async function register(changes: Record<string, unknown> = {}, by: Api = world.leader) {
    const answer = await by.post('/agents', anAgent({ startOn: today, ...changes }));
    expect(answer.status).toBe(201);
    return answer.body;
  }

  async function bookings(dayId: number): Promise<string[]> {
    const { items } = (await world.secretariat.get(`/onboarding-days/${dayId}/bookings`)).body;
    return items.map((one: { agentId: number; status: string }) => `${one.agentId} ${one.status}`);
  }

  afterEach(async () => {
    for (const { id } of await app.rows<{ id: number }>(
      'SELECT openAgentId AS id FROM employment WHERE openAgentId IS NOT NULL',
    ))
      await world.secretariat.post(`/agents/${id}/departures`, { on: today });
    const { items } = (await world.secretariat.get(`/onboarding-days?from=${today}`)).body;
    for (const { id, isCancelled } of items)
      if (!isCancelled) await world.secretariat.post(`/onboarding-days/${id}/cancellations`);
  });

  it('gives a new agent the next seat, then a later one with a place in line, then the wait for a day', async () => {
    const [first, second] = [await plan(30, { capacity: 1 }), await plan(60, { capacity: 1 })];
    const [a, b, c] = [await register(), await register(), await register()];
    expect(await bookings(first.id)).toEqual([
      `${a['id']} booked`,
      `${b['id']} waitlisted`,
      `${c['id']} waitlisted`,
    ]);
    expect(await bookings(second.id)).toEqual([`${b['id']} booked`]);
    const step = (agent: Record<string, any>) =>
      agent['journey'].steps.find(({ kind }: { kind: string }) => kind === 'onboarding_day');
    expect(step(a)).toMatchObject({ dueOn: first.on, detail: 'DOKK1' });
    expect(step(b)).toMatchObject({ dueOn: second.on });
    expect(step(c)).toMatchObject({ dueOn: null, state: 'waiting' });
    const third = await plan(90, { capacity: 1 });
    expect(await bookings(third.id)).toEqual([`${c['id']} booked`]);
  });

  it('promotes the first in line at once, releases the later seat for the next, and mails both with their leader', async () => {
    const [first, second] = [await plan(30, { capacity: 1 }), await plan(60, { capacity: 1 })];
    const [a, b, c] = [await register(), await register(), await register()];
    const own = (await world.leader.get(`/onboarding-days/${first.id}/bookings?status=booked`)).body.items;
    const before = await app.count('mail');
    expect((await world.leader.delete(`/onboarding-days/${first.id}/bookings/${own[0].id}`)).status).toBe(
      204,
    );
    expect(await bookings(first.id)).toEqual([`${b['id']} booked`, `${c['id']} waitlisted`]);
    // The one who was taken off goes on to the later day, before it is given to those who wait for any.
    expect(await bookings(second.id)).toEqual([`${a['id']} booked`]);
    const mails = await app.rows<{ template: string; toAddress: string; text: string }>(
      'SELECT template, toAddress, text FROM mail WHERE id > ? ORDER BY id',
      [before],
    );
    const told = mails.filter(({ template }) => template === 'onboarding-seat');
    expect(new Set(told.map(({ toAddress }) => toAddress))).toEqual(new Set([a['email'], b['email']]));
  });

  it('moves in one step whoever is booked elsewhere', async () => {
    const [first, second] = [await plan(30), await plan(60)];
    const agent = await register();
    const moved = await world.leader.post(`/onboarding-days/${second.id}/bookings`, { agentId: agent['id'] });
    expect(moved).toMatchObject({ status: 201, body: { status: 'booked', agentId: agent['id'] } });
    expect(await bookings(first.id)).toEqual([]);
    expect(await bookings(second.id)).toEqual([`${agent['id']} booked`]);
    const again = await world.leader.post(`/onboarding-days/${second.id}/bookings`, { agentId: agent['id'] });
    expect(again).toMatchObject({ status: 409, body: { code: 'already_booked' } });
  });

  it('lets nobody book an agent of another municipality, nor learn of one', async () => {
    const day = await plan(30);
    const agent = await register();
    const foreign = world.foreignLeader;
    expect((await foreign.post(`/onboarding-days/${day.id}/bookings`, { agentId: agent['id'] })).status).toBe(
      404,
    );
    expect((await foreign.get(`/onboarding-days/${day.id}/bookings`)).body.items).toEqual([]);
    const [own] = (await world.leader.get(`/onboarding-days/${day.id}/bookings`)).body.items;
    expect((await foreign.delete(`/onboarding-days/${day.id}/bookings/${own.id}`)).status).toBe(404);
  });

  it('sends everyone of a cancelled day on to the next, and rolls on who did not turn up', async () => {
    const [first, second] = [await plan(30), await plan(60)];
    const [a, b] = [await register(), await register()];
    await world.secretariat.post(`/onboarding-days/${first.id}/cancellations`);
    expect(await bookings(second.id)).toEqual([`${a['id']} booked`, `${b['id']} booked`]);
    const third = await plan(90);
    const marked = await world.secretariat.call('PUT', `/api/v1/onboarding-days/${second.id}/attendances`, [
      { agentId: a['id'], status: 'attended' },
      { agentId: b['id'], status: 'no_show', reason: 'work' },
    ]);
    expect(marked.status).toBe(200);
    expect(marked.body['items'].map((one: any) => one.attendance?.status).sort()).toEqual([
      'attended',
      'no_show',
    ]);
    expect(await bookings(third.id)).toEqual([`${b['id']} booked`]);
    const journey = (await world.leader.get(`/agents/${a['id']}/journey`)).body;
    expect(journey.steps.find(({ kind }: any) => kind === 'onboarding_day')).toMatchObject({
      state: 'done',
      dueOn: second.on,
    });
    // A correction takes the new seat away again, and both marks are on record.
    await world.secretariat.call('PUT', `/api/v1/onboarding-days/${second.id}/attendances`, [
      { agentId: b['id'], status: 'attended' },
    ]);
    expect(await bookings(third.id)).toEqual([]);
    expect(await app.count('attendance_mark')).toBe(3);
  });

  it('brings the calendar entry up to date: the same entry moved, then cancelled', async () => {
    const [first, second] = [await plan(30), await plan(60)];
    const agent = await register();
    const book = (id: number) =>
      world.leader.post(`/onboarding-days/${id}/bookings`, { agentId: agent['id'] });
    await book(second.id);
    await world.leader.post(`/agents/${agent['id']}/departures`, { on: today });
    const entries = (
      await app.rows<{ calendar: string }>(
        'SELECT calendar FROM mail WHERE toAddress = ? AND calendar IS NOT NULL ORDER BY id',
        [agent['email']],
      )
    ).map(({ calendar }) => read(calendar));
    expect(entries).toMatchObject([
      { method: 'REQUEST', sequence: 0, start: instantAt(first.on, '09:00') },
      { method: 'REQUEST', sequence: 1, start: instantAt(second.on, '09:00') },
    ]);
    expect(new Set(entries.map(({ uid }) => uid)).size).toBe(1);
  });

  it('refuses what cannot be', async () => {
    const day = await plan(30, { capacity: 1 });
    await register();
    const { version } = (await world.secretariat.get(`/onboarding-days/${day.id}`)).body;
    const change = (changes: object) =>
      world.secretariat.patch(`/onboarding-days/${day.id}`, { version, ...changes });
    expect((await change({ version: version + 1 })).body).toMatchObject({ code: 'stale_version' });
    expect((await change({ bookBy: addDays(day.on, 1) })).body.errors).toMatchObject([
      { field: 'bookBy', code: 'book_by_after_day' },
    ]);
    const raised = await change({ capacity: 3 });
    expect(raised).toMatchObject({ status: 200, body: { capacity: 3, seatsTaken: 1 } });
    await register();
    const lowered = await world.secretariat.patch(`/onboarding-days/${day.id}`, {
      version: raised.body['version'],
      capacity: 1,
    });
    expect(lowered.body['errors']).toMatchObject([{ field: 'capacity', code: 'below_seats_taken' }]);
    const late = await register({ startOn: addDays(today, 45) });
    const early = await world.leader.post(`/onboarding-days/${day.id}/bookings`, { agentId: late['id'] });
    expect(early).toMatchObject({ status: 422, body: { code: 'before_employment' } });
  });
});

/** An invitation as a foreign parser reads it. */
function read(calendar: string) {
  const root = new ICAL.Component(ICAL.parse(calendar));
  const event = new ICAL.Event(root.getFirstSubcomponent('vevent')!);
  return {
    method: root.getFirstPropertyValue('method'),
    uid: event.uid,
    sequence: event.sequence,
    start: event.startDate.toJSDate(),
  };
}
