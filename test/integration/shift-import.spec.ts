import writeExcelFile from 'write-excel-file/node';
import { toInstant } from '../../src/database/sql.js';
import { ShiftEvents } from '../../src/modules/shifts/index.js';
import { PlanComparing } from '../../src/modules/shifts/import/plan-comparing.js';
import { ShiftImportRunner } from '../../src/modules/shifts/import/shift-import-runner.js';
import { RetentionRun } from '../../src/modules/privacy/index.js';
import { PASSWORD, type ApiAnswer } from '../support/api.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { TestApp } from '../support/test-app.js';
import { rawZip } from '../support/zip-bytes.js';

interface Shift {
  agentId: number;
  startsAt: string;
  endsAt: string;
}

describe('importing the shift plan', () => {
  let app: TestApp;
  let world: World;
  let anna: Record<string, any>;
  let bo: Record<string, any>;
  let foreign: Record<string, any>;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-03-02T08:00:00Z');
    world = await buildWorld(app);
    anna = await register({ phoneSystemId: 'PH-1', email: 'anna@aarhus.test' });
    bo = await register({ phoneSystemId: 'PH-2', email: 'bo@aarhus.test' });
    foreign = (
      await world.foreignLeader.post('/agents', anAgent({ startOn: '2026-03-02', kind: 'existing' }))
    ).body;
  });
  beforeEach(async () => {
    for (const { id } of (await world.secretariat.get('/shifts?limit=200')).body['items'])
      await world.secretariat.delete(`/shifts/${id}`);
  });
  afterAll(() => app.stop());

  async function register(changes: Record<string, unknown>): Promise<Record<string, any>> {
    const answer = await world.leader.post(
      '/agents',
      anAgent({ startOn: '2026-03-02', kind: 'existing', ...changes }),
    );
    expect(answer.status).toBe(201);
    return answer.body;
  }

  const upload = (content: string | Uint8Array, fields: Record<string, string> = {}, name = 'vagter.csv') =>
    world.secretariat.upload('/shift-imports', content, fields, name);
  const commit = (answer: ApiAnswer) => world.secretariat.post(`/shift-imports/${answer.body['id']}/commits`);
  const plan = async (): Promise<Shift[]> =>
    (await world.secretariat.get('/shifts?limit=200')).body['items'].map(
      ({ agentId, startsAt, endsAt }: Shift) => ({
        agentId,
        startsAt,
        endsAt,
      }),
    );
  const csv = (...lines: string[]) => ['Telefon-id;Dato;Fra;Til', ...lines].join('\r\n');
  const committed = async (content: string) => {
    const answer = await commit(await upload(content));
    expect(answer.body).toMatchObject({ state: 'committed' });
    return answer;
  };

  it('shows what would be new, and writes it', async () => {
    const preview = await upload(csv('PH-1;10.03.2026;8.00;16.00', 'PH-2;10.03.2026;22.00;6.00'));
    expect(preview).toMatchObject({
      status: 201,
      body: {
        state: 'ready',
        total: 2,
        valid: 2,
        invalid: 0,
        unknown: 0,
        differences: { new: 2, moved: 0, gone: 0, same: 0 },
      },
    });
    expect(await plan()).toEqual([]);
    const answer = await commit(preview);
    expect(answer).toMatchObject({ status: 200, body: { state: 'committed', done: 2, changes: 2 } });
    expect(await plan()).toEqual([
      { agentId: anna['id'], startsAt: '2026-03-10T07:00:00.000Z', endsAt: '2026-03-10T15:00:00.000Z' },
      { agentId: bo['id'], startsAt: '2026-03-10T21:00:00.000Z', endsAt: '2026-03-11T05:00:00.000Z' },
    ]);
    expect(await app.count('shift_import_row', `importId = ${preview.body['id']}`)).toBe(0);
    expect(preview.body['header'].examples).toHaveLength(2);
    expect(answer.body['header']).toEqual({ ...preview.body['header'], examples: [] });
  });

  it('is harmless the second time', async () => {
    const file = csv('PH-1;10.03.2026;8.00;16.00', 'PH-1;11.03.2026;8.00;16.00');
    await committed(file);
    const before = await app.rows('SELECT id, version, updatedAt FROM shift ORDER BY id');
    const again = await upload(file);
    expect(again.body).toMatchObject({ changes: 0, differences: { new: 0, moved: 0, gone: 0, same: 2 } });
    expect((await commit(again)).body).toMatchObject({ state: 'committed' });
    expect((await commit(again)).body).toMatchObject({ state: 'committed' });
    expect(await app.rows('SELECT id, version, updatedAt FROM shift ORDER BY id')).toEqual(before);
  });

  it('tells moved from new and gone, and keeps the shift that moves', async () => {
    await committed(csv('PH-1;10.03.2026;8;16', 'PH-1;11.03.2026;8;16', 'PH-1;12.03.2026;8;16'));
    const [first] = (await world.secretariat.get('/shifts')).body['items'];
    const preview = await upload(csv('PH-1;10.03.2026;9;17', 'PH-1;12.03.2026;8;16', 'PH-1;13.03.2026;8;16'));
    expect(preview.body).toMatchObject({ differences: { new: 1, moved: 1, gone: 1, same: 1 } });
    const { body } = await world.secretariat.get(`/shift-imports/${preview.body['id']}/changes`);
    expect(body['items']).toMatchObject([
      {
        agentId: anna['id'],
        new: 1,
        moved: 1,
        gone: 1,
        changes: [
          {
            kind: 'moved',
            startsAt: '2026-03-10T08:00:00.000Z',
            before: { startsAt: '2026-03-10T07:00:00.000Z' },
          },
          { kind: 'gone', startsAt: '2026-03-11T07:00:00.000Z' },
          { kind: 'new', startsAt: '2026-03-13T07:00:00.000Z' },
        ],
      },
    ]);
    await commit(preview);
    const after = (await world.secretariat.get('/shifts')).body['items'];
    expect(after).toMatchObject([{ id: first.id, startsAt: '2026-03-10T08:00:00.000Z', version: 2 }, {}, {}]);
  });

  it('takes away only within the period, and only from those the file covers', async () => {
    const rows = ['PH-1;10.03.2026;8;16', 'PH-1;20.03.2026;8;16', 'PH-2;10.03.2026;8;16'];
    await committed(csv(...rows));
    await world.secretariat.post('/shifts', {
      agentId: foreign['id'],
      startsAt: '2026-03-10T07:00:00Z',
      endsAt: '2026-03-10T15:00:00Z',
    });
    const file = csv('PH-1;09.03.2026;8;16', 'PH-1;11.03.2026;8;16');
    expect((await upload(file, { covers: 'agents' })).body).toMatchObject({
      differences: { new: 2, gone: 1 },
    });
    const whole = await upload(file);
    expect(whole.body).toMatchObject({ covers: 'municipalities', differences: { new: 2, gone: 2 } });
    await commit(whole);
    const left = await plan();
    expect(left.map(({ agentId, startsAt }) => [agentId, startsAt.slice(0, 10)])).toEqual([
      [anna['id'], '2026-03-09'],
      [foreign['id'], '2026-03-10'],
      [anna['id'], '2026-03-11'],
      [anna['id'], '2026-03-20'],
    ]);
  });

  it('lists unknown agents and faulty rows, and takes nothing away from those whose rows cannot be read', async () => {
    await committed(csv('PH-1;10.03.2026;8;16', 'PH-2;10.03.2026;8;16'));
    const preview = await upload(
      csv(
        'PH-1;10.03.2026;otte;16',
        'PH-1;11.03.2026;8;16',
        'PH-2;11.03.2026;8;16',
        'PH-99;11.03.2026;8;16',
        'PH-99;10.03.2026;8;16',
        ';11.03.2026;8;16',
        'PH-2;12.03.2026;8;',
      ),
    );
    expect(preview.body).toMatchObject({
      total: 7,
      valid: 2,
      unknown: 2,
      invalid: 3,
      unknownAgents: [{ agent: 'PH-99', rows: 2 }],
    });
    expect(preview.body['errors']).toMatchObject([
      { row: 2, field: 'start', code: 'invalid_time' },
      { row: 7, field: 'agent', code: 'required' },
      { row: 8, field: 'end', code: 'required' },
    ]);
    expect(preview.body['differences']).toMatchObject({ new: 2, gone: 0 });
    const unknown = await world.secretariat.get(
      `/shift-imports/${preview.body['id']}/rows?state=unknown&limit=1`,
    );
    expect(unknown.body['items']).toMatchObject([
      { row: 5, agent: 'PH-99', errors: [{ code: 'unknown_agent' }] },
    ]);
    expect(unknown.body['nextCursor']).not.toBeNull();
  });

  it('lets the first of two rows count', async () => {
    const preview = await upload(
      csv(
        'PH-1;10.03.2026;8;16',
        'PH-1;10.03.2026;08:00;16:00',
        'PH-1;10.03.2026;8;15',
        'PH-1;11.03.2026;8;16',
      ),
    );
    expect(preview.body).toMatchObject({ valid: 2, duplicates: 1, invalid: 1, differences: { new: 2 } });
    expect(preview.body['errors']).toMatchObject([{ row: 4, field: 'end', code: 'shift_twice' }]);
    await commit(preview);
    expect(await plan()).toHaveLength(2);
  });

  it.each([
    ['28.03.2026;22.00;6.00', '2026-03-28T21:00:00.000Z', '2026-03-29T04:00:00.000Z'],
    ['29.03.2026;1.30;3.30', '2026-03-29T00:30:00.000Z', '2026-03-29T01:30:00.000Z'],
    ['24.10.2026;22.00;6.00', '2026-10-24T20:00:00.000Z', '2026-10-25T05:00:00.000Z'],
    ['25.10.2026;0.00;8.00', '2026-10-24T22:00:00.000Z', '2026-10-25T07:00:00.000Z'],
  ])('keeps the clock on the wall: %s', async (row, startsAt, endsAt) => {
    await committed(csv(`PH-1;${row}`));
    expect(await plan()).toEqual([{ agentId: anna['id'], startsAt, endsAt }]);
    expect((await upload(csv(`PH-1;${row}`))).body).toMatchObject({ changes: 0, differences: { same: 1 } });
  });

  it('asks what unknown columns mean once, and remembers it for the same headings', async () => {
    const heading = `Kode ${unique()}`;
    const content = `Udskrift\r\n${heading};Hvornår;Begynder det;Holder op\r\nPH-1;10.03.2026;8;16\r\n`;
    const asked = await upload(content);
    expect(asked.body).toMatchObject({
      state: 'mapping',
      header: { row: 2, headings: [heading, 'Hvornår', 'Begynder det', 'Holder op'] },
    });
    const put = (columns: object) =>
      world.secretariat.call('PUT', `/api/v1/shift-imports/${asked.body['id']}/mapping`, { columns });
    expect(await put({ phoneSystemId: 0, start: 2, end: 3 })).toMatchObject({
      status: 422,
      body: {
        code: 'shift_columns_incomplete',
        errors: [{ field: 'date', code: 'shift_date_column_missing' }],
      },
    });
    expect(await put({ phoneSystemId: 0, date: 1, start: 2, end: 9 })).toMatchObject({ status: 422 });
    const mapped = await put({ phoneSystemId: 0, date: 1, start: 2, end: 3 });
    expect(mapped.body).toMatchObject({ state: 'ready', differences: { new: 1 } });
    const next = await upload(content.replace('10.03', '11.03'));
    expect(next.body).toMatchObject({ state: 'ready', valid: 1 });
  });

  it('reads the files of old spreadsheets: windows-1252, titles, totals, empty rows, numbers for days and times', async () => {
    const text = [
      'Vagtplan for Århus – uge 11;;;;',
      ';;;;',
      'Medarbejdernr;Mødedag;Dato;Mødetid;Gåtid;Timer',
      'PH-1;tirsdag;10-03-26;8.00;16.00;8,0',
      ';;;;;',
      'PH-2;onsdag;46092;0,333333;0,666667;8,0',
      'PH-2;onsdag;46092;0,333333;0,666667;8,0',
      'I alt;;;;;16,0',
    ].join('\r\n');
    const preview = await upload(Buffer.from(text, 'latin1'), {}, 'uge 11.csv');
    expect(preview.body).toMatchObject({
      state: 'ready',
      header: { row: 3 },
      valid: 2,
      duplicates: 1,
      invalid: 1,
    });
    expect(preview.body['errors']).toMatchObject([{ row: 8, code: 'required' }]);
    await commit(preview);
    expect(await plan()).toEqual([
      { agentId: anna['id'], startsAt: '2026-03-10T07:00:00.000Z', endsAt: '2026-03-10T15:00:00.000Z' },
      { agentId: bo['id'], startsAt: '2026-03-11T07:00:00.000Z', endsAt: '2026-03-11T15:00:00.000Z' },
    ]);
  });

  it('reads UTF-16 and commas, and date-times in one column', async () => {
    const text = `\ufeffE-mail,Starts at,Ends at\n"ANNA@aarhus.test",2026-03-10 08:00,2026-03-10 16:00\n`;
    expect((await upload(Buffer.from(text, 'utf16le'))).body).toMatchObject({ state: 'ready', valid: 1 });
    const ids = `agent_id,start,end\n${anna['id']},2026-03-10T08:00:00Z,2026-03-10T16:00:00Z\n`;
    expect((await upload(ids)).body).toMatchObject({ state: 'ready', valid: 1 });
  });

  it('reads workbooks with dates and times of Excel', async () => {
    const day = new Date(Date.UTC(2026, 2, 10));
    const time = (hours: number) => ({ value: hours / 24, type: Number, format: 'hh:mm' });
    const bold = (value: string) => ({ value, type: String, fontWeight: 'bold' as const });
    const cell = (value: string) => ({ value, type: String });
    const file = writeExcelFile([
      [bold('Vagtplan')],
      [bold('Telefon-id'), bold('Dato'), bold('Fra'), bold('Til')],
      [cell('PH-1'), { value: day, type: Date, format: 'dd-mm-yyyy' }, time(8), time(16)],
      [cell('PH-2'), cell('11.03.2026'), cell('22.00'), cell('6.00')],
    ] as never);
    const preview = await upload(await file.toBuffer(), {}, 'plan.xlsx');
    expect(preview.body).toMatchObject({
      format: 'xlsx',
      state: 'ready',
      header: { row: 2 },
      valid: 2,
      differences: { new: 2 },
    });
    await commit(preview);
    expect(await plan()).toMatchObject([
      { agentId: anna['id'], startsAt: '2026-03-10T07:00:00.000Z' },
      { agentId: bo['id'], startsAt: '2026-03-11T21:00:00.000Z', endsAt: '2026-03-12T05:00:00.000Z' },
    ]);
  });

  it('counts the rows of a workbook itself where it says nonsense about them, and refuses one that is nested without end', async () => {
    const heading = sheetRow('r="1"', ['Telefon-id', 'Dato', 'Fra', 'Til']);
    const shift = (day: number) => ['PH-1', `${day}.03.2026`, '8.00', '16.00'];
    const rows = [heading, sheetRow('r="abc"', shift(10)), sheetRow('r="5000000000"', shift(11))];
    const preview = await upload(workbook(rows.join('')), {}, 'plan.xlsx');
    expect(preview.body).toMatchObject({ state: 'ready', total: 2, differences: { new: 2 } });
    const nested = await upload(workbook('<a>'.repeat(100) + '</a>'.repeat(100)), {}, 'plan.xlsx');
    expect(nested).toMatchObject({ status: 422, body: { code: 'table_unreadable' } });
    const wide = Array.from({ length: 100 }, (_, n) => `a${n}="1"`).join(' ');
    expect(await upload(workbook(`<row ${wide}/>`), {}, 'plan.xlsx')).toMatchObject({
      status: 422,
      body: { code: 'table_unreadable' },
    });
  });

  it('reads calendars: attendees, addresses and ids in titles, zones, durations', async () => {
    const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'];
    const text = [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      ...event(
        'UID:1',
        'ATTENDEE;CN=Anna:mailto:anna@',
        ' aarhus.test',
        'ATTENDEE:MAILTO:bo@aarhus.test',
        'DTSTART;TZID=Europe/Copenhagen:20260310T220000',
        'DTEND;TZID=Romance Standard Time:20260311T060000',
      ),
      ...event('UID:2', 'SUMMARY:Vagt [PH-1]', 'DTSTART:20260312T070000Z', 'DURATION:PT8H'),
      ...event('UID:3', 'SUMMARY:Vagt bo@aarhus.test', 'DTSTART:20260312T080000', 'DTEND:20260312T160000'),
      ...event(
        `UID:agent-${anna['id']}-77`,
        'SUMMARY:Vagt',
        'DTSTART:20260313T080000',
        'DTEND:20260313T160000',
      ),
      ...event(
        'UID:5',
        'SUMMARY:Vagt [PH-1]',
        'STATUS:CANCELLED',
        'DTSTART:20260314T080000',
        'DTEND:20260314T160000',
      ),
      ...event(
        'UID:6',
        'SUMMARY:Vagt [PH-1]',
        'RRULE:FREQ=DAILY',
        'DTSTART:20260315T080000',
        'DTEND:20260315T160000',
      ),
      ...event('UID:7', 'SUMMARY:Ferie [PH-2]', 'DTSTART;VALUE=DATE:20260316', 'DTEND;VALUE=DATE:20260317'),
      ...event('UID:8', 'SUMMARY:Ukendt [PH-77]', 'DTSTART:20260315T080000', 'DTEND:20260315T160000'),
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    const preview = await upload(text, {}, 'plan.ics');
    expect(preview.body).toMatchObject({ format: 'ics', state: 'ready', valid: 5, unknown: 1, invalid: 2 });
    expect(preview.body['errors'].map(({ code }: { code: string }) => code)).toEqual([
      'shift_event_repeats',
      'shift_event_all_day',
    ]);
    await commit(preview);
    expect(await plan()).toEqual([
      { agentId: anna['id'], startsAt: '2026-03-10T21:00:00.000Z', endsAt: '2026-03-11T05:00:00.000Z' },
      { agentId: bo['id'], startsAt: '2026-03-10T21:00:00.000Z', endsAt: '2026-03-11T05:00:00.000Z' },
      { agentId: anna['id'], startsAt: '2026-03-12T07:00:00.000Z', endsAt: '2026-03-12T15:00:00.000Z' },
      { agentId: bo['id'], startsAt: '2026-03-12T07:00:00.000Z', endsAt: '2026-03-12T15:00:00.000Z' },
      { agentId: anna['id'], startsAt: '2026-03-13T07:00:00.000Z', endsAt: '2026-03-13T15:00:00.000Z' },
    ]);
  });

  it('goes on after events that cannot be read', async () => {
    const event = (...lines: string[]) => ['BEGIN:VEVENT', 'SUMMARY:Vagt [PH-1]', ...lines, 'END:VEVENT'];
    const text = [
      'BEGIN:VCALENDAR',
      ...event('DTSTART:2026', 'DTEND:20260310T160000'),
      ...event('DTSTART:20260310T080000', 'DURATION:x'),
      ...event('DTSTART:00000310T080000', 'DTEND:00000310T160000'),
      'END:VEVENT',
      ...event(`DESCRIPTION:${'x'.repeat(300_000)}`, 'DTSTART:20260311T080000', 'DTEND:20260311T160000'),
      ...event('DTSTART:20260312T080000', 'DTEND:20260312T160000'),
      'END:VCALENDAR',
      '',
    ].join('\r\n');
    const preview = await upload(text, {}, 'plan.ics');
    expect(preview.body).toMatchObject({ state: 'ready', total: 6, valid: 1, invalid: 5 });
    expect(preview.body['errors']).toMatchObject([
      { row: 1 },
      { row: 2 },
      { row: 3 },
      { row: 4 },
      { row: 5 },
    ]);
    await commit(preview);
    expect(await plan()).toMatchObject([{ startsAt: '2026-03-12T07:00:00.000Z' }]);
  });

  it.each([
    ['an empty file', '', 'table_empty', 422],
    ['headings alone', 'Telefon-id;Dato;Fra;Til\r\n', 'table_empty', 201],
    ['one column', 'Hej\r\nmed\r\ndig\r\n', 'shift_plan_no_columns', 422],
    ['old Excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 'table_old_excel', 422],
    ['something binary', Buffer.from([1, 2, 0, 3, 4]), 'table_unreadable', 422],
    ['a zip that is no workbook', Buffer.from('PK\u0003\u0004rubbish'), 'table_unreadable', 422],
  ])('refuses %s with a sentence', async (_, content, code, status) => {
    const answer = await upload(content);
    expect(answer.status).toBe(status);
    const refusal =
      status === 201 ? answer.body['refusal'] : { code: answer.body['code'], message: answer.body['detail'] };
    expect(refusal.code).toBe(code);
    expect(refusal.message).not.toContain('problem.');
  });

  it('forgets the examples of a refused file, whose columns can still be chosen anew', async () => {
    const rows = Array.from({ length: 10_001 }, () => 'PH-1;PH-2;2026-03-10 08:00;2026-03-10 16:00');
    const refused = await upload(['Telefon-id;Kode;Fra;Til', ...rows].join('\r\n'));
    await app.get(ShiftImportRunner).runAll();
    const path = `/shift-imports/${refused.body['id']}`;
    expect((await world.secretariat.get(path)).body).toMatchObject({
      state: 'refused',
      refusal: { code: 'shift_one_agent_only' },
      header: { examples: [] },
    });
    const columns = { phoneSystemId: 1, start: 2, end: 3 };
    const again = await world.secretariat.call('PUT', `/api/v1${path}/mapping`, { columns });
    expect(again.status).toBe(200);
  });

  it('leaves alone what somebody has edited since the preview', async () => {
    await committed(csv('PH-1;10.03.2026;8;16', 'PH-1;11.03.2026;8;16'));
    const preview = await upload(csv('PH-1;10.03.2026;9;17', 'PH-1;12.03.2026;8;16', 'PH-2;12.03.2026;8;16'));
    expect(preview.body).toMatchObject({ differences: { new: 2, moved: 1, gone: 1 } });
    app.clock.advance(1000);
    const { items } = (await world.secretariat.get('/shifts')).body;
    const edited = { startsAt: '2026-03-11T10:00:00.000Z', endsAt: '2026-03-11T18:00:00.000Z' };
    await world.secretariat.patch(`/shifts/${items[1].id}`, { ...edited, version: 1 });
    const taken = { startsAt: '2026-03-12T07:00:00.000Z', endsAt: '2026-03-12T11:00:00.000Z' };
    await world.secretariat.post('/shifts', { agentId: bo['id'], ...taken });
    expect((await commit(preview)).body).toMatchObject({ state: 'committed' });
    const times = (await plan()).map(({ agentId, startsAt, endsAt }) => `${agentId} ${startsAt} ${endsAt}`);
    expect(times.sort()).toEqual(
      [
        `${anna['id']} 2026-03-10T08:00:00.000Z 2026-03-10T16:00:00.000Z`,
        `${anna['id']} ${edited.startsAt} ${edited.endsAt}`,
        `${anna['id']} 2026-03-12T07:00:00.000Z 2026-03-12T15:00:00.000Z`,
        `${bo['id']} ${taken.startsAt} ${taken.endsAt}`,
      ].sort(),
    );
  });

  it('takes for edited whatever changes after the file was read', async () => {
    const comparing = app.get(PlanComparing);
    const compare = comparing.compare.bind(comparing);
    let readAt = new Date(0);
    comparing.compare = async (claim) => {
      readAt = app.clock.now();
      // An edit between may or may not be in the comparison.
      app.clock.advance(1000);
      await compare(claim);
    };
    const preview = await upload(csv('PH-1;10.03.2026;9;17'));
    comparing.compare = compare;
    const [row] = await app.rows<{ comparedAt: string | Date }>(
      `SELECT comparedAt FROM shift_import WHERE id = ${preview.body['id']}`,
    );
    expect(toInstant(row!.comparedAt).getTime()).toBeLessThanOrEqual(readAt.getTime());
  });

  it('refuses to write a comparison that another import has overtaken', async () => {
    const older = await upload(csv('PH-1;10.03.2026;8;16'));
    app.clock.advance(1000);
    await committed(csv('PH-1;10.03.2026;9;17'));
    expect(await commit(older)).toMatchObject({ status: 409, body: { code: 'shift_import_outdated' } });
  });

  it('goes on where it was killed, and does nothing twice', async () => {
    const agents: Record<string, any>[] = [];
    for (let n = 0; n < 60; n += 1) agents.push(await register({ phoneSystemId: `K-${n}` }));
    const preview = await upload(csv(...agents.map((_, n) => `K-${n};10.03.2026;8;16`)));
    expect(preview.body).toMatchObject({ differences: { new: 60 } });
    let told = 0;
    const events = app.get(ShiftEvents) as unknown as { listeners: object[] };
    const dying = {
      changed: () => {
        told += 1;
        // The second chunk breaks off as a killed process would.
        if (told === 2) throw new Error('killed');
        return Promise.resolve();
      },
    };
    events.listeners.push(dying);
    const broken = await commit(preview);
    events.listeners.splice(events.listeners.indexOf(dying), 1);
    expect(broken.body).toMatchObject({ state: 'committing', done: 50 });
    expect(await plan()).toHaveLength(50);
    app.clock.advance(61_000);
    const runner = app.get(ShiftImportRunner);
    await Promise.all([runner.runAll(), runner.runAll()]);
    expect((await world.secretariat.get(`/shift-imports/${preview.body['id']}`)).body).toMatchObject({
      state: 'committed',
      done: 60,
    });
    expect(await plan()).toHaveLength(60);
  });

  it('plans nothing for those who have left', async () => {
    const gone = await register({ phoneSystemId: 'PH-GONE' });
    await world.leader.post(`/agents/${gone['id']}/departures`, { on: '2026-04-10' });
    const preview = await upload(csv('PH-GONE;10.04.2026;8;16', 'PH-GONE;11.04.2026;8;16'));
    expect(preview.body).toMatchObject({
      valid: 1,
      invalid: 1,
      errors: [{ row: 3, code: 'agent_not_employed' }],
    });
  });

  it('is done on pages without script', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: PASSWORD,
    });
    const asked = await upload('Hvem;Hvad;Hvor\r\nPH-1;x;y\r\n');
    const form = await browser.get(`/vagter/import/${asked.body['id']}`);
    expect(form.text).toContain('Hvad betyder kolonnerne?');
    const faulty = await browser.submit(form, `/vagter/import/${asked.body['id']}/kolonner`, {
      phoneSystemId: '0',
    });
    expect(faulty).toMatchObject({ status: 400 });
    expect(faulty.text).toContain('Vælg den kolonne, der siger, hvornår vagten begynder.');
    const preview = await upload(csv('PH-1;10.03.2026;8;16', 'PH-88;10.03.2026;8;16', 'PH-2;i morgen;8;16'));
    const page = await browser.get(`/vagter/import/${preview.body['id']}`);
    expect(page.text).toContain('Gem 1 ændring');
    expect(page.text).not.toContain('bliver aflyst');
    expect((await browser.get(`/vagter/import/${preview.body['id']}?vis=unknown`)).text).toContain('PH-88');
    expect((await browser.get(`/vagter/import/${preview.body['id']}?vis=faulty`)).text).toContain('Dato:');
    await browser.submit(page, `/vagter/import/${preview.body['id']}/gennemfoer`);
    await app.get(ShiftImportRunner).runAll();
    const done = await browser.get(`/vagter/import/${preview.body['id']}`);
    expect(done.text).toContain('Vagtplanen er opdateret');
    expect(await plan()).toHaveLength(1);
    expect((await browser.get('/vagter/import')).text).toContain('vagter.csv');
    await committed(csv('PH-1;10.03.2026;8;16', 'PH-1;11.03.2026;8;16', 'PH-1;12.03.2026;8;16'));
    const losing = await upload(csv('PH-1;10.03.2026;8;16', 'PH-1;13.03.2026;8;16'));
    expect((await browser.get(`/vagter/import/${losing.body['id']}`)).text).toContain(
      '2 vagter bliver aflyst',
    );
  });

  it('keeps uploaded plans for a month and nothing of whoever is erased', async () => {
    await upload(csv('PH-1;10.03.2026;8;16', 'anna@aarhus.test;x;8;16'));
    expect(await app.count('shift_import_row')).toBeGreaterThan(0);
    app.clock.advance(40 * 24 * 3_600_000);
    await app.get(RetentionRun).run();
    expect([await app.count('shift_import_row'), await app.count('shift_import')]).toEqual([0, 0]);
  });
});

function workbook(rows: string): Buffer {
  const sheets = '<workbook><sheets><sheet name="Plan" r:id="rId1"/></sheets></workbook>';
  return rawZip([
    { name: 'xl/workbook.xml', content: sheets },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` },
  ]);
}

function sheetRow(attributes: string, texts: string[]): string {
  const cells = texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`);
  return `<row ${attributes}>${cells.join('')}</row>`;
}
