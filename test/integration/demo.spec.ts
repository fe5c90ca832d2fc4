import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { addDays } from '../../src/common/local-date.js';
import { readEnv } from '../../src/config/env.js';
import { entities } from '../../src/data-model.js';
import { openDatabase } from '../../src/database/open-database.js';
import { execute } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { DemoService } from '../../src/demo/demo.service.js';
import { FullTrail } from '../../src/demo/full/full-trail.js';
import { planDays, SEATS_OF_DAYS } from '../../src/demo/full/plan-days.js';
import { planSeats } from '../../src/demo/full/plan-seats.js';
import { planFull } from '../../src/demo/full/plan.js';
import { EmploymentClock } from '../../src/modules/agents/index.js';
import { SEAT_INVARIANTS } from '../../src/modules/onboarding-days/onboarding-days.rules.js';
import { GuideSpread } from '../../src/modules/readiness/index.js';
import { launchWarnings } from '../../src/modules/courses/launch.rules.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { ReminderService } from '../../src/modules/onboarding/index.js';
import { signIn } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { dumpOf, StillClock } from '../support/dump.js';
import { seatSnapshot } from '../support/seat-snapshot.js';
import { createTestDatabase, isMariadb, type TestDatabase } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const NOW = '2026-11-20T09:00:00.000Z';
const TODAY = '2026-11-20';
const TABLES = (
  'membership municipality onboarding_day course course_version person role_assignment absence agent employment enrolment ' +
  'completion_event waiver transfer_request mail task audit_entry connection inbox_message api_token saved_report link_token ' +
  'booking attendance attendance_mark ' +
  'figures_agreement quality_policy resolution_month resolution_figure coach_grant month_closing quality_case ' +
  'quality_case_month coaching_talk'
).split(' ');

const start = (size: string, database?: TestDatabase) =>
  TestApp.start({ DEMO_DATA: size }, database, new StillClock(NOW));
/** The sentences about seats that do not hold. */
async function brokenInvariants(app: TestApp): Promise<string[]> {
  const snapshot = await seatSnapshot(app);
  return Object.entries(SEAT_INVARIANTS)
    .filter(([, holds]) => !holds(snapshot))
    .map(([sentence]) => sentence);
}
const login = (app: TestApp, email: string) => signIn(app, email, 'vagtklar-demo');
const several = isMariadb ? it : it.skip;

describe('the full demonstration', () => {
  let app: TestApp;
  let asFilled: Record<string, unknown[]>;

  beforeAll(async () => {
    app = await start('full');
    asFilled = await dumpOf(app, TABLES);
  });
  afterAll(() => app.stop());

  it('has forty members, one to come and one that has left, each with a first leader', async () => {
    const members = `fromOn <= '${TODAY}' AND (toOn IS NULL OR toOn >= '${TODAY}')`;
    expect(await app.count('membership', members)).toBe(40);
    expect(await app.count('membership', "fromOn = '2027-01-01'")).toBe(1);
    expect(await app.count('membership', "toOn = '2025-12-31'")).toBe(1);
    expect(await app.count('municipality', 'primaryLeaderId IS NOT NULL')).toBe(42);
    expect(await app.count('role_assignment', "role = 'leader'")).toBe(56);
    expect(await app.count('role_assignment', 'deputyId IS NOT NULL')).toBe(28);
    expect(await app.count('absence')).toBe(3);
  });

  it('has some three hundred agents at all stages, with everything that happens to agents', async () => {
    expect(await app.count('agent')).toBe(301);
    for (const reason of ['departed', 'transferred', 'membership_ended'])
      expect(await app.count('employment', `endReason = '${reason}'`)).toBeGreaterThan(3);
    expect(await app.count('employment', "endReason = 'transferred'")).toBe(12);
    expect(await app.count('employment', 'openAgentId IS NOT NULL AND endOn IS NOT NULL')).toBe(2);
    expect(await app.count('person', 'deactivatedAt IS NOT NULL')).toBeGreaterThan(20);
    for (const state of ['not_started', 'in_progress', 'completed', 'waived'])
      expect(await app.count('enrolment', `state = '${state}'`)).toBeGreaterThan(10);
    for (const source of ['Articulate', 'manual', 'import', 'registration'])
      expect(await app.count('completion_event', `source = '${source}'`)).toBeGreaterThan(10);
    expect(await app.count('person', 'isDemo = 0')).toBe(0);
  });

  it('has mails in all states, tasks, messages that fit nobody, and what machines need', async () => {
    for (const state of ['sent', 'failed', 'queued', 'cancelled'])
      expect(await app.count('mail', `state = '${state}'`)).toBeGreaterThan(2);
    expect(await app.count('task', 'doneAt IS NULL')).toBe(4);
    expect(await app.count('task', 'doneAt IS NOT NULL')).toBe(2);
    expect(await app.count('inbox_message', "status = 'unmatched'")).toBe(3);
    expect(await app.count('inbox_message', "status = 'applied'")).toBeGreaterThan(3);
    expect(await app.count('transfer_request', "state = 'waiting'")).toBe(3);
    for (const table of ['connection', 'api_token', 'saved_report']) expect(await app.count(table)).toBe(1);
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { items } = (await secretariat.get('/connections')).body;
    expect((await secretariat.post(`/connections/${items[0].id}/secrets`)).status).toBe(201);
  });

  it('has two years of onboarding days: most attended, some did not and go on, the next day is full', async () => {
    expect(await brokenInvariants(app)).toEqual([]);
    const marks = await app.count('attendance');
    expect(marks).toBeGreaterThan(120);
    const noShows = await app.count('attendance', "status = 'no_show'");
    expect(noShows / marks).toBeGreaterThan(0.04);
    expect(noShows / marks).toBeLessThan(0.13);
    for (const status of ['partial', 'excused'])
      expect(await app.count('attendance', `status = '${status}'`)).toBeGreaterThan(1);
    expect(await app.count('attendance_mark')).toBe(marks);
    // Whoever did not turn up and is still there has attended since, or has a seat.
    const lost = `agentId IN (SELECT openAgentId FROM employment) AND mustAttendAgain = 1
      AND agentId NOT IN (SELECT agentId FROM attendance WHERE mustAttendAgain = 0)
      AND agentId NOT IN (SELECT seatAgentId FROM booking WHERE seatAgentId IS NOT NULL)`;
    expect(await app.count('attendance', lost)).toBe(0);
    expect(await app.count('booking', "status = 'booked' AND seatAgentId IS NOT NULL")).toBeGreaterThan(20);
    expect(await app.count('booking', "status = 'waitlisted'")).toBeGreaterThan(3);
    expect(await app.count('booking', "status = 'unplaced'")).toBe(0);
    const [next] = await app.rows<{ capacity: number; seatsTaken: number }>(
      `SELECT capacity, seatsTaken FROM onboarding_day WHERE onDate > '${TODAY}' ORDER BY onDate LIMIT 1`,
    );
    expect(next!.seatsTaken).toBe(next!.capacity);
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { missing, need } = (await secretariat.get('/onboarding-days/statistics')).body;
    const never = missing.reduce(
      (sum: number, row: { existingAgents: number }) => sum + row.existingAgents,
      0,
    );
    expect(never).toBeGreaterThan(3);
    expect(need.daysNeeded).toBeGreaterThan(2);
  });

  it('has guides, a shift plan around today and receipts, so that most are ready for the next shift and some are not', async () => {
    await app.get(GuideSpread).run();
    expect(await app.count('guide')).toBe(7);
    expect(await app.count('shift', `startsAt > '${TODAY}'`)).toBeGreaterThan(1_000);
    expect(await app.count('shift', `startsAt < '${TODAY}'`)).toBeGreaterThan(3_000);
    expect(await app.count('reading_requirement', 'readAt IS NULL')).toBeGreaterThan(100);
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { items } = (await secretariat.get(`/readiness?from=${TODAY}&to=${addDays(TODAY, 7)}&limit=200`))
      .body;
    const ready = items.filter((item: { ready: boolean }) => item.ready).length / items.length;
    expect(ready).toBeGreaterThan(0.4);
    expect(ready).toBeLessThan(0.95);
  });

  it('has figures of all months that are over, and agents who are below the threshold', async () => {
    expect(await app.count('figures_agreement')).toBe(42);
    expect(await app.count('resolution_month')).toBe(23);
    expect(await app.count('resolution_figure')).toBeGreaterThan(3_500);
    expect(await app.count('resolution_figure', 'resolved > answered')).toBe(0);
    expect(await app.count('coach_grant')).toBe(3);
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { month, ddh, watchList, openCases } = (await secretariat.get('/quality-overview')).body;
    expect(month).toBe('2026-10');
    expect(ddh.agents).toBeGreaterThan(150);
    expect(ddh.rate.rate).toBeGreaterThan(0.58);
    expect(ddh.rate.rate).toBeLessThan(0.72);
    const watched = watchList.filter(({ outcome }: { outcome: string }) => outcome === 'watch');
    expect(watched.length).toBeGreaterThan(0);
    expect(watchList.length).toBeLessThan(20);
    expect(openCases).toBe(1);
    const talks = await app.rows('SELECT state FROM coaching_talk ORDER BY id');
    expect(talks).toEqual([{ state: 'held' }, { state: 'accepted' }]);
  });

  it('warns of the draft whose link reports nothing', async () => {
    const [draft] = await app.rows<{ launchUrl: string }>(
      "SELECT launchUrl FROM course_version WHERE state = 'draft'",
    );
    expect(launchWarnings(draft!.launchUrl)).toEqual(['review_link']);
  });

  it('lets everybody sign in, and says how', async () => {
    for (const name of ['sekretariat', 'sekretariat.3', 'leder.751', 'leder.751.2', 'leder.461', 'agent'])
      expect((await (await login(app, `${name}@vagtklar.test`)).get('/me')).status).toBe(200);
    const page = await new Browser(app.url).get('/log-ind');
    expect(page.text).toContain('leder.751@vagtklar.test');
    const me = (await (await login(app, 'agent@vagtklar.test')).get('/me')).body;
    const leader = await login(app, 'leder.751@vagtklar.test');
    expect((await leader.get(`/agents/${me['agentId']}`)).body['municipalityCode']).toBe('751');
  });

  it('reports days that have passed, each with more agents and more of them through', async () => {
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const totals = async (days: number) =>
      (await secretariat.get(`/reports/completions?limit=1&asOf=${addDays(TODAY, -days)}`)).body['totals'];
    let later = await totals(0);
    expect(later.completed / later.total).toBeGreaterThan(0.7);
    for (const days of [60, 180, 360, 540, 700]) {
      const earlier = await totals(days);
      expect(earlier.total).toBeGreaterThan(40);
      expect(earlier.total).toBeLessThan(later.total);
      expect(earlier.completed).toBeLessThan(later.completed);
      later = earlier;
    }
  });

  it('is the same another time, apart from what is drawn by lot', async () => {
    const again = await start('full');
    expect(await dumpOf(again, TABLES)).toEqual(asFilled);
    await again.stop();
  });

  it('is completed by the next start when a start was cut off', async () => {
    const clock = new StillClock(NOW);
    const other = await TestApp.start({}, undefined, clock);
    const demo = other.get(DemoService);
    const trail = other.get(FullTrail);
    trail.write = () => Promise.reject(new Error('cut off'));
    await expect(demo.fillIfEmpty('full')).rejects.toThrow('cut off');
    Reflect.deleteProperty(trail, 'write');
    expect(await other.count('audit_entry')).toBe(0);
    // Even when it asks for another size, and on a later day.
    clock.set('2026-12-24T09:00:00.000Z');
    await demo.fillIfEmpty('small');
    const { agent, enrolment, mail } = await dumpOf(other, TABLES);
    expect(agent!.slice(0, 300)).toEqual(asFilled['agent']!.slice(0, 300));
    expect(enrolment).toHaveLength(asFilled['enrolment']!.length);
    expect(mail).toHaveLength(asFilled['mail']!.length);
    await other.stop();
  });

  several('is filled once by two servers that start at once', async () => {
    const database = await createTestDatabase();
    const both = await Promise.all([start('full', database), start('full', database)]);
    const { audit_entry: trail, mail, person, agent } = await dumpOf(both[0], TABLES);
    expect([person, agent].map((rows) => rows!.length)).toEqual([360, 301]);
    expect(mail).toHaveLength(asFilled['mail']!.length);
    expect(trail).toHaveLength(asFilled['audit_entry']!.length);
    await both[0].stop({ keepDatabase: true });
    await both[1].stop();
  });

  several('is completed after the server was killed in the middle', async () => {
    const database = await createTestDatabase();
    const child = spawn(process.execPath, ['dist/main.js'], {
      stdio: 'ignore',
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: database.url,
        MAIL_DIR: join(database.folder, 'mail'),
        DEMO_DATA: 'full',
        PORT: '0',
      },
    });
    const env = readEnv({ NODE_ENV: 'test', DATABASE_URL: database.url });
    const db = await openDatabase(env, { entities, exclusive: false });
    await until('some agents are there', async () =>
      Boolean(await db.selectOne("SELECT name FROM job_lease WHERE name = 'demo agents 1'")),
    );
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await db.select("SELECT name FROM job_lease WHERE name = 'demo finished'")).toEqual([]);
    await db.close();
    const again = await TestApp.start({ DEMO_DATA: 'full' }, database);
    expect(await again.count('agent')).toBe(301);
    expect(await again.count('mail', "template = 'welcome'")).toBeGreaterThan(50);
    expect((await login(again, 'agent@vagtklar.test')).token).toBeDefined();
    await again.stop();
  });

  // Last, for it sends mails.
  it('writes to nobody but the agent on the way, whose leader gets the receipt, and one who is asked by the open survey', async () => {
    const before = await app.count('mail');
    for (const work of [ReminderService, EmploymentClock, MailDispatcher])
      await app.get<{ run(): Promise<void> }>(work).run();
    expect(await app.count('mail')).toBe(before);
    const sent = await app.rows<{ toAddress: string }>(
      'SELECT toAddress FROM mail WHERE sentAt = ? ORDER BY 1',
      [new Date(NOW)],
    );
    expect(sent.map(({ toAddress }) => toAddress)).toEqual([
      'agent.1@vagtklar.test',
      'agent@vagtklar.test',
      'leder.751@vagtklar.test',
    ]);
  });
});

describe('the plan of the full demonstration', () => {
  it.each(['2026-01-01', '2026-06-30', '2027-12-31', '2028-02-29'])(
    'gives no seat on %s that is not there, nor two to anybody',
    (today) => {
      const days = planDays(today).map((on, n) => ({
        id: n + 1,
        on,
        bookBy: addDays(on, -7),
        capacity: SEATS_OF_DAYS[n]!,
        seatsTaken: 0,
        isCancelled: false,
      }));
      const { bookings, marks } = planSeats(planFull(today), days);
      for (const { id, on, capacity, seatsTaken } of days) {
        const seats = bookings.filter(({ dayId, status }) => dayId === id && status === 'booked');
        expect(seats).toHaveLength(seatsTaken);
        expect(seatsTaken).toBeLessThanOrEqual(capacity);
        expect(marks.some(({ dayId }) => dayId === id)).toBe(on < today);
        expect(seats.filter(({ isUsed }) => isUsed !== on < today)).toEqual([]);
      }
      const held = bookings.filter(({ status, isUsed }) => status === 'booked' && !isUsed);
      expect(new Set(held.map(({ email }) => email)).size).toBe(held.length);
    },
  );

  it.each(['2026-01-01', '2026-06-30', '2026-07-01', '2027-12-31', '2028-02-29'])('holds on %s', (today) => {
    const { agents, members } = planFull(today);
    expect(agents).toHaveLength(300);
    const open = members.filter(({ fromOn, toOn }) => fromOn <= today && (toOn ?? today) >= today);
    expect(open).toHaveLength(40);
    for (const { periods, learning } of agents) {
      for (const [index, { startOn, registeredOn, endOn, municipalityCode }] of periods.entries()) {
        const { fromOn, toOn } = members.find(({ code }) => code === municipalityCode)!;
        expect(startOn >= fromOn).toBe(true);
        expect(registeredOn <= today).toBe(true);
        expect((endOn ?? startOn) >= startOn).toBe(true);
        expect(toOn === null || endOn! <= toOn).toBe(true);
        if (index > 0) expect(startOn > periods[index - 1]!.endOn!).toBe(true);
      }
      for (const day of [learning.begunOn, learning.completedOn, learning.waiver?.on])
        expect((day ?? today) <= today).toBe(true);
    }
  });
});

describe('the small demonstration', () => {
  it('is what it was', async () => {
    const app = await start('small');
    expect(await app.count('membership')).toBe(3);
    expect(await app.count('person')).toBe(36);
    expect(await app.count('agent')).toBe(30);
    expect(await app.count('onboarding_day')).toBe(5);
    // To the agent on the way, to the leader, and one invitation to the survey that is open.
    expect(await app.count('mail', "state = 'queued'")).toBe(3);
    expect(await app.count('mail', "template = 'survey-invitation'")).toBe(1);
    expect(await app.count('mail')).toBe(3);
    expect(await brokenInvariants(app)).toEqual([]);
    const days = await app.rows<{ capacity: number; seatsTaken: number; marks: number; line: number }>(
      `SELECT d.capacity, d.seatsTaken, (SELECT COUNT(*) FROM attendance t WHERE t.dayId = d.id) AS marks,
              (SELECT COUNT(*) FROM booking b WHERE b.dayId = d.id AND b.status = 'waitlisted') AS line
         FROM onboarding_day d ORDER BY d.onDate`,
    );
    expect(days.map((day) => Object.values(day).map(Number))).toEqual([
      [24, 7, 7, 0],
      // Eight new agents, two who have to come again, and the agent on the way.
      [24, 11, 0, 0],
      [24, 0, 0, 0],
      [3, 3, 0, 1],
      [24, 0, 0, 0],
    ]);
    const months = await app.rows<{ month: string }>('SELECT month FROM resolution_month ORDER BY month');
    expect(months.slice(-3).map(({ month }) => month)).toEqual(['2026-04', '2026-09', '2026-10']);
    expect(await app.count('resolution_figure', "month BETWEEN '2026-05' AND '2026-08'")).toBe(0);
    expect(await app.count('quality_case', "state = 'notified'")).toBe(1);
    const secretariat = await login(app, 'sekretariat@vagtklar.test');
    const { watchList } = (await secretariat.get('/quality-overview?month=2026-04')).body;
    expect(watchList.map(({ outcome }: { outcome: string }) => outcome).sort()).toEqual(['hit', 'watch']);
    const agent = await login(app, 'agent@vagtklar.test');
    const { agentId } = (await agent.get('/me')).body;
    expect(await app.count('booking', `seatAgentId = ${agentId} AND status = 'booked'`)).toBe(1);
    for (const name of ['sekretariat', 'leder.751', 'leder.615', 'leder.791', 'agent'])
      expect((await (await login(app, `${name}@vagtklar.test`)).get('/me')).status).toBe(200);
    await app.stop();
  });

  it('goes into no database that holds anybody', async () => {
    const database = await createTestDatabase();
    const first = await TestApp.start({}, database);
    const row = "'A', 'B', 'b a', 'a@b.test', 'a@b.test', 'da', 0, '2026-01-01 00:00:00.000', 1";
    await first.get(UnitOfWork).run((tx) =>
      execute(
        tx,
        `INSERT INTO person (firstName, lastName, nameSortKey, email, emailKey, language, isDemo, createdAt, version)
          VALUES (${row})`,
      ),
    );
    await first.stop({ keepDatabase: true });
    const second = await start('full', database);
    expect(await second.count('person')).toBe(1);
    await second.stop();
  });
});
