import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { PASSWORD, signIn } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { TestApp } from '../support/test-app.js';

const DAY_MS = 24 * 3_600_000;

describe('statistics on onboarding days', () => {
  let app: TestApp;
  let world: World;
  let held: { id: number; on: string };
  /** Has waited longest. */
  let noShow: number;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    for (const { id } of (await world.secretariat.get('/onboarding-days')).body.items)
      await world.secretariat.post(`/onboarding-days/${id}/cancellations`);
  });
  afterAll(() => app.stop());

  const today = () => localDateOf(app.clock.now());
  const statistics = async (query = '') =>
    (await world.secretariat.get(`/onboarding-days/statistics${query}`)).body;

  async function plan(inDays: number, capacity: number) {
    const on = addDays(today(), inDays);
    const at = (time: '09:00' | '15:30') => instantAt(on, time).toISOString();
    const hours = { startsAt: at('09:00'), endsAt: at('15:30') };
    const day = { on, ...hours, venue: 'DOKK1', address: 'Aarhus C', capacity, bookBy: on };
    return (await world.secretariat.post('/onboarding-days', day)).body as { id: number; on: string };
  }

  async function register(changes: Record<string, unknown> = {}, by = world.leader): Promise<number> {
    const { status, body } = await by.post('/agents', anAgent({ startOn: today(), ...changes }));
    expect(status).toBe(201);
    return body['id'];
  }

  it('cannot calculate the need before a day has been held', async () => {
    expect(await statistics()).toMatchObject({
      noShows: { all: { noShow: 0, expected: 0, isFew: true }, municipalities: [] },
      missing: [],
      need: { registered: 0, missing: 0, medianSeats: null, daysNeeded: null, daysPlanned: 0 },
    });
  });

  it('counts seats, no-shows by municipality, who is missing for how long, and the days needed', async () => {
    held = await plan(5, 8);
    const own: number[] = [];
    for (let n = 0; n < 6; n += 1) own.push(await register());
    noShow = own[3]!;
    const foreign = [await register({}, world.foreignLeader), await register({}, world.foreignLeader)];
    await register({ kind: 'existing' });
    const walkIn = await register({ kind: 'existing' });
    await register({ kind: 'existing', onboardingAttendedOn: '2024-05-01' });
    app.clock.advance(100 * DAY_MS);
    world = {
      ...world,
      secretariat: await signIn(app, 'sekretariat@ddh.test'),
      leader: await signIn(app, 'leder.751@ddh.test'),
    };
    const status = ['attended', 'attended', 'partial', 'no_show', 'attended', 'excused'];
    const marks = [
      ...own.map((agentId, n) => ({ agentId, status: status[n] })),
      { agentId: foreign[0], status: 'no_show' },
      { agentId: walkIn, status: 'attended' },
    ];
    const path = `/api/v1/onboarding-days/${held.id}/attendances`;
    expect((await world.secretariat.call('PUT', path, marks)).status).toBe(200);
    const ahead = await plan(30, 1);
    await register();
    const body = await statistics();
    expect(body['days'].filter(({ isCancelled }: { isCancelled: boolean }) => !isCancelled)).toMatchObject([
      {
        on: held.on,
        capacity: 8,
        booked: 8,
        attended: 4,
        partial: 1,
        noShow: 2,
        excused: 1,
        walkIns: 1,
      },
      { on: ahead.on, capacity: 1, booked: 1, attended: 0, walkIns: 0 },
    ]);
    expect(body['noShows'].all).toEqual({ noShow: 2, expected: 6, isFew: false });
    expect(body['noShows'].municipalities).toEqual([
      { municipalityCode: '615', municipality: 'Horsens', noShow: 1, expected: 1, isFew: true },
      { municipalityCode: '751', municipality: 'Aarhus', noShow: 1, expected: 5, isFew: false },
    ]);
    const aarhus = body['missing'].find(
      ({ municipalityCode }: { municipalityCode: string }) => municipalityCode === '751',
    );
    expect(aarhus).toEqual({
      municipalityCode: '751',
      municipality: 'Aarhus',
      newAgents: 3,
      newWithSeat: expect.any(Number),
      newLongAgo: 2,
      longestDays: 100,
      existingAgents: 1,
      existingWithSeat: 0,
    });
    // Nine new ones, and five new and one existing agent who miss the day, eight seats a day.
    expect(body['need']).toEqual({
      registered: 9,
      missing: 6,
      medianSeats: 8,
      daysNeeded: 2,
      daysPlanned: 1,
    });
  });

  it('does not take an agent who has moved for a new one, nor for one who has waited less', async () => {
    const before = await statistics();
    const moved = await world.secretariat.post(`/agents/${noShow}/transfers`, {
      municipalityCode: '615',
      on: today(),
    });
    expect(moved.status).toBe(201);
    const after = await statistics();
    expect(after['need']).toEqual(before['need']);
    const longest = (body: Record<string, any>) =>
      Math.max(...body['missing'].map(({ longestDays }: { longestDays: number }) => longestDays));
    expect(longest(after)).toBe(longest(before));
  });

  it('looks at the days of a period', async () => {
    const body = await statistics(`?from=${addDays(held.on, 1)}&to=${addDays(held.on, 2)}`);
    expect(body).toMatchObject({ days: [], noShows: { municipalities: [] } });
    expect((await world.secretariat.get('/onboarding-days/statistics?from=2026-02-30')).status).toBe(400);
    expect((await world.secretariat.get('/onboarding-days/statistics?colour=red')).status).toBe(400);
    expect((await world.leader.get('/onboarding-days/statistics')).status).toBe(403);
  });

  it('is a page that shows numerator and denominator, and no percentage of few', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: PASSWORD,
    });
    const { text } = await browser.get('/onboardingdage/statistik');
    expect(text).toContain('Med det nuværende tempo er der brug for 2 onboardingdage');
    expect(text).toContain('Planlæg 1 dag mere.');
    expect(text).toContain('Færre end 5');
    expect(text).toContain('33,3\u00a0%');
    expect((await browser.get('/onboardingdage/statistik?from=2030-01-01&to=x')).status).toBe(200);
  });
});
