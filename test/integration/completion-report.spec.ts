import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { localDateOf } from '../../src/common/local-date.js';
import { addCourse, anAgent, buildWorld, type World } from '../support/builders.js';
import { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

describe('the completion report', () => {
  let app: TestApp;
  let world: World;
  let host: Host;
  let today: string;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    host = await Host.connect(app, world.secretariat);
    today = localDateOf(app.clock.now());
    await app
      .get(UnitOfWork)
      .run((tx) =>
        addCourse(tx, app.clock.now(), { code: 'ekstra', title: 'Ekstra', requiredBeforeFirstShift: false }),
      );
    await add('Åkjær', 'completed', '2026-06-01T10:00:00Z');
    await add('Aagaard', 'completed', '2026-07-01T10:00:00Z');
    await add('Zenit', 'progressed', '2026-07-02T10:00:00Z');
    await add('Bech', undefined);
    await add('Fjern', 'completed', '2026-06-15T10:00:00Z', world.foreignLeader);
  });
  afterAll(() => app.stop());

  async function add(
    lastName: string,
    kind: 'completed' | 'progressed' | undefined,
    occurredAt = '',
    by = world.leader,
  ) {
    const { body: agent } = await by.post('/agents', anAgent({ lastName, startOn: '2026-05-01' }));
    const { items } = (await by.get(`/enrolments?agentId=${agent['id']}&courseId=${world.courseId}`)).body;
    if (kind) await host.send(completed(items[0].reference, { type: `course.${kind}`, occurredAt }));
  }
  const report = async (query = '', by = world.secretariat) =>
    (await by.get(`/reports/completions${query}`)).body;
  const course = async () =>
    (await world.secretariat.get('/courses')).body['items'].find(
      (c: { id: number }) => c.id === world.courseId,
    ).code as string;

  it('counts and lists everyone the secretariat may see, sorted the Danish way', async () => {
    const body = await report(`?course=${await course()}`);
    expect(body['totals']).toEqual({
      total: 5,
      completed: 3,
      waived: 0,
      inProgress: 1,
      notStarted: 1,
      onboarding: { missing: 0, seat: 5, attended: 0 },
    });
    expect(
      body['items'].map((row: { lastName: string; state: string }) => `${row.lastName} ${row.state}`),
    ).toEqual([
      'Bech not_started',
      'Fjern completed',
      'Zenit in_progress',
      'Aagaard completed',
      'Åkjær completed',
    ]);
    expect(body['items'][1]).toMatchObject({
      municipality: 'Horsens',
      source: 'Articulate',
      completedAt: '2026-06-15T10:00:00.000Z',
    });
  });

  it('gives a leader the own municipality', async () => {
    expect((await report('', world.leader))['totals'].total).toBe(8);
    expect((await report('', world.foreignLeader))['totals'].total).toBe(2);
    expect((await report('?municipality=751', world.foreignLeader))['totals'].total).toBe(0);
  });

  it.each([
    ['state=completed', 3],
    ['state=not_started&municipality=751', 5],
    ['state=completed&from=2026-06-15&to=2026-07-01', 2],
    ['state=completed&to=2026-06-01', 1],
    ['state=completed&from=2026-07-02', 0],
    ['course=ekstra', 5],
    ['course=nope', 0],
  ])('narrowed by %s has %i', async (query, expected) => {
    const body = await report(`?${query}`);
    expect(body['totals'].total).toBe(expected);
    expect(body['items']).toHaveLength(expected);
  });

  it('counts an agent from the start, or from the registration when that is earlier', async () => {
    expect((await report('?asOf=2026-04-30'))['totals'].total).toBe(0);
    expect((await report('?asOf=2026-05-01'))['totals']).toMatchObject({ total: 10, completed: 0 });
    expect((await report('?asOf=2026-06-30'))['totals']).toMatchObject({ total: 10, completed: 2 });
    expect((await report(`?asOf=${today}`))['totals']).toMatchObject({ total: 10, completed: 3 });
  });

  it('pages without leaving out or repeating anybody', async () => {
    const seen: number[] = [];
    let cursor: string | null = '';
    do {
      const body: Record<string, any> = await report(`?limit=3${cursor ? `&cursor=${cursor}` : ''}`);
      seen.push(...body['items'].map((row: { enrolmentId: number }) => row.enrolmentId));
      cursor = body['nextCursor'] as string | null;
    } while (cursor);
    expect(seen).toHaveLength(10);
    expect(new Set(seen).size).toBe(10);
  });

  it('streams the same rows as CSV', async () => {
    const answer = await world.secretariat.get('/reports/completions?format=csv');
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const lines = answer.text.trim().split('\n');
    expect(lines[0]).toBe(
      'agentId,lastName,firstName,email,municipalityCode,municipality,leader,courseCode,course,state,completedAt,source,startOn,firstShiftOn,onboardingAttendedOn,onboardingSeatOn',
    );
    expect(lines).toHaveLength(11);
    const excel = await world.leader.get('/reports/completions?format=csv-excel&state=completed');
    expect(excel.text.startsWith('Agent-id;') || excel.text.startsWith('\ufeffAgent-id;')).toBe(true);
    expect(excel.text).toContain('01.07.2026 12:00');
    expect(excel.text).not.toContain('Fjern');
  });

  it.each(['format=pdf', 'state=maybe', 'from=2026-02-30', 'colour=red'])('refuses %s', async (query) => {
    expect((await world.secretariat.get(`/reports/completions?${query}`)).status).toBe(400);
  });
});
