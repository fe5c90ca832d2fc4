import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { ReminderService } from '../../src/modules/onboarding/index.js';
import { signIn } from '../support/api.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { capturedMails } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

// Wednesday 2 December 2026 is the first shift: reminders on 25 November, 30 November and 1 December at 8.00.
const FIRST_SHIFT = '2026-12-02';
const TEMPLATE = "template = 'elearning-reminder'";

describe('reminders of the e-learning', () => {
  let app: TestApp;
  let agent: Record<string, any>;
  let host: Host;

  beforeEach(async () => {
    app = await TestApp.start();
    app.clock.set('2026-11-20T09:00:00Z');
    const world = await buildWorld(app);
    host = await Host.connect(app, world.secretariat);
    agent = (
      await world.leader.post('/agents', anAgent({ startOn: '2026-11-25', firstShiftOn: FIRST_SHIFT }))
    ).body;
    await app.get(ReminderService).run();
    await app.get(MailDispatcher).run();
  });
  afterEach(() => app.stop());

  const runAt = async (instant: string) => {
    app.clock.set(instant);
    await app.get(ReminderService).run();
    await app.get(MailDispatcher).run();
  };
  const sent = () => app.count('mail', `${TEMPLATE} AND state = 'sent'`);
  const complete = async () => {
    const leader = await signIn(app, 'leder.751@ddh.test');
    const { items } = (await leader.get(`/enrolments?agentId=${agent['id']}`)).body;
    // The host's clock is the real one: its signature is checked against it.
    await host.send(completed(items[0].reference));
  };

  it('go out five, two and one weekday before, once each', async () => {
    for (const [instant, expected] of [
      ['2026-11-24T12:00:00Z', 0],
      ['2026-11-25T07:00:00Z', 1],
      ['2026-11-25T12:00:00Z', 1],
      ['2026-11-30T07:30:00Z', 2],
      ['2026-12-01T08:00:00Z', 3],
      ['2026-12-02T08:00:00Z', 3],
    ] as const) {
      await runAt(instant);
      expect({ instant, sent: await sent() }).toEqual({ instant, sent: expected });
    }
    const [mail] = (await capturedMails(app, agent['email'])).filter(
      (m) => m.subject === 'Husk e-læringen, før du skal på vagt',
    );
    expect(mail!.text).toContain('2. december 2026');
    expect(mail!.text).toMatch(/Gå til e-læringen: http:\/\/localhost:3000\/v\/\S+/);
  });

  it('wait for the welcome mail, whose link they repeat', async () => {
    const leader = await signIn(app, 'leder.751@ddh.test');
    const dates = { startOn: '2026-11-25', firstShiftOn: FIRST_SHIFT, welcomeOn: '2026-12-01' };
    const { body } = await leader.post('/agents', anAgent(dates));
    await runAt('2026-11-30T08:00:00Z');
    expect(await app.count('mail', `${TEMPLATE} AND toPersonId = ${body['personId']}`)).toBe(0);
    await runAt('2026-12-01T08:00:00Z');
    await runAt('2026-12-01T08:05:00Z');
    expect(await app.count('mail', `${TEMPLATE} AND toPersonId = ${body['personId']}`)).toBe(1);
  });

  it('wait for the working day when they would fall into the night', async () => {
    await runAt('2026-11-28T12:00:00Z');
    expect(await app.count('mail', `${TEMPLATE} AND state = 'queued'`)).toBe(1);
    expect(await sent()).toBe(0);
  });

  it('stop when the e-learning is done, even one that is queued already', async () => {
    await runAt('2026-11-28T12:00:00Z');
    await complete();
    expect(await app.count('mail', `${TEMPLATE} AND state = 'cancelled' AND sealedLinks IS NULL`)).toBe(1);
    await runAt('2026-11-30T08:00:00Z');
    expect(await sent()).toBe(0);
    expect(await app.count('mail', TEMPLATE)).toBe(1);
  });

  it('are not sent when the agent has left in the meantime', async () => {
    await runAt('2026-11-28T12:00:00Z');
    const { UnitOfWork } = await import('../../src/database/unit-of-work.js');
    await app.get(UnitOfWork).run((tx) => tx.query('UPDATE employment SET openAgentId = NULL'));
    await runAt('2026-11-30T08:00:00Z');
    expect(await app.count('mail', `${TEMPLATE} AND state = 'cancelled'`)).toBe(1);
  });
});
