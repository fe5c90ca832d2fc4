import { addDays, instantAt, localDateOf } from '../../src/common/local-date.js';
import { Api, PASSWORD, signIn, type ApiAnswer } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { TestApp } from '../support/test-app.js';

const DAY_MS = 24 * 3_600_000;

describe('the attendance report', () => {
  let app: TestApp;
  let world: World;
  let held: { id: number; on: string };
  let ahead: { id: number; on: string };
  const agents = new Map<string, number>();

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
    const { items } = (await world.secretariat.get('/onboarding-days')).body;
    for (const { id } of items) await world.secretariat.post(`/onboarding-days/${id}/cancellations`);
    held = await plan(10);
    for (const lastName of ['Aagaard', 'Bech', 'Carl', 'Dahl']) await register(lastName);
    await register('Fjern', world.foreignLeader);
    ahead = await plan(60);
    const walkIn = await register('Gående');
    await world.leader.post(`/onboarding-days/${ahead.id}/bookings`, { agentId: walkIn });
    app.clock.advance(12 * DAY_MS);
    world = {
      ...world,
      secretariat: await signIn(app, 'sekretariat@ddh.test'),
      leader: await signIn(app, 'leder.751@ddh.test'),
      foreignLeader: await signIn(app, 'leder.615@ddh.test'),
    };
    await mark({
      Aagaard: { status: 'attended' },
      Bech: { status: 'partial', reason: 'transport', note: 'Hemmelig note' },
      Carl: { status: 'no_show', reason: 'work' },
      Gående: { status: 'attended' },
      Fjern: { status: 'excused', reason: 'leave' },
    });
  });
  afterAll(() => app.stop());

  const today = () => localDateOf(app.clock.now());

  async function plan(inDays: number) {
    const on = addDays(today(), inDays);
    const at = (time: '09:00' | '15:30') => instantAt(on, time).toISOString();
    const hours = { startsAt: at('09:00'), endsAt: at('15:30') };
    const day = { on, ...hours, venue: 'DOKK1', address: 'Aarhus C', capacity: 20, bookBy: on };
    const { status, body } = await world.secretariat.post('/onboarding-days', day);
    expect(status).toBe(201);
    return body as { id: number; on: string };
  }

  async function register(lastName: string, by = world.leader): Promise<number> {
    const { status, body } = await by.post('/agents', anAgent({ lastName, startOn: today() }));
    expect(status).toBe(201);
    agents.set(lastName, body['id']);
    return body['id'];
  }

  async function mark(marks: Record<string, object>): Promise<void> {
    const { status } = await world.secretariat.call(
      'PUT',
      `/api/v1/onboarding-days/${held.id}/attendances`,
      Object.entries(marks).map(([name, told]) => ({ agentId: agents.get(name), ...told })),
    );
    expect(status).toBe(200);
  }

  const report = (query = '', by = world.secretariat): Promise<ApiAnswer> =>
    by.get(`/reports/attendance${query}`);
  const names = ({ body }: ApiAnswer) => body['items'].map((row: { lastName: string }) => row.lastName);

  it('tells of each agent on each day: seat, attendance, reason, who marked it and when', async () => {
    const { body } = await report();
    expect(body['totals']).toEqual({
      total: 8,
      booked: 7,
      walkIns: 1,
      attended: 2,
      partial: 1,
      noShow: 1,
      excused: 1,
      notMarked: 1,
      expected: 2,
    });
    const rows = body['items'].map((row: Record<string, unknown>) =>
      [row['on'], row['lastName'], row['booking'], row['status'], row['reason']].join(' '),
    );
    expect(rows).toEqual([
      `${ahead.on} Carl booked expected `,
      `${ahead.on} Fjern booked expected `,
      `${held.on} Bech booked partial transport`,
      `${held.on} Carl booked no_show work`,
      `${held.on} Dahl booked not_marked `,
      `${held.on} Fjern booked excused leave`,
      `${held.on} Gående walk_in attended `,
      `${held.on} Aagaard booked attended `,
    ]);
    expect(body['items'][3]).toMatchObject({
      dayId: held.id,
      venue: 'DOKK1',
      municipalityCode: '751',
      municipality: 'Aarhus',
      leader: expect.stringMatching(/^Test Person/),
      mustAttendAgain: true,
      source: 'api',
      markedAt: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
      markedBy: expect.stringMatching(/^Test Person/),
    });
    expect(JSON.stringify(body)).not.toContain('Hemmelig');
  });

  it.each([
    ['status=no_show', ['Carl']],
    ['status=not_marked', ['Dahl']],
    ['status=expected', ['Carl', 'Fjern']],
    ['status=attended', ['Gående', 'Aagaard']],
    ['municipality=615', ['Fjern', 'Fjern']],
    ['municipality=791', []],
  ])('narrowed by %s', async (query, expected) => {
    const answer = await report(`?${query}`);
    expect(names(answer)).toEqual(expected);
    expect(answer.body['totals'].total).toBe(expected.length);
  });

  it('is narrowed by day, leader, and first and last day', async () => {
    const total = async (query: string) => (await report(`?${query}`)).body['totals'].total;
    expect(await total(`dayId=${ahead.id}`)).toBe(2);
    expect(await total(`leaderId=${world.foreignLeaderId}`)).toBe(2);
    expect(await total(`to=${held.on}`)).toBe(6);
    expect(await total(`from=${addDays(held.on, 1)}`)).toBe(2);
    expect(await total(`from=${held.on}&to=${ahead.on}`)).toBe(8);
  });

  it('gives a leader those of the own municipality on the day, and programs all', async () => {
    expect(names(await report('', world.foreignLeader))).toEqual(['Fjern', 'Fjern']);
    expect((await report('?municipality=615', world.leader)).body['totals'].total).toBe(0);
    const { body } = await world.secretariat.post('/api-tokens', {
      name: 'Power BI',
      scopes: ['reports:read'],
      days: 1,
    });
    expect((await report('', new Api(app, body['token']))).body['totals'].total).toBe(8);
  });

  it('pages without leaving out or repeating anybody', async () => {
    const whole = await report();
    const seen: unknown[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: ApiAnswer = await report(`?limit=3${cursor && `&cursor=${cursor}`}`);
      seen.push(...body['items']);
      cursor = body['nextCursor'] as string | null;
    }
    expect(seen).toEqual(whole.body['items']);
  });

  it('is had as CSV, as CSV for Excel and as a workbook, without notes', async () => {
    const csv = await report('?format=csv');
    expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(csv.headers.get('content-disposition')).toContain('attendance.csv');
    const lines = csv.text.trim().split('\n');
    expect(lines).toHaveLength(9);
    expect(lines[0]).toBe(
      'dayId,on,venue,agentId,lastName,firstName,municipalityCode,municipality,leader,booking,status,mustAttendAgain,reason,source,markedAt,markedBy',
    );
    const excel = await report('?format=csv-excel&status=no_show', world.leader);
    expect(excel.text).toContain(`${held.on.split('-').toReversed().join('.')};DOKK1`);
    expect(excel.text).toContain('Udeblevet;Ja;Arbejde');
    expect(csv.text + excel.text).not.toContain('Hemmelig');
    const xlsx = await report('?format=xlsx');
    expect(xlsx.headers.get('content-type')).toContain('spreadsheetml');
    expect(xlsx.text.startsWith('PK')).toBe(true);
  });

  it('shows each leader the own period only after a transfer', async () => {
    const moved = await world.secretariat.post(`/agents/${agents.get('Carl')}/transfers`, {
      municipalityCode: '615',
      on: today(),
    });
    expect(moved.status).toBe(201);
    expect(names(await report(`?dayId=${held.id}&status=no_show`, world.leader))).toEqual(['Carl']);
    expect(names(await report(`?dayId=${held.id}`, world.foreignLeader))).toEqual(['Fjern']);
    expect(names(await report(`?dayId=${ahead.id}`, world.foreignLeader))).toEqual(['Carl', 'Fjern']);
    expect(names(await report(`?dayId=${ahead.id}`, world.leader))).toEqual([]);
  });

  it('keeps in sight who was there without working for anybody that day', async () => {
    const late = await register('Zenit');
    await mark({ Zenit: { status: 'attended' } });
    const { items } = (await report(`?dayId=${held.id}`)).body;
    expect(items.find(({ agentId }: { agentId: number }) => agentId === late)).toMatchObject({
      municipalityCode: null,
      leader: null,
      booking: 'walk_in',
    });
    expect(names(await report('', world.leader))).not.toContain('Zenit');
  });

  it.each(['status=late', 'from=2026-02-30', 'format=pdf', 'colour=red', 'cursor=x'])(
    'refuses %s',
    async (query) => {
      expect((await report(`?${query}`)).status).toBe(400);
    },
  );

  it('is a page with filters, totals and exports, and is saved under a name', async () => {
    const browser = new Browser(app.url);
    const form = await browser.get('/log-ind');
    await browser.submit(form, '/log-ind', { email: 'sekretariat@ddh.test', password: PASSWORD });
    const page = await browser.get('/rapporter/fremmoede?status=no_show');
    expect(page.text).toContain('Fremmøde på onboardingdage');
    expect(page.text).toContain('format=xlsx&amp;status&#x3D;no_show');
    expect(page.text).toContain('Udeblevet');
    const saved = await browser.submit(page, '/rapporter/gemte', { name: 'Udeblevne' });
    expect(saved.url).toBe('/rapporter/fremmoede');
    expect(saved.text).toMatch(/href="\/rapporter\/fremmoede\?status(=|&#x3D;)no_show"/);
    expect((await browser.get('/rapporter')).text).toContain('>Udeblevne</a>');
  });
});
