import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { SeatClock } from '../../src/modules/onboarding-days/index.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { planDay, signedIn, withoutDays } from '../support/onboarding.js';
import { TestApp } from '../support/test-app.js';

describe('the clock of seats', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-16T09:00:00Z');
    await withoutDays((await buildWorld(app)).secretariat);
  });
  afterEach(() => app.stop());

  const run = () => app.get(SeatClock).run();
  const register = async (changes: Record<string, unknown> = {}) => {
    const { leader } = await signedIn(app);
    const { status, body } = await leader.post('/agents', anAgent({ startOn: '2026-11-01', ...changes }));
    expect(status).toBe(201);
    return body as { id: number; email: string };
  };
  const bookings = (agentId: number) =>
    app.rows<{ dayId: number; status: string; endReason: string | null }>(
      'SELECT dayId, status, endReason FROM booking WHERE agentId = ? ORDER BY id',
      [agentId],
    );
  const lastMail = async (email: string) =>
    (
      await app.rows<{ template: string; text: string }>(
        'SELECT template, text FROM mail WHERE toAddress = ? ORDER BY id DESC LIMIT 1',
        [email],
      )
    )[0]!;

  it('gives new agents a seat who were registered before there were any, the longest here first', async () => {
    const { secretariat } = await signedIn(app);
    const [first, second] = [await register(), await register()];
    await app.get(UnitOfWork).run((tx) => tx.query('DELETE FROM booking'));
    const day = await planDay(secretariat, '2026-12-09', { capacity: 1 });
    expect(await bookings(first.id)).toEqual([]);
    await app.get(SeatClock).seatOverlooked();
    expect(await bookings(first.id)).toMatchObject([{ dayId: day.id, status: 'booked' }]);
    expect((await bookings(second.id)).map(({ status }) => status).sort()).toEqual([
      'unplaced',
      'waitlisted',
    ]);
    expect((await lastMail(first.email)).text).toContain('Du har fået en plads på onboardingdagen');
    const mails = await app.count('mail');
    await app.get(SeatClock).seatOverlooked();
    expect(await app.count('mail')).toBe(mails);
  });

  it('closes waiting lists after the last day of booking, and tells those who have no seat', async () => {
    const { secretariat, leader } = await signedIn(app);
    const full = await planDay(secretariat, '2026-12-09', { capacity: 1 });
    const later = await planDay(secretariat, '2027-03-10', { capacity: 1 });
    const seated = await register();
    const waiting = await register();
    const existing = await register({ kind: 'existing' });
    await leader.post(`/onboarding-days/${full.id}/bookings`, { agentId: existing.id });
    app.clock.set('2026-12-02T09:00:00Z');
    await run();
    expect((await bookings(waiting.id)).filter(({ status }) => status === 'waitlisted')).toHaveLength(1);
    app.clock.set('2026-12-03T09:00:00Z');
    const mails = await app.count('mail');
    // Two instances at once do it once.
    await Promise.all([run(), run()]);
    expect(await bookings(seated.id)).toEqual([{ dayId: full.id, status: 'booked', endReason: null }]);
    expect(await bookings(waiting.id)).toEqual(
      expect.arrayContaining([
        { dayId: full.id, status: 'cancelled', endReason: 'closed' },
        { dayId: later.id, status: 'booked', endReason: null },
      ]),
    );
    expect(await bookings(existing.id)).toEqual([
      { dayId: full.id, status: 'cancelled', endReason: 'closed' },
    ]);
    // The existing agent and the leader.
    expect(await app.count('mail')).toBe(mails + 2);
    const mail = await lastMail(existing.email);
    expect(mail.template).toBe('onboarding-seat');
    expect(mail.text).toContain('Der blev desværre ikke en plads til dig fra ventelisten.');
    expect(mail.text).toContain('Du kan selv tilmelde dig en anden onboardingdag.');
    await run();
    expect(await app.count('mail')).toBe(mails + 2);
  });

  it('gives on what lies beyond a membership that ends, and finds a seat again when it goes on', async () => {
    const { secretariat } = await signedIn(app);
    const early = await planDay(secretariat, '2026-12-09', { capacity: 1 });
    const late = await planDay(secretariat, '2027-03-10', { capacity: 1 });
    const [a, b] = [await register(), await register()];
    expect(await bookings(b.id)).toEqual(
      expect.arrayContaining([{ dayId: late.id, status: 'booked', endReason: null }]),
    );
    const [membership] = await app.rows<{ id: number }>(
      "SELECT id FROM membership WHERE municipalityCode = '751'",
    );
    const end = async (to: string | null) =>
      (await secretariat.patch(`/municipalities/751/memberships/${membership!.id}`, { to })).status;
    expect(await end('2026-12-31')).toBe(200);
    const mails = await app.count('mail');
    await Promise.all([run(), run()]);
    expect(await bookings(a.id)).toEqual([{ dayId: early.id, status: 'booked', endReason: null }]);
    expect((await bookings(b.id)).map(({ status }) => status).sort()).toEqual([
      'cancelled',
      'unplaced',
      'waitlisted',
    ]);
    expect((await lastMail(b.email)).text).toContain('fordi dine datoer er ændret');
    expect(await app.count('mail')).toBe(mails + 2);
    await run();
    expect(await app.count('mail')).toBe(mails + 2);
    expect(await end(null)).toBe(200);
    await run();
    expect((await bookings(b.id)).filter(({ status }) => status === 'booked')).toEqual([
      { dayId: late.id, status: 'booked', endReason: null },
    ]);
  });

  it('gives on a seat after the last day of an agent', async () => {
    const { secretariat } = await signedIn(app);
    const day = await planDay(secretariat, '2026-12-09', { capacity: 1 });
    const [leaving, waiting] = [await register(), await register()];
    // As if it had been written before seats followed it.
    await app
      .get(UnitOfWork)
      .run((tx) =>
        tx.query("UPDATE employment SET endOn = '2026-11-30' WHERE openAgentId = ?", [leaving.id]),
      );
    await run();
    expect((await bookings(leaving.id))[0]).toEqual({
      dayId: day.id,
      status: 'cancelled',
      endReason: 'left',
    });
    expect(await bookings(waiting.id)).toEqual(
      expect.arrayContaining([{ dayId: day.id, status: 'booked', endReason: null }]),
    );
  });
});
