import { deflateRawSync } from 'node:zlib';
import writeExcelFile from 'write-excel-file/node';
import { EmploymentClock } from '../../src/modules/agents/index.js';
import { ReminderService } from '../../src/modules/onboarding/index.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { Browser } from '../support/browser-less.js';
import { anAgent, buildWorld, unique, type World } from '../support/builders.js';
import { PASSWORD } from '../support/api.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const HEADINGS = 'Fornavn;Efternavn;E-mail;Kommune;Startdato;E-læring gennemført;Onboardingdag;Leder';

describe('the import of agents', () => {
  let app: TestApp;
  let world: World;

  beforeAll(async () => {
    app = await TestApp.start();
    world = await buildWorld(app);
  });
  afterAll(() => app.stop());

  const faultsOf = (body: Record<string, any>) =>
    body['errors'].map((e: { row: number; field: string; code: string }) => `${e.row} ${e.field} ${e.code}`);

  it('names what is wrong by row and field, and writes nothing', async () => {
    const { body: known } = await world.leader.post('/agents', anAgent({ email: 'kendt@aarhus.test' }));
    const table = [
      HEADINGS,
      'Ida;Ibsen;ida@aarhus.test;Aarhus Kommune;01.02.2024;15-02-2024;1/3/2024;leder.751@ddh.test',
      'Ib;;ikke-en-mail;Atlantis;31.02.2024;;;',
      'Kaj;Kendt;kendt@aarhus.test;751;2024-02-01;;;',
      'Bo;Bech;borgerservice@aarhus.test;101;2024-02-01;01.01.2099;;',
      'Eva;Dahl;eva@aarhus.test;Århus;2024-02-01;;;leder.615@ddh.test',
      'Ida;Igen;IDA@aarhus.test;751;2024-02-01;;;',
    ].join('\n');
    const { status, body } = await world.secretariat.upload('/agent-imports', table);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'ready', total: 6, valid: 1, invalid: 5, mails: 0 });
    expect(faultsOf(body)).toEqual([
      '3 lastName required',
      '3 email invalid_email',
      '3 startOn invalid_date',
      '4 email agent_already_employed',
      '5 email shared_mailbox',
      '5 elearningCompletedOn in_the_future',
      '5 municipality not_a_member',
      '6 leaderEmail unknown_leader',
      '7 email twice_in_file',
    ]);
    expect(await app.count('person', "emailKey = 'ida@aarhus.test'")).toBe(0);
    expect(known['id']).toBeGreaterThan(0);
  });

  it('brings existing agents in whom nobody writes to and nothing gates', async () => {
    const rows = Array.from(
      { length: 60 },
      (_, n) =>
        `Anna;Nr ${n};eks.${n}@aarhus.test;${n % 2 ? 'Horsens' : '751'};2024-05-0${1 + (n % 9)};${n % 3 ? '01.06.2024' : ''};01.07.2024;`,
    );
    const mailsBefore = await app.count('mail');
    const { body } = await world.secretariat.upload('/agent-imports', [HEADINGS, ...rows].join('\n'));
    expect(body).toMatchObject({ valid: 60, invalid: 0, mails: 0 });
    const done = await world.secretariat.post(`/agent-imports/${body['id']}/commits`);
    expect(done.body).toMatchObject({ state: 'committed', done: 60, failed: 0 });
    await app.get(ReminderService).run();
    await app.get(EmploymentClock).run();
    await app.get(MailDispatcher).run();
    expect(await app.count('mail')).toBe(mailsBefore);
    const { items } = (await world.secretariat.get('/agents?q=eks.1@&limit=5')).body;
    expect(items[0]).toMatchObject({
      kind: 'existing',
      status: 'ready',
      municipalityCode: '615',
      leaderId: world.foreignLeaderId,
    });
    const journey = (await world.secretariat.get(`/agents/${items[0].id}/journey`)).body;
    expect(journey).toMatchObject({ readyForFirstShift: true, reasons: [] });
    const report = async (asOf: string) =>
      (await world.secretariat.get(`/reports/completions?asOf=${asOf}`)).body['totals'];
    expect(await report('2024-05-31')).toMatchObject({ total: 60, completed: 0 });
    expect(await report('2024-06-01')).toMatchObject({ total: 60, completed: 40 });
    expect((await world.secretariat.post(`/agent-imports/${body['id']}/commits`)).body['code']).toBe(
      'import_committed',
    );
  });

  it('welcomes those whom the table calls new', async () => {
    const table = `firstName,lastName,email,startOn,kind,municipalityCode\nNy,Agent,ny.${unique()}@aarhus.test,2099-01-05,ny,751`;
    const { body } = await world.secretariat.upload('/agent-imports', table);
    expect(body['mails']).toBe(2);
    await world.secretariat.post(`/agent-imports/${body['id']}/commits`);
    const { items } = (await world.secretariat.get(`/agent-imports/${body['id']}/rows`)).body;
    expect((await world.secretariat.get(`/agents/${items[0].resultId}`)).body).toMatchObject({
      kind: 'new',
      status: 'onboarding',
    });
  });

  it('takes the kind of rows that do not tell from the form', async () => {
    const table = `firstName,lastName,email,startOn\nNy,Agent,ny.${unique()}@aarhus.test,2099-01-05`;
    expect((await world.leader.upload('/agent-imports', table, { kind: 'new' })).body).toMatchObject({
      valid: 1,
      mails: 2,
    });
    expect((await world.leader.upload('/agent-imports', table)).body).toMatchObject({ valid: 1, mails: 0 });
  });

  it('reads XLSX with real dates, windows-1252 and UTF-16', async () => {
    const email = () => `xlsx.${unique()}@aarhus.test`;
    const xlsx = await writeExcelFile([
      ['Fornavn', 'Efternavn', 'E-mail', 'Kommune', 'Start'].map((value) => ({ value })),
      [
        { value: 'Åse' },
        { value: 'Ørsted' },
        { value: email() },
        { value: 751, type: Number },
        { value: new Date('2024-03-01'), type: Date, format: 'dd-mm-yyyy' },
      ],
    ] as never).toBuffer();
    const one = await world.secretariat.upload('/agent-imports', xlsx, {}, 'agenter.xlsx');
    expect(one.body).toMatchObject({ fileName: 'agenter.xlsx', total: 1, valid: 1 });
    const { items } = (await world.secretariat.get(`/agent-imports/${one.body['id']}/rows`)).body;
    expect(items[0].cells).toMatchObject({ firstName: 'Åse', municipality: '751', startOn: '2024-03-01' });

    const text = `Fornavn;Efternavn;E-mail;Kommune;Start\r\nÆgir;Åkjær;${email()};Aarhus;01.03.2024`;
    const latin = Uint8Array.from(text, (letter) => letter.codePointAt(0)!);
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const bytes of [latin, utf16]) {
      const { body } = await world.secretariat.upload('/agent-imports', bytes);
      expect(body).toMatchObject({ total: 1, valid: 1 });
      const rows = (await world.secretariat.get(`/agent-imports/${body['id']}/rows`)).body;
      expect(rows['items'][0].cells).toMatchObject({ firstName: 'Ægir', lastName: 'Åkjær' });
    }
  });

  it.each([
    ['table_empty', 'firstName,lastName'],
    ['import_columns_missing', 'navn;alder\nA;1'],
    ['import_columns_repeated', 'fornavn;firstName;efternavn;e-mail;start\nA;B;C;d@e.dk;2024-01-01'],
    ['table_old_excel', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1])],
    ['table_unreadable', Buffer.from('PK\u0003\u0004 not a workbook')],
    ['table_unreadable', Buffer.from([0x00, 0x01, 0x02, 0x0a, 0x00])],
    ['table_unreadable', '"never closed\na;b'],
  ])('refuses %s', async (code, content) => {
    const answer = await world.secretariat.upload('/agent-imports', content);
    expect(answer).toMatchObject({ status: 422, body: { code } });
  });

  it('refuses an upload without a file, elsewhere, too large, or from nobody', async () => {
    expect((await world.secretariat.post('/agent-imports', {})).body['code']).toBe('file_missing');
    expect((await world.secretariat.upload('/agents', 'a;b')).status).toBe(415);
    expect((await world.secretariat.upload('/agent-imports', Buffer.alloc(11_000_000, 'a'))).status).toBe(
      413,
    );
    const form = new FormData();
    form.append('file', new Blob(['a;b']), 'x.csv');
    const anonymous = await fetch(`${app.url}/api/v1/agent-imports`, { method: 'POST', body: form });
    expect(anonymous.status).toBe(401);
    for (const path of ['/log-ind', '/api/v1/auth/login', '/findes-ikke', '/api/v1/agent-imports'])
      for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
        const headers = { 'content-type': type, authorization: 'Bearer x' };
        const broken = await fetch(app.url + path, { method: 'POST', body: '--x\r\nabc', headers });
        expect({ path, type, isFault: broken.status >= 400 && broken.status < 500 }).toMatchObject({
          isFault: true,
        });
      }
  });

  it.each(['constructor', '__proto__', 'toString'])('takes %s for no kind of agent', async (kind) => {
    const table = `firstName,lastName,email,startOn,kind,municipality\nA,B,navn.${unique()}@x.test,2024-01-01,${kind},751`;
    expect(faultsOf((await world.secretariat.upload('/agent-imports', table)).body)).toEqual([
      '2 kind invalid_choice',
    ]);
  });

  it('counts rows as the spreadsheet does, empty ones too, and takes odd cells and many columns', async () => {
    const odd = '\u0001'.repeat(2_000);
    const headings = [
      'firstName',
      'lastName',
      'email',
      'startOn',
      'municipality',
      ...Array.from({ length: 9_000 }, (_, n) => `ukendt ${n}`),
    ];
    const table = [headings.join(';'), '', `${odd};${odd};x;2024-01-01;751`].join('\n');
    const { status, body } = await world.secretariat.upload('/agent-imports', table);
    expect(status).toBe(201);
    expect(faultsOf(body)).toContain('3 email invalid_email');
    expect(body['ignoredColumns']).toHaveLength(50);
  });

  it('does not unfold a workbook that is a bomb', async () => {
    const zip = deflatedZip('xl/worksheets/sheet1.xml', Buffer.alloc(120 * 1024 * 1024, ' '));
    const answer = await world.secretariat.upload('/agent-imports', zip);
    expect(answer).toMatchObject({ status: 422, body: { code: 'table_unreadable' } });
  });

  it('lets a leader import for the own municipality and see the own imports only', async () => {
    const row = (code: string) =>
      `firstName,lastName,email,startOn,municipality\nA,B,egen.${unique()}@x.test,2024-01-01,${code}`;
    const foreign = await world.leader.upload('/agent-imports', row('615'));
    expect(faultsOf(foreign.body)).toEqual(['2 municipality not_own_municipality']);
    const own = await world.leader.upload('/agent-imports', row('751'));
    expect(own.body['valid']).toBe(1);
    const path = `/agent-imports/${own.body['id']}`;
    expect((await world.foreignLeader.get(path)).status).toBe(404);
    expect((await world.foreignLeader.get(`${path}/rows`)).status).toBe(404);
    expect((await world.foreignLeader.post(`${path}/commits`)).status).toBe(404);
    expect((await world.secretariat.get(path)).status).toBe(200);
    expect((await world.secretariat.get(`/user-imports/${own.body['id']}`)).status).toBe(404);
  });

  it('notes a row that became impossible in the meantime, and writes the others', async () => {
    const [a, b, c] = [unique(), unique(), unique()].map((n) => `senere.${n}@aarhus.test`);
    const table = [
      'firstName,lastName,email,startOn,municipality',
      ...[a, b, c].map((mail) => `A,B,${mail},2024-01-01,751`),
    ];
    const { body } = await world.secretariat.upload('/agent-imports', table.join('\n'));
    await world.leader.post('/agents', anAgent({ email: b }));
    const done = await world.secretariat.post(`/agent-imports/${body['id']}/commits`);
    expect(done.body).toMatchObject({ state: 'committed', done: 2, failed: 1 });
    expect(faultsOf(done.body)).toEqual(['3 email agent_already_registered']);
  });

  it('takes 5,000 rows, and two commits at once write each once', async () => {
    const rows = Array.from(
      { length: 5_000 },
      (_, n) => `Stor,Nr ${n},stor.${n}@horsens.test,2024-01-01,615`,
    );
    const table = ['firstName,lastName,email,startOn,municipality', ...rows].join('\n');
    const { body } = await world.secretariat.upload('/agent-imports', table);
    expect(body).toMatchObject({ total: 5_000, valid: 5_000 });
    const path = `/agent-imports/${body['id']}`;
    const answers = await Promise.all([1, 2].map(() => world.secretariat.post(`${path}/commits`)));
    expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
    let job = answers[0]!.body;
    await until('the import is written', async () => {
      job = (await world.secretariat.get(path)).body;
      return job['state'] === 'committed';
    });
    expect(job).toMatchObject({ state: 'committed', done: 5_000, failed: 0 });
    expect(await app.count('person', "emailKey LIKE 'stor.%'")).toBe(5_000);
  }, 180_000);

  it('works as pages without JavaScript: upload, faults, commit', async () => {
    const browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'leder.751@ddh.test',
      password: PASSWORD,
    });
    const page = await browser.get('/agenter/import');
    const form = new FormData();
    form.append('_csrf', page.csrf);
    form.append('kind', 'existing');
    const email = `side.${unique()}@aarhus.test`;
    const table = `Fornavn;Efternavn;E-mail;Start\nSide;Ét;${email};1.2.2024\nFejl;;x;y`;
    form.append('file', new Blob([table]), 'mine agenter.csv');
    const answer = await fetch(`${app.url}/agenter/import`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie: `vk_session=${browser.cookie('vk_session')}` },
    });
    expect(answer.status).toBe(303);
    const preview = await browser.get(answer.headers.get('location')!);
    expect(preview.text).toContain('mine agenter.csv');
    expect(preview.text).toContain('Der sendes ingen mails');
    expect(preview.text).toContain('Skriv efternavnet.');
    expect(await app.count('person', `emailKey = '${email}'`)).toBe(0);
    const done = await browser.submit(preview, `${preview.url}/gennemfoer`);
    expect(done.status).toBe(200);
  });
});

/** A zip with one entry (APPNOTE 4.3), written by hand because no spreadsheet would make such a thing. */
function deflatedZip(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const sizes = Buffer.alloc(12);
  // The sum is never reached: the size alone is too much.
  sizes.writeUInt32LE(0, 0);
  sizes.writeUInt32LE(packed.length, 4);
  sizes.writeUInt32LE(content.length, 8);
  const names = Buffer.from(name);
  const common = (signature: number[], before: number[]) =>
    Buffer.concat([
      Buffer.from([...signature, ...before, 20, 0, 0, 0, 8, 0, 0, 0, 0, 0]),
      sizes,
      Buffer.from([names.length, 0, 0, 0]),
    ]);
  const local = Buffer.concat([common([0x50, 0x4b, 3, 4], []), names, packed]);
  const central = Buffer.concat([common([0x50, 0x4b, 1, 2], [20, 0]), Buffer.alloc(14), names]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
