import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { TestApp } from '../support/test-app.js';

/** `npm run soak` asks for 1,000. */
const ROUNDS = Number(process.env['SEAT_ROUNDS'] ?? 3);
const RACERS = 40;
const REGISTERING = 4;
/** Some click twice. */
const TWICE = 5;
const CAPACITY = 6;

interface Row {
  id: number;
  agentId: number;
  status: 'booked' | 'waitlisted';
  kind: 'new' | 'existing';
}

describe('the race for the last seats', () => {
  let database: TestDatabase;
  /** Two servers where the database takes two. */
  let apps: TestApp[];
  let apis: Api[];
  let today: string;
  let existing: number[];

  beforeAll(async () => {
    database = await createTestDatabase();
    apps = [await TestApp.start({}, database)];
    const world = await buildWorld(apps[0]!);
    if (process.env['TEST_DATABASE'] === 'mariadb') apps.push(await TestApp.start({}, database));
    apis = await Promise.all(apps.map((app) => signIn(app, 'sekretariat@ddh.test', PASSWORD)));
    today = localDateOf(apps[0]!.clock.now());
    const [day] = (await world.secretariat.get('/onboarding-days')).body.items;
    await world.secretariat.post(`/onboarding-days/${day.id}/cancellations`);
    existing = [];
    for (let n = 0; n < RACERS - REGISTERING; n += 1) existing.push(await register('existing', n));
  });
  afterAll(async () => {
    for (const app of apps) await app.stop({ keepDatabase: true });
    await database.drop();
  });

  const api = (n: number) => apis[n % apis.length]!;

  async function register(kind: 'new' | 'existing', n: number): Promise<number> {
    const answer = await api(n).post('/agents', anAgent({ kind, startOn: today, municipalityCode: '751' }));
    expect(answer.status).toBe(201);
    return answer.body['id'];
  }

  async function bookings(dayId: number): Promise<Row[]> {
    return (await api(0).get(`/onboarding-days/${dayId}/bookings?limit=200`)).body['items'];
  }

  async function plan(): Promise<number> {
    const on = addDays(today, 30);
    const answer = await api(0).post('/onboarding-days', {
      on,
      startsAt: instantAt(on, '09:00').toISOString(),
      endsAt: instantAt(on, '15:30').toISOString(),
      venue: 'DOKK1',
      address: 'Aarhus C',
      capacity: CAPACITY,
      bookBy: on,
    });
    return answer.body['id'];
  }

  /** Seats as many as there are, nobody twice, the line in its order, and every answer true. */
  async function check(dayId: number): Promise<Row[]> {
    const rows = await bookings(dayId);
    const seats = rows.filter(({ status }) => status === 'booked');
    expect(seats).toHaveLength(CAPACITY);
    expect((await api(1).get(`/onboarding-days/${dayId}`)).body['seatsTaken']).toBe(CAPACITY);
    expect(new Set(rows.map(({ agentId }) => agentId)).size).toBe(rows.length);
    return rows;
  }

  async function race(dayId: number): Promise<number[]> {
    const racing = existing.map(async (agentId, n) => {
      const path = `/onboarding-days/${dayId}/bookings`;
      const clicks = [
        api(n).post(path, { agentId }),
        ...(n < TWICE ? [api(n + 1).post(path, { agentId })] : []),
      ];
      const answers = await Promise.all(clicks);
      expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual(
        n < TWICE ? [201, 409] : [201],
      );
    });
    const registering = Array.from({ length: REGISTERING }, (_, n) => register('new', n));
    const [agents] = await Promise.all([Promise.all(registering), Promise.all(racing)]);
    return agents;
  }

  /** Everyone with a seat and every other one in line gives up at once. */
  async function giveUp(dayId: number, rows: readonly Row[]): Promise<Row[]> {
    const line = rows.filter(({ status }) => status === 'waitlisted');
    const leaving = new Set([
      ...rows.filter((row) => row.status === 'booked'),
      ...line.filter((_, n) => n % 2 === 0),
    ]);
    const answers = await Promise.all(
      [...leaving].map(({ id }, n) => api(n).delete(`/onboarding-days/${dayId}/bookings/${id}`)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
    return line.filter((row) => !leaving.has(row));
  }

  it(`gives exactly the seats there are, in ${ROUNDS} rounds of ${RACERS}`, async () => {
    for (let n = 0; n < ROUNDS; n += 1) {
      const dayId = await plan();
      const registered = await race(dayId);
      const rows = await check(dayId);
      expect(rows).toHaveLength(RACERS);
      const firstIn = rows
        .filter(({ status, kind }) => status === 'booked' && kind === 'existing')
        .map(({ id }) => id);
      const inLine = rows
        .filter(({ status, kind }) => status === 'waitlisted' && kind === 'existing')
        .map(({ id }) => id);
      // Whoever came while there were seats has one.
      expect(Math.max(...firstIn)).toBeLessThan(Math.min(...inLine));
      const staying = await giveUp(dayId, rows);
      const after = await check(dayId);
      const promoted = after.filter(({ status }) => status === 'booked').map(({ id }) => id);
      expect(new Set(promoted)).toEqual(new Set(staying.slice(0, CAPACITY).map(({ id }) => id)));
      expect(after.filter(({ status }) => status === 'waitlisted').map(({ id }) => id)).toEqual(
        staying.slice(CAPACITY).map(({ id }) => id),
      );
      await Promise.all(registered.map((id, k) => api(k).post(`/agents/${id}/departures`, { on: today })));
      await api(n).post(`/onboarding-days/${dayId}/cancellations`);
      expect(await bookings(dayId)).toEqual([]);
    }
    if (process.env['SOAK_REPORT'])
      process.stderr.write(
        `figures: ${ROUNDS} rounds of ${RACERS} for ${CAPACITY} seats through ${apps.length} server(s)\n`,
      );
  }, 7_200_000);
});
