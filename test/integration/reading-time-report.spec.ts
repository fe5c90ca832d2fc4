import { localDateOf, addDays, instantAt } from '../../src/common/local-date.js';
import { execute, insertRow } from '../../src/database/sql.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { PASSWORD, signIn, type Api, type ApiAnswer } from '../support/api.js';
import { addCourse } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { ReadingWorld, type ReadingAgent } from '../support/reading.js';

describe('the reading-time report', () => {
  let world: ReadingWorld;
  let secretariat: Api;
  let leader: Api;
  let anna: ReadingAgent;
  let bo: ReadingAgent;
  let moved: ReadingAgent;
  let versions: Record<'pas' | 'brev', number>;

  beforeAll(async () => {
    // Before the clocks go back on 25 October.
    world = await ReadingWorld.start('2026-09-28T08:00:00Z');
    anna = await world.agent({ lastName: 'Aagaard' });
    bo = await world.agent({ firstName: 'Bo', lastName: 'Bech' });
    moved = await world.agent({ firstName: 'Carl', lastName: 'Carlsen' });
    versions = {
      pas: (await world.publish({ minutes: 7 })).id,
      brev: (await world.publish({ title: 'Digital post', minutes: 12 })).id,
    };
    await read(anna, 'pas', '2026-10-05T09:00:00Z');
    // Half past midnight on 1 November in Copenhagen, still October in UTC.
    await read(anna, 'brev', '2026-10-31T23:30:00Z');
    await read(bo, 'pas', '2026-10-25T22:30:00Z');
    await completeElearning(bo, '2026-10-20T10:00:00Z');
    // Six hours each: one that lies ahead does not count, a night shift belongs to the day it starts.
    await world.plan(anna, '2026-10-06T06:00:00Z');
    await world.plan(anna, '2026-10-31T20:00:00Z');
    await world.plan(bo, '2026-11-02T07:00:00Z');
    await world.plan(bo, '2026-12-20T07:00:00Z');
    await move(moved, '2026-10-15');
    await read(moved, 'pas', '2026-10-14T21:59:00Z');
    await read(moved, 'brev', '2026-10-14T22:01:00Z');
    world.app.clock.set('2026-11-22T09:00:00Z');
    secretariat = await signIn(world.app, 'sekretariat@ddh.test');
    leader = await signIn(world.app, 'leder.751@ddh.test');
  });
  afterAll(() => world.app.stop());

  async function read(agent: ReadingAgent, which: keyof typeof versions, at: string): Promise<void> {
    const versionId = versions[which];
    const rows = await world.app.rows<{ guideId: number; number: number }>(
      'SELECT guideId, number FROM guide_version WHERE id = ?',
      [versionId],
    );
    await world.app.get(UnitOfWork).run((tx) =>
      insertRow(tx, 'read_receipt', {
        agentId: agent.id,
        versionId,
        guideId: rows[0]!.guideId,
        number: rows[0]!.number,
        readAt: new Date(at),
      }),
    );
  }

  /** E-learning that a version of 20 minutes asks for in place of reading. */
  async function completeElearning(agent: ReadingAgent, at: string): Promise<void> {
    const { app } = world;
    const courseId = await app
      .get(UnitOfWork)
      .run((tx) => addCourse(tx, app.clock.now(), { requiredBeforeFirstShift: false }));
    await world.publish({ title: 'E-læring', minutes: 20, courseId });
    // Another guide that asks for the same does not make it count twice.
    await world.publish({ title: 'E-læring', minutes: 20, courseId });
    await app.get(UnitOfWork).run((tx) =>
      execute(
        tx,
        `UPDATE enrolment SET state = 'completed', completedAt = ?
          WHERE courseId = ? AND personId = (SELECT personId FROM agent WHERE id = ?)`,
        [new Date(at), courseId, agent.id],
      ),
    );
  }

  /** From Aarhus to Horsens, as if it had been done on the day. */
  async function move(agent: ReadingAgent, on: string): Promise<void> {
    await world.app.get(UnitOfWork).run(async (tx) => {
      await execute(
        tx,
        "UPDATE employment SET openAgentId = NULL, endOn = ?, endReason = 'transferred' WHERE agentId = ?",
        [addDays(on, -1), agent.id],
      );
      await insertRow(tx, 'employment', {
        agentId: agent.id,
        openAgentId: agent.id,
        municipalityCode: '615',
        leaderId: null,
        kind: 'existing',
        startOn: on,
        effectiveFromOn: on,
        endOn: null,
        endReason: null,
        firstShiftOn: null,
        createdAt: instantAt(on, '08:00'),
      });
    });
  }

  const report = (query = '', by = secretariat): Promise<ApiAnswer> =>
    by.get(`/reports/reading-time${query}`);
  const lines = ({ body }: ApiAnswer) =>
    body['items'].map((row: Record<string, unknown>) =>
      [
        row['month'],
        row['lastName'] ?? '*',
        row['municipalityCode'],
        row['agents'],
        row['minutes'],
        row['readings'],
        row['shifts'],
        row['shiftHours'],
        row['minutesPerShiftHour'] ?? '-',
      ].join(' '),
    );

  it('adds up by agent and month of Copenhagen, for the municipality of the day', async () => {
    const answer = await report();
    expect(answer.body).toMatchObject({ from: '2026-09-01', to: '2026-11-22' });
    expect(lines(answer)).toEqual([
      '2026-11 Bech 751 1 0 0 1 6 0',
      '2026-11 Aagaard 751 1 12 1 0 0 -',
      '2026-10 Bech 751 1 27 2 0 0 -',
      '2026-10 Carlsen 615 1 12 1 0 0 -',
      '2026-10 Carlsen 751 1 7 1 0 0 -',
      '2026-10 Aagaard 751 1 7 1 2 12 0.6',
    ]);
    expect(answer.body['totals']).toEqual({
      agents: 3,
      minutes: 65,
      readings: 6,
      shifts: 3,
      shiftHours: 18,
      minutesPerShiftHour: 3.6,
    });
  });

  it('adds up by municipality, and within the days that are asked about', async () => {
    expect(lines(await report('?by=municipality'))).toEqual([
      '2026-11 * 751 2 12 1 1 6 2',
      '2026-10 * 615 1 12 1 0 0 -',
      '2026-10 * 751 3 41 4 2 12 3.4',
    ]);
    expect(lines(await report('?by=municipality&from=2026-10-01&to=2026-10-24&municipality=751'))).toEqual([
      '2026-10 * 751 3 34 3 1 6 5.7',
    ]);
    expect(lines(await report('?from=2026-10-25&to=2026-10-25'))).toEqual(['2026-10 Bech 751 1 7 1 0 0 -']);
    expect((await report('?from=2027-01-01')).body).toMatchObject({ items: [], totals: { minutes: 0 } });
  });

  it('shows leaders what agents did while they worked for the own municipality', async () => {
    const rows = lines(await report('', leader));
    expect(rows).toContain('2026-10 Carlsen 751 1 7 1 0 0 -');
    expect(rows.join()).not.toContain('615');
    expect((await report('', leader)).body['totals'].minutes).toBe(53);
    expect((await report('?municipality=615', leader)).body['items']).toEqual([]);
  });

  it('is read page by page', async () => {
    for (const by of ['agent', 'municipality']) {
      const whole = await report(`?by=${by}`);
      const seen: unknown[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const { body }: ApiAnswer = await report(`?by=${by}&limit=2${cursor && `&cursor=${cursor}`}`);
        seen.push(...body['items']);
        cursor = body['nextCursor'] as string | null;
      }
      expect(seen).toEqual(whole.body['items']);
    }
  });

  it('is had as CSV, as CSV for Excel and as a workbook', async () => {
    const csv = await report('?format=csv');
    expect(csv.headers.get('content-disposition')).toContain('reading-time.csv');
    const rows = csv.text.trim().split('\n');
    expect(rows).toHaveLength(7);
    expect(rows[0]).toBe(
      'month,agentId,lastName,firstName,municipalityCode,municipality,minutes,readings,shifts,shiftHours,minutesPerShiftHour',
    );
    const excel = await report('?format=csv-excel&by=municipality');
    expect(excel.text).toContain('Skønnede minutter');
    expect(excel.text).toContain('2026-10;751;Aarhus;3;41;4;2;12;3,4');
    expect((await report('?format=xlsx')).text.startsWith('PK')).toBe(true);
  });

  it.each([
    ['by=leader', 400],
    ['from=2026-02-30', 400],
    ['format=pdf', 400],
    ['cursor=x', 400],
    ['from=2026-11-02&to=2026-11-01', 422],
    ['from=2020-01-01&to=2026-11-01', 422],
  ])('refuses %s with %i', async (query, status) => {
    expect((await report(`?${query}`)).status).toBe(status);
  });

  it('is a page that says that nobody is timed, with filters, exports and a name to save it under', async () => {
    const browser = new Browser(world.app.url);
    const form = await browser.get('/log-ind');
    await browser.submit(form, '/log-ind', { email: 'sekretariat@ddh.test', password: PASSWORD });
    const page = await browser.get('/rapporter/laesetid');
    expect(page.text).toContain('Minutterne er skøn');
    expect(page.text).toContain('Ingens læsning bliver målt.');
    expect(page.text).toContain('format=csv&amp;by&#x3D;municipality');
    const narrowed = await browser.get('/rapporter/laesetid?by=agent&municipality=615');
    expect(narrowed.text).toContain('Carlsen');
    expect(narrowed.text).not.toContain('Aagaard');
    const saved = await browser.submit(narrowed, '/rapporter/gemte', { name: 'Horsens' });
    expect(saved.url).toBe('/rapporter/laesetid');
    expect((await browser.get('/rapporter')).text).toContain('>Horsens</a>');
    const wrong = await browser.get('/rapporter/laesetid?from=2020-01-01');
    expect(wrong.status).toBe(200);
    expect(wrong.text).toContain('Vælg højst 1.098 dage.');
    expect(localDateOf(world.app.clock.now())).toBe('2026-11-22');
  });
});
