import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { AcuteGuides, GuideMinutes, GuideSpread, NoticePruning } from '../../src/modules/readiness/index.js';
import { addCourse } from '../support/builders.js';
import { capturedMails, personalLink } from '../support/captured.js';
import { ReadingWorld, type ReadingAgent } from '../support/reading.js';
import { Browser } from '../support/browser-less.js';

const LEADER = 'leder.751@ddh.test';
const FOREIGN_LEADER = 'leder.615@ddh.test';

describe('mails about an acute guide', () => {
  let world: ReadingWorld;
  let anna: ReadingAgent;

  beforeEach(async () => {
    // A Saturday night.
    world = await ReadingWorld.start('2026-12-05T21:00:00Z');
    anna = await world.agent();
  });
  afterEach(() => world.app.stop());

  const acute = { urgency: 'acute', title: 'Nyt telefonnummer', minutes: 2 } as const;

  it('leave the grace as it is when something small is mended', async () => {
    const { guideId } = await world.publish(acute);
    world.app.clock.advance(3_600_000);
    await world.publish({ ...acute, urgency: 'normal', minor: true }, guideId);
    const versions = await world.app.rows<{ urgency: string; countsFrom: string | Date }>(
      'SELECT urgency, countsFrom FROM guide_version WHERE guideId = ? ORDER BY number',
      [guideId],
    );
    expect(versions.map(({ urgency }) => urgency)).toEqual(['acute', 'acute']);
    expect(versions[1]!.countsFrom).toEqual(versions[0]!.countsFrom);
  });

  it('go at once, at any hour, to whoever is on shift now or within a day', async () => {
    const now = await world.agent();
    const later = await world.agent();
    const over = await world.agent();
    const idle = await world.agent();
    await world.plan(anna, '2026-12-06T20:59:00Z');
    await world.plan(now, '2026-12-05T18:00:00Z');
    await world.plan(later, '2026-12-06T22:00:00Z');
    await world.plan(over, '2026-12-05T14:00:00Z');
    const { guideId } = await world.publish(acute);
    await world.runAt('2026-12-05T21:01:00Z');
    await world.runAt('2026-12-05T21:02:00Z');
    expect(await world.count('guide-acute')).toBe(2);
    const [mail] = await capturedMails(world.app, anna.email);
    expect(mail!.subject).toBe('Læs nu: vigtig ændring før din vagt');
    expect(mail!.text).toContain('Nyt telefonnummer, cirka 2 min.');
    expect(mail!.text).toContain('Gebyret er sat op.');
    expect((await capturedMails(world.app, now.email)).length).toBe(1);
    const link = await personalLink(world.app, anna.email);
    const browser = new Browser(world.app.url);
    const { csrf } = await browser.get(link);
    expect((await browser.post(link, { _csrf: csrf })).location).toBe(`/guides/${guideId}`);
    // The others when their shift comes within a day, for three days.
    await world.plan(idle, '2026-12-08T10:00:00Z');
    await world.runAt('2026-12-05T22:00:00Z');
    expect(await world.count('guide-acute')).toBe(3);
    await world.runAt('2026-12-07T11:00:00Z');
    expect(await world.count('guide-acute')).toBe(4);
    await world.plan(over, '2026-12-09T10:00:00Z');
    await world.runAt('2026-12-08T21:30:00Z');
    expect(await world.count('guide-acute')).toBe(4);
  });

  it('spare whoever has read it, for whom it is not meant, who has left, and nobody hears of one taken back', async () => {
    const bo = await world.agent();
    const away = await world.agent({}, world.world.foreignLeader);
    const gone = await world.agent();
    for (const agent of [anna, bo, away, gone]) await world.plan(agent, '2026-12-06T07:00:00Z');
    const { id } = await world.publish({ ...acute, audience: { kind: 'municipalities', codes: ['751'] } });
    await world.read(bo, id);
    await world.depart(gone, '2026-12-05');
    await world.app.get(AcuteGuides).run();
    expect(await world.count('guide-acute', 'queued')).toBe(1);
    await world.read(anna, id);
    await world.app.get(MailDispatcher).run();
    expect(await world.count('guide-acute', 'cancelled')).toBe(1);
    const other = await world.publish(acute);
    await world.withdraw(other.id);
    await world.app.get(AcuteGuides).run();
    expect(await world.count('guide-acute', 'queued')).toBe(0);
  });

  it('spare whoever is through with the e-learning that it asks for', async () => {
    await world.plan(anna, '2026-12-06T07:00:00Z');
    const { app } = world;
    const courseId = await app
      .get(UnitOfWork)
      .run((tx) => addCourse(tx, app.clock.now(), { requiredBeforeFirstShift: false }));
    await world.publish({ ...acute, courseId });
    await app.get(UnitOfWork).run((tx) => execute(tx, "UPDATE enrolment SET state = 'waived'"));
    await app.get(AcuteGuides).run();
    expect(await app.count('mail', "template = 'guide-acute'")).toBe(0);
    await app.get(UnitOfWork).run((tx) => execute(tx, "UPDATE enrolment SET state = 'not_started'"));
    await app.get(AcuteGuides).run();
    expect(await app.count('mail', "template = 'guide-acute'")).toBe(1);
  });

  it('come once for an agent, by several instances at once, and not again for a minor change', async () => {
    await world.plan(anna, '2026-12-06T07:00:00Z');
    // Before the requirements are made: an acute guide does not wait for them.
    const first = await world.publish(acute);
    const job = world.app.get(AcuteGuides);
    await Promise.all([job.run(), job.run()]);
    await world.publish({ ...acute, minor: true }, first.guideId);
    await world.runAt('2026-12-05T21:10:00Z');
    expect(await world.app.count('mail', "template = 'guide-acute'")).toBe(1);
    await world.publish({ ...acute, title: 'Nummeret er ændret igen' }, first.guideId);
    await world.runAt('2026-12-05T21:20:00Z');
    expect(await world.app.count('mail', "template = 'guide-acute'")).toBe(2);
  });

  it('count as being told: the digest comes three days before the shift, not on the next morning', async () => {
    await world.plan(anna, '2026-12-06T07:00:00Z');
    await world.plan(anna, '2026-12-17T07:00:00Z');
    await world.publish(acute);
    await world.runAt('2026-12-05T21:01:00Z');
    await world.runAt('2026-12-07T09:00:00Z');
    await world.runAt('2026-12-09T09:00:00Z');
    expect(await world.count('reading-digest')).toBe(0);
    await world.plan(anna, '2027-01-17T07:00:00Z');
    await world.runAt('2026-12-14T09:00:00Z');
    expect(await world.count('reading-digest')).toBe(1);
  });
});

describe('the mail that tells leaders how many minutes to set aside', () => {
  let world: ReadingWorld;

  beforeEach(async () => {
    // A Monday at 10.
    world = await ReadingWorld.start('2026-11-30T09:00:00Z');
    await world.agent();
    await world.agent();
    await world.agent({}, world.world.foreignLeader);
  });
  afterEach(() => world.app.stop());

  const announced = () => world.app.count('guide_version', 'announcedAt IS NOT NULL');
  const sent = () => world.count('guide-minutes-leader');

  it('names the guides, from when, how many agents, and the minutes for each and for all', async () => {
    await world.publish({ title: 'Pas', minutes: 7, effectiveFrom: new Date('2026-12-15T08:00:00Z') });
    await world.publish({
      title: 'Kørekort',
      minutes: 4,
      audience: { kind: 'municipalities', codes: ['751'] },
    });
    await world.runAt('2026-11-30T09:05:00Z');
    await world.runAt('2026-11-30T09:15:00Z');
    expect(await sent()).toBe(2);
    expect(await announced()).toBe(2);
    const mail = (await capturedMails(world.app, LEADER)).at(-1)!;
    expect(mail.subject).toBe('Sæt tid af: nye guides til dine agenter');
    expect(mail.text).toContain('Det tager efter vores skøn 22 minutter i alt.');
    expect(mail.text).toContain('- Pas, gælder fra 15. december 2026: 2 agenter à 7 min., 14 min. i alt');
    expect(mail.text).toContain('- Kørekort, gælder fra 30. november 2026: 2 agenter à 4 min., 8 min. i alt');
    const foreign = (await capturedMails(world.app, FOREIGN_LEADER)).at(-1)!;
    expect(foreign.text).toContain('1 agent à 7 min., 7 min. i alt');
    expect(foreign.text).not.toContain('Kørekort');
  });

  it('comes once a day, in office hours, and tells what came later the next day', async () => {
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await world.publish({ title: 'Senere' });
    await world.runAt('2026-11-30T13:00:00Z');
    expect([await sent(), await announced()]).toEqual([2, 1]);
    await world.runAt('2026-12-01T06:59:00Z');
    expect(await sent()).toBe(2);
    await world.runAt('2026-12-01T07:00:00Z');
    expect([await sent(), await announced()]).toEqual([4, 2]);
    const { text } = (await capturedMails(world.app, LEADER)).at(-1)!;
    expect(text).toContain('- Senere');
    expect(text).not.toContain('Pas og');
    await world.publish({ title: 'Fredag aften' });
    await world.runAt('2026-12-05T10:00:00Z');
    expect(await sent()).toBe(4);
  });

  it('leaves out minor changes, what is taken back, what is being spread and who has read already', async () => {
    const first = await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await world.publish({ minor: true }, first.guideId);
    const gone = await world.publish({ title: 'Væk' });
    await world.withdraw(gone.id);
    await world.runAt('2026-12-01T09:05:00Z');
    expect(await sent()).toBe(2);
    expect(await announced()).toBe(1);
  });

  it('can be killed between two municipalities, and run by several at once', async () => {
    await world.publish();
    await world.publish({ title: 'To' });
    const { GuideAnnouncements } =
      await import('../../src/modules/readiness/reminders/guide-announcements.js');
    const announcements = world.app.get(GuideAnnouncements);
    const tell = announcements.tell.bind(announcements);
    let calls = 0;
    announcements.tell = (...told) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('killed')) : tell(...told);
    };
    await expect(world.app.get(GuideMinutes).run()).rejects.toThrow('killed');
    expect([await world.app.count('mail', "template = 'guide-minutes-leader'"), await announced()]).toEqual([
      1, 0,
    ]);
    announcements.tell = tell;
    // Published in between: told to the one who has had no mail today, and to the other tomorrow.
    await world.publish({ title: 'Tre' });
    const job = world.app.get(GuideMinutes);
    await Promise.all([job.run(), job.run()]);
    await world.app.get(MailDispatcher).run();
    expect([await sent(), await announced()]).toEqual([2, 2]);
    await world.runAt('2026-12-01T08:00:00Z');
    expect([await sent(), await announced()]).toEqual([3, 3]);
    for (const [address, total] of [
      [LEADER, 3],
      [FOREIGN_LEADER, 3],
    ] as const) {
      const told = (await capturedMails(world.app, address)).flatMap(
        ({ text }) => text?.match(/^- .*gælder/gm) ?? [],
      );
      expect(told).toHaveLength(total);
      expect(new Set(told).size).toBe(total);
    }
  });

  it('forgets in time whom it has told', async () => {
    await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    await world.app.get(NoticePruning).run();
    expect(await world.app.count('minutes_notice')).toBe(2);
    world.app.clock.set('2026-12-04T09:00:00Z');
    await world.app.get(NoticePruning).run();
    expect(await world.app.count('minutes_notice')).toBe(0);
  });

  it('forgets what agents were told once nobody can be asked to read it', async () => {
    const agent = await world.agent();
    await world.plan(agent, '2026-12-02T07:00:00Z');
    const { id } = await world.publish();
    await world.runAt('2026-11-30T09:05:00Z');
    expect(await world.app.count('reading_notice')).toBe(1);
    await world.withdraw(id);
    await world.app.get(GuideSpread).run();
    world.app.clock.set('2027-01-15T09:00:00Z');
    await world.app.get(GuideSpread).prune();
    await world.app.get(NoticePruning).run();
    expect(await world.app.count('reading_notice')).toBe(0);
  });
});
