import { execute, insertRow, toInstant } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { isWeekday, localDateOf } from '../../src/common/local-date.js';
import { LinkService } from '../../src/modules/identity/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { ReadingDigests, LeaderReadings } from '../../src/modules/readiness/index.js';
import { signIn } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { capturedMails, personalLink } from '../support/captured.js';
import { ReadingWorld, type ReadingAgent } from '../support/reading.js';

const LEADER = 'leder.751@ddh.test';
// Thursday 10 December at 8: reminders on Monday 7 and Wednesday 9 December at 8.00 (07.00Z).
const SHIFT = '2026-12-10T07:00:00Z';

describe('mails about what is to be read', () => {
  let world: ReadingWorld;
  let anna: ReadingAgent;

  beforeEach(async () => {
    // A Monday at 10.
    world = await ReadingWorld.start('2026-11-30T09:00:00Z');
    anna = await world.agent();
  });
  afterEach(() => world.app.stop());

  /** The digests sent by each instant. */
  async function expectDigests(steps: readonly (readonly [string, number])[]): Promise<void> {
    for (const [instant, sent] of steps) {
      await world.runAt(instant);
      expect({ instant, sent: await world.count('reading-digest') }).toEqual({ instant, sent });
    }
  }
  const touchPlan = async (instant: string) => {
    world.app.clock.set(instant);
    await world.plan(anna, '2027-03-01T07:00:00Z');
  };

  it('tell of what is new, three and one working day before the shift, once each', async () => {
    await world.plan(anna, SHIFT);
    await world.publish({ title: 'Pas', minutes: 7 });
    await expectDigests([
      ['2026-11-30T09:05:00Z', 1],
      ['2026-11-30T14:00:00Z', 1],
      ['2026-12-04T09:00:00Z', 1],
      // The plan must stay fresh.
    ]);
    await touchPlan('2026-12-05T09:00:00Z');
    await expectDigests([
      ['2026-12-07T06:59:00Z', 1],
      ['2026-12-07T07:00:00Z', 2],
      ['2026-12-08T09:00:00Z', 2],
      ['2026-12-09T06:55:00Z', 2],
      ['2026-12-09T07:05:00Z', 3],
      ['2026-12-09T14:00:00Z', 3],
      ['2026-12-10T07:00:00Z', 3],
      ['2026-12-10T09:00:00Z', 3],
    ]);
    const mails = (await capturedMails(world.app, anna.email)).filter(({ subject }) =>
      /læse/.test(subject ?? ''),
    );
    expect(mails.map(({ subject }) => subject)).toEqual([
      'Nyt at læse før din vagt',
      'Husk at læse før din vagt',
      'Husk at læse før din vagt',
    ]);
    expect(mails[0]!.text).toContain('før du har vagt 10. december 2026 kl. 08.00');
    expect(mails[0]!.text).toContain('- Pas, cirka 7 min.');
    expect(mails[2]!.text).toContain('Du har snart vagt: 10. december 2026 kl. 08.00.');
    expect(mails[0]!.subject + mails[2]!.subject!).not.toContain('Anna');
  });

  it('gather all guides in one, and link straight to what is to be read', async () => {
    await world.plan(anna, SHIFT);
    const pas = await world.publish({ title: 'Pas', minutes: 7 });
    await world.runAt('2026-11-30T09:05:00Z');
    const opened = await new Browser(world.app.url).visitAndSubmit(await personalLink(world.app, anna.email));
    expect([opened.status, opened.url]).toEqual([200, `/guides/${pas.guideId}`]);
    expect(opened.text).toContain('<h1>Pas</h1>');

    await world.publish({ title: 'Kørekort', minutes: 4 });
    await world.publish({ title: 'Sygesikring', minutes: 3 });
    // One a day.
    await expectDigests([
      ['2026-11-30T13:00:00Z', 1],
      ['2026-12-01T08:00:00Z', 2],
    ]);
    const { text } = (await capturedMails(world.app, anna.email)).at(-1)!;
    for (const title of ['Pas', 'Kørekort', 'Sygesikring']) expect(text).toContain(`- ${title}, cirka`);
    expect(text).toContain('I alt cirka 14 minutter.');
    expect(await opens(await personalLink(world.app, anna.email))).toBe('/guides');
  });

  it('keep where they lead when the link has expired, and never lead to another site', async () => {
    const { app } = world;
    await world.plan(anna, SHIFT);
    const { guideId } = await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    const old = await personalLink(app, anna.email);
    app.clock.set('2027-01-15T09:00:00Z');
    const browser = new Browser(app.url);
    const { csrf } = await browser.get(old);
    expect((await browser.post(`${old}/nyt-link`, { _csrf: csrf })).status).toBe(200);
    const fresh = await personalLink(app, anna.email);
    expect(fresh).not.toBe(old);
    expect(await opens(fresh)).toBe(`/guides/${guideId}`);
    const [row] = await app.rows<{ personId: number }>('SELECT personId FROM agent WHERE id = ?', [anna.id]);
    for (const target of ['//elsewhere.example/x', 'https://elsewhere.example', '/\\elsewhere.example']) {
      const link = await app
        .get(UnitOfWork)
        .run((tx) => app.get(LinkService).issue(tx, row!.personId, 'personal', undefined, target));
      expect(await opens(new URL(link).pathname)).toBe('/');
    }
  });

  it('stop when it is read, and are cancelled when it is read before they go out', async () => {
    await world.plan(anna, SHIFT);
    const first = await world.publish({ title: 'Pas' });
    const second = await world.publish({ title: 'Kørekort' });
    await world.runAt('2026-11-30T09:05:00Z', { send: false });
    await world.read(anna, first.id);
    await world.app.get(MailDispatcher).run();
    expect(await world.count('reading-digest')).toBe(0);
    expect(await world.count('reading-digest', 'cancelled')).toBe(1);
    // What is left is told at once, without what was read.
    await world.runAt('2026-11-30T09:15:00Z');
    expect(await world.count('reading-digest')).toBe(1);
    const { text } = (await capturedMails(world.app, anna.email)).at(-1)!;
    expect(text).toContain('Kørekort');
    expect(text).not.toContain('- Pas');
    await world.read(anna, second.id);
    await touchPlan('2026-12-05T09:00:00Z');
    await expectDigests([
      ['2026-12-07T09:00:00Z', 1],
      ['2026-12-09T09:00:00Z', 1],
    ]);
    expect(await world.count('reading-leader')).toBe(0);
  });

  it('follow a shift that is moved', async () => {
    const shift = await world.plan(anna, SHIFT);
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    world.app.clock.set('2026-12-05T09:00:00Z');
    const moved = await world.move(shift, '2026-12-15T07:00:00Z');
    await expectDigests([
      ['2026-12-07T09:00:00Z', 1],
      ['2026-12-09T09:00:00Z', 1],
      ['2026-12-10T09:00:00Z', 2],
    ]);
    // Moved again, and told anew three and one working day before.
    await world.move(moved, '2026-12-18T07:00:00Z');
    await expectDigests([
      ['2026-12-11T09:00:00Z', 2],
      ['2026-12-15T08:00:00Z', 3],
      ['2026-12-17T08:00:00Z', 4],
    ]);
  });

  it('are cancelled when the shift is moved or gone before they go out', async () => {
    const shift = await world.plan(anna, SHIFT);
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z', { send: false });
    const moved = await world.move(shift, '2026-12-11T07:00:00Z');
    await world.app.get(MailDispatcher).run();
    expect(await world.count('reading-digest', 'cancelled')).toBe(1);
    await world.runAt('2026-11-30T09:20:00Z', { send: false });
    await world.cancel(moved);
    await world.app.get(MailDispatcher).run();
    await world.runAt('2026-11-30T09:30:00Z');
    expect(await world.count('reading-digest')).toBe(0);
    expect(await world.count('reading-digest', 'cancelled')).toBe(2);
  });

  it('say nothing of what is withdrawn, replaced or minor, nor to whoever has left or has no shift', async () => {
    const gone = await world.agent();
    const idle = await world.agent();
    await world.plan(anna, SHIFT);
    await world.plan(gone, SHIFT);
    const first = await world.publish({ title: 'Pas' });
    const withdrawn = await world.publish({ title: 'Trukket tilbage' });
    await world.withdraw(withdrawn.id);
    await world.depart(gone, '2026-11-30');
    await world.publish({ title: 'Pas, ny udgave' }, first.guideId);
    await world.runAt('2026-11-30T09:05:00Z');
    expect(await world.count('reading-digest')).toBe(1);
    const { text } = (await capturedMails(world.app, anna.email)).at(-1)!;
    expect(text).toContain('- Pas, ny udgave');
    expect(text).not.toContain('Trukket');
    expect(text!.match(/^- /gm)).toHaveLength(1);
    expect((await capturedMails(world.app, idle.email)).length).toBe(0);
    const [newest] = await world.app.rows<{ id: number }>('SELECT MAX(id) AS id FROM guide_version');
    await world.read(anna, newest!.id);
    await world.publish({ title: 'Pas, en slåfejl rettet', minor: true }, first.guideId);
    await world.runAt('2026-12-01T09:00:00Z');
    expect(await world.count('reading-digest')).toBe(1);
  });

  it('wait while a version is still being spread', async () => {
    await world.plan(anna, SHIFT);
    await world.publish();
    await world.app.get(ReadingDigests).run();
    await world.app.get(MailDispatcher).run();
    expect(await world.count('reading-digest')).toBe(1);
    const { id } = await world.publish({ title: 'Ny' });
    await world.app
      .get(UnitOfWork)
      .run((tx) =>
        execute(tx, 'UPDATE guide_version SET spreadAt = NULL, spreadUpTo = 0 WHERE id = ?', [id]),
      );
    world.app.clock.set('2026-12-01T09:00:00Z');
    await world.app.get(ReadingDigests).run();
    expect(await world.count('reading-digest', 'queued')).toBe(0);
    await world.runAt('2026-12-01T09:10:00Z');
    expect(await world.count('reading-digest')).toBe(2);
  });

  it('stop while the shift plan is older than seven days', async () => {
    await world.plan(anna, SHIFT);
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await expectDigests([['2026-12-07T09:00:00Z', 2]]);
    await expectDigests([['2026-12-09T09:00:00Z', 2]]);
    expect(await world.count('reading-leader')).toBe(0);
    await touchPlan('2026-12-09T09:30:00Z');
    await expectDigests([['2026-12-09T10:00:00Z', 3]]);
    expect(await world.count('reading-leader')).toBe(1);
  });

  it('come on working days only: on Friday for a shift on Monday', async () => {
    await world.plan(anna, '2026-12-07T07:00:00Z');
    world.app.clock.set('2026-12-04T15:30:00Z');
    await world.publish();
    await expectDigests([
      ['2026-12-04T16:00:00Z', 0],
      ['2026-12-05T10:00:00Z', 0],
      ['2026-12-06T10:00:00Z', 0],
      // The shift begins at the very hour at which mails may go out again.
      ['2026-12-07T07:00:00Z', 0],
    ]);
    // The next shift asks for it too.
    await world.plan(anna, '2026-12-09T07:00:00Z');
    await expectDigests([['2026-12-07T09:00:00Z', 1]]);
  });

  it('come at eight before and after the clocks go back on 25 October', async () => {
    await world.app.stop();
    world = await ReadingWorld.start('2026-10-19T08:00:00Z');
    anna = await world.agent();
    // A night shift across the change, and one after it.
    const night = await world.plan(anna, '2026-10-24T21:00:00Z');
    await world.publish();
    await expectDigests([
      ['2026-10-19T08:05:00Z', 1],
      ['2026-10-20T08:00:00Z', 1],
      ['2026-10-21T05:59:00Z', 1],
      ['2026-10-21T06:00:00Z', 2],
      ['2026-10-23T05:59:00Z', 2],
      ['2026-10-23T06:00:00Z', 3],
    ]);
    await world.cancel(night);
    await world.plan(anna, '2026-10-27T07:00:00Z');
    await expectDigests([
      ['2026-10-25T01:30:00Z', 3],
      ['2026-10-26T06:30:00Z', 3],
      ['2026-10-26T07:00:00Z', 4],
    ]);
  });

  it('are made once by several instances at the same time', async () => {
    for (let n = 0; n < 3; n += 1) await world.plan(await world.agent(), SHIFT);
    await world.publish();
    const digests = world.app.get(ReadingDigests);
    await Promise.all([digests.run(), digests.run(), digests.run()]);
    expect(await world.count('reading-digest', 'queued')).toBe(3);
    await touchPlan('2026-12-05T09:00:00Z');
    world.app.clock.set('2026-12-09T08:00:00Z');
    const leaders = world.app.get(LeaderReadings);
    await Promise.all([leaders.run(), leaders.run()]);
    expect(await world.count('reading-leader', 'queued')).toBe(1);
  });

  it('tell the leader once a day who has not read one working day before', async () => {
    const bo = await world.agent({ firstName: 'Bo' });
    await world.plan(anna, SHIFT);
    await world.plan(bo, '2026-12-11T07:00:00Z');
    const { id } = await world.publish();
    await world.publish({ title: 'Kørekort' });
    await world.runAt('2026-11-30T09:05:00Z');
    await touchPlan('2026-12-05T09:00:00Z');
    await world.runAt('2026-12-08T14:00:00Z');
    expect(await world.count('reading-leader')).toBe(0);
    await world.runAt('2026-12-09T07:00:00Z');
    await world.runAt('2026-12-09T12:00:00Z');
    expect(await world.count('reading-leader')).toBe(1);
    const first = (await capturedMails(world.app, LEADER)).at(-1)!;
    expect(first.subject).toBe('En agent mangler at læse før sin vagt');
    expect(first.text).toMatch(/- Anna Agent \d+, vagt 10\. december 2026 kl\. 08\.00: 2 guides/);
    expect(first.text).not.toContain('Bo');
    expect(first.text).toContain('/vagtklar');
    await world.read(bo, id);
    await world.runAt('2026-12-10T07:30:00Z');
    const second = (await capturedMails(world.app, LEADER)).at(-1)!;
    expect(second.text).toMatch(/- Bo Agent \d+, vagt 11\. december 2026 kl\. 08\.00: en guide/);
    expect(second.text).not.toContain('Anna');
    expect(await world.count('reading-leader')).toBe(2);
  });

  it('say nothing to the leader about a shift that somebody has said the agent may take', async () => {
    const shift = await world.plan(anna, SHIFT);
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await touchPlan('2026-12-05T09:00:00Z');
    await world.app.get(UnitOfWork).run((tx) =>
      insertRow(tx, 'readiness_override', {
        shiftId: shift.id,
        agentId: anna.id,
        startsAt: new Date(SHIFT),
        reason: 'other',
        note: null,
        byPersonId: world.personId,
        createdAt: world.app.clock.now(),
      }),
    );
    await world.runAt('2026-12-09T08:00:00Z');
    expect(await world.count('reading-leader')).toBe(0);
    expect(await world.count('reading-digest')).toBe(2);
  });

  it('never tell a leader of what has been read since, and become a task when no leader is there', async () => {
    await world.plan(anna, SHIFT);
    const { id } = await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await touchPlan('2026-12-05T09:00:00Z');
    await world.runAt('2026-12-09T07:00:00Z', { send: false });
    await world.read(anna, id);
    await world.app.get(MailDispatcher).run();
    expect(await world.count('reading-leader', 'cancelled')).toBe(1);
    await world.publish({ title: 'Ny' });
    const secretariat = await signIn(world.app, 'sekretariat@ddh.test');
    const away = { from: '2026-12-09', to: '2026-12-20' };
    expect((await secretariat.post(`/users/${world.world.leaderId}/absences`, away)).status).toBe(201);
    await world.runAt('2026-12-09T09:00:00Z');
    // Nobody stands in for the first leader here: it becomes a task.
    expect(await world.count('reading-leader')).toBe(0);
    expect(await world.app.count('task', "kind = 'leader_missing'")).toBeGreaterThan(0);
  });

  it('never go out twice, nor outside office hours, over three weeks of ticks', async () => {
    const others = [await world.agent(), await world.agent()];
    const shifts = ['2026-12-03T07:00:00Z', '2026-12-07T06:00:00Z', '2026-12-12T08:00:00Z', SHIFT];
    for (const [n, agent] of [anna, ...others].entries())
      for (const startsAt of shifts.slice(n)) await world.plan(agent, startsAt);
    for (let hour = 0; hour < 20 * 24; hour += 3) {
      const at = new Date(Date.UTC(2026, 10, 30, 9 + hour, 10)).toISOString();
      world.app.clock.set(at);
      if (hour % 90 === 0) await world.publish({ title: `Guide ${hour}` });
      if (hour % 96 === 48)
        await world.plan(others[0]!, new Date(Date.parse(at) + 40 * 86_400_000).toISOString());
      await world.runAt(at);
      await world.runAt(at);
    }
    const mails = await world.app.rows<{
      template: string;
      toPersonId: number;
      sentAt: string;
      state: string;
    }>(
      `SELECT template, toPersonId, sentAt, state FROM mail
        WHERE template IN ('reading-digest', 'reading-leader', 'guide-minutes-leader')`,
    );
    expect(mails.length).toBeGreaterThan(15);
    const seen = new Set<string>();
    for (const { template, toPersonId, sentAt, state } of mails) {
      expect(state).toBe('sent');
      const at = toInstant(sentAt);
      const day = localDateOf(at);
      expect(isWeekday(day)).toBe(true);
      expect(at.getUTCHours()).toBeGreaterThanOrEqual(7);
      expect(at.getUTCHours()).toBeLessThan(15);
      const key = `${template} ${toPersonId} ${day}`;
      expect(seen).not.toContain(key);
      seen.add(key);
    }
  }, 120_000);

  /** Where the button behind a personal link leads. */
  async function opens(link: string): Promise<string | null> {
    const browser = new Browser(world.app.url);
    const { csrf } = await browser.get(link);
    return (await browser.post(link, { _csrf: csrf })).location;
  }
});
