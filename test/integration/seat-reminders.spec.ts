import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { SeatReminders } from '../../src/modules/onboarding-days/index.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { planDay, signedIn, withoutDays, type PlannedDay } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

// Reminders of Wednesday 9 December are due on Wednesday 25 November and Monday 7 December at 8.00.
const ON = '2026-12-09';
const TEMPLATE = "template = 'onboarding-reminder'";

describe('reminders of a seat', () => {
  let app: TestApp;
  let day: PlannedDay;

  beforeEach(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-16T09:00:00Z');
    const { secretariat } = await buildWorld(app);
    await withoutDays(secretariat);
    day = await planDay(secretariat, ON, { bookBy: ON, capacity: 1, directions: 'Med letbanen til Dokk1.' });
  });
  afterEach(() => app.stop());

  const runAt = async (instant: string) => {
    app.clock.set(instant);
    await app.get(SeatReminders).run();
    await app.get(MailDispatcher).run();
  };
  const count = (state = 'sent') => app.count('mail', `${TEMPLATE} AND state = '${state}'`);
  const register = async (changes: Record<string, unknown> = {}) => {
    const { leader } = await signedIn(app);
    const { status, body } = await leader.post('/agents', anAgent({ startOn: '2026-11-01', ...changes }));
    expect(status).toBe(201);
    return body as { id: number; email: string };
  };
  const bookingOf = async (agentId: number) =>
    (await app.rows<{ id: number }>('SELECT id FROM booking WHERE seatAgentId = ?', [agentId]))[0]!.id;

  it('go out two weeks and two days before, once each, with where and when', async () => {
    const agent = await register();
    for (const [instant, expected] of [
      ['2026-11-25T06:59:00Z', 0],
      ['2026-11-25T07:00:00Z', 1],
      ['2026-11-25T09:00:00Z', 1],
      ['2026-12-04T09:00:00Z', 1],
      ['2026-12-07T07:05:00Z', 2],
      ['2026-12-08T09:00:00Z', 2],
      ['2026-12-09T06:30:00Z', 2],
    ] as const) {
      await runAt(instant);
      expect({ instant, sent: await count() }).toEqual({ instant, sent: expected });
    }
    const mails = await capturedMails(app, agent.email);
    const [first] = mails.filter(({ subject }) => subject === 'Husk din onboardingdag');
    expect(first!.text).toContain('Den 9. december 2026 skal du med på onboardingdagen.');
    expect(first!.text).toContain('9. december 2026 kl. 09.00–15.30, DOKK1');
    expect(first!.text).toContain('Med letbanen til Dokk1.');
    expect(first!.text).toMatch(/Se din onboardingdag: http:\/\/localhost:3000\/v\/\S+/);
  });

  it('are made once by two instances at the same time', async () => {
    await register();
    app.clock.set('2026-11-25T09:00:00Z');
    const reminders = app.get(SeatReminders);
    await Promise.all([reminders.run(), reminders.run(), reminders.run()]);
    expect(await count('queued')).toBe(1);
  });

  it('spare whoever was given the seat after their time', async () => {
    app.clock.set('2026-11-29T09:00:00Z');
    await register();
    await runAt('2026-11-30T09:00:00Z');
    expect(await count()).toBe(0);
    await runAt('2026-12-07T09:00:00Z');
    expect(await count()).toBe(1);
  });

  it('spare whoever was given the seat within the last two days, a welcome that is yet to come included', async () => {
    await register({ welcomeOn: '2026-12-08' });
    for (const instant of ['2026-11-25T09:00:00Z', '2026-12-07T09:00:00Z', '2026-12-08T09:00:00Z'])
      await runAt(instant);
    expect(await count()).toBe(0);
    expect(await app.count('mail', TEMPLATE)).toBe(0);
  });

  it('spare whoever has come from the waiting list since, who was told then', async () => {
    const first = await register();
    const second = await register();
    app.clock.set('2026-11-28T09:00:00Z');
    const { leader } = await signedIn(app);
    await leader.delete(`/onboarding-days/${day.id}/bookings/${await bookingOf(first.id)}`);
    await runAt('2026-11-30T09:00:00Z');
    expect(await count()).toBe(0);
    await runAt('2026-12-07T09:00:00Z');
    expect((await capturedMails(app, second.email)).at(-1)!.subject).toBe('Husk din onboardingdag');
    expect(await count()).toBe(1);
  });

  it('wait for the working day, and are not sent when the seat is gone by then', async () => {
    const agent = await register();
    await runAt('2026-11-28T12:00:00Z');
    expect(await count('queued')).toBe(1);
    const { leader } = await signedIn(app);
    await leader.delete(`/onboarding-days/${day.id}/bookings/${await bookingOf(agent.id)}`);
    await runAt('2026-11-30T08:00:00Z');
    expect(await count()).toBe(0);
    expect(await app.count('mail', `${TEMPLATE} AND state = 'cancelled' AND sealedLinks IS NULL`)).toBe(1);
  });

  it('are not sent when the day was moved or changed by then, and follow the new date', async () => {
    await register();
    await runAt('2026-11-28T12:00:00Z');
    expect(await count('queued')).toBe(1);
    const { secretariat } = await signedIn(app);
    const { version } = (await secretariat.get(`/onboarding-days/${day.id}`)).body;
    const moved = await secretariat.patch(`/onboarding-days/${day.id}`, {
      version,
      on: '2026-12-16',
      startsAt: '2026-12-16T08:00:00.000Z',
      endsAt: '2026-12-16T14:00:00.000Z',
    });
    expect(moved.status).toBe(200);
    await runAt('2026-11-30T08:00:00Z');
    expect(await count('cancelled')).toBe(1);
    expect(await count()).toBe(0);
    // Two weeks before the new date.
    await runAt('2026-12-02T08:00:00Z');
    expect(await count()).toBe(1);
  });

  it('are not sent to whoever has left, nor about a day that is cancelled', async () => {
    const agent = await register();
    await runAt('2026-11-28T12:00:00Z');
    const { leader } = await signedIn(app);
    await leader.post(`/agents/${agent.id}/departures`, { on: '2026-11-28' });
    await runAt('2026-11-30T08:00:00Z');
    expect(await count()).toBe(0);
  });
});
