import { createHash } from 'node:crypto';
import writeExcelFile from 'write-excel-file/node';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { PASSWORD } from '../support/api.js';
import { setPolicy, signAgreement } from '../support/quality.js';
import { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

/** What the tests write, the rows that point at others first. */
const WRITTEN = [
  'figure_correction',
  'resolution_figure',
  'resolution_month',
  'figure_alias',
  'column_mapping',
  'month_closing',
  'quality_policy',
  "audit_entry WHERE action = 'figures.written'",
  "figures_agreement WHERE municipalityCode = '615'",
];

/** Windows-1252, as an older Danish Excel writes it: for these letters the same as the first 256 of Unicode. */
const danish = (text: string) => Uint8Array.from(text, (letter) => letter.codePointAt(0)!);

describe('the import of figures', () => {
  let app: TestApp;
  let world: World;
  let anna: Record<string, any>;
  let bo: Record<string, any>;

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-09-10T09:00:00Z');
    world = await buildWorld(app);
    await app.get(UnitOfWork).run((tx) => signAgreement(tx, '751', '2026-06-01'));
    anna = await register({ firstName: 'Anna', lastName: 'Andersen', phoneSystemId: '4711' });
    bo = await register({ firstName: 'Bo', lastName: 'Ågård', phoneSystemId: 'boa' });
  });
  beforeEach(() =>
    app.get(UnitOfWork).run(async (tx) => {
      for (const rows of WRITTEN) await tx.query(`DELETE FROM ${rows}`);
    }),
  );
  afterAll(() => app.stop());

  const register = async (changes: Record<string, unknown>) => {
    const agent = anAgent({ kind: 'existing', startOn: '2025-01-01', municipalityCode: '751', ...changes });
    const { status, body } = await world.secretariat.post('/agents', agent);
    expect(status).toBe(201);
    return body;
  };
  const upload = (table: string | Uint8Array, fields: Record<string, string> = {}, name = 'tal.csv') =>
    world.secretariat.upload('/resolution-imports', table, fields, name);
  const commit = async (id: number) =>
    (await world.secretariat.post(`/resolution-imports/${id}/commits`)).body;
  const faults = (body: Record<string, any>) =>
    body['errors'].map((e: Record<string, string>) => `${e['row']} ${e['field']} ${e['code']}`);
  const rowsOf = async (id: number) =>
    (await world.secretariat.get(`/resolution-imports/${id}/rows`)).body['items'] as Record<string, any>[];
  const figures = () =>
    app.rows(
      `SELECT agentId, month, answered, resolved, warmTransferred, handlingSeconds FROM resolution_figure
        ORDER BY month, agentId`,
    );
  const figure = (
    agent: Record<string, any>,
    month: string,
    answered: number,
    resolved: number,
    more = {},
  ) => ({
    agentId: agent['id'],
    month,
    answered,
    resolved,
    warmTransferred: null,
    handlingSeconds: null,
    ...more,
  });

  it('takes the file of a machine without being told anything', async () => {
    const table =
      'agent_id,email,month,calls_answered,resolved_immediately\n' +
      `${anna['id']},${anna['email']},2026-08,120,66\nboa,,2026-08,80,30\n`;
    const { status, body } = await upload(table);
    expect(status).toBe(201);
    expect(body).toMatchObject({
      state: 'ready',
      total: 2,
      valid: 2,
      invalid: 0,
      mails: 0,
      changes: { new: 2, changed: 0, same: 0 },
    });
    expect(await figures()).toEqual([]);
    const mails = await app.count('mail');
    expect(await commit(body['id'])).toMatchObject({ state: 'committed', done: 2, failed: 0 });
    expect(await figures()).toEqual([figure(anna, '2026-08', 120, 66), figure(bo, '2026-08', 80, 30)]);
    expect(await app.rows('SELECT month FROM resolution_month')).toEqual([{ month: '2026-08' }]);
    expect(await app.count('mail')).toBe(mails);
  });

  it('notes whose figures somebody sees in it', async () => {
    const table =
      'Telefonsystem-id;Måned;Besvarede kald;Straksafklarede\r\nboa;2026-08;80;40\r\nhvem;2026-08;9;3\r\n';
    const { body } = await upload(table);
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query("DELETE FROM audit_entry WHERE action = 'figures.viewed'"));
    for (const path of ['', '/rows', '/faulty.csv'])
      await world.secretariat.call('GET', `/api/v1/resolution-imports/${body['id']}${path}`);
    await world.secretariat.call('GET', `/kvalitet/import/${body['id']}`);
    const looks = await app.rows("SELECT subjectId, detail FROM audit_entry WHERE action = 'figures.viewed'");
    expect(looks).toEqual([
      { subjectId: bo['id'], detail: JSON.stringify({ place: 'import', role: 'secretariat' }) },
    ]);
  });

  it('takes a Danish spreadsheet with decimal commas, shares and a total', async () => {
    const table = danish(
      'Telefonsystem-id;Agent;Måned;Besvarede kald;Straksafklaring %;Varm omstilling;Gns. behandlingstid;Bemærkning\r\n' +
        '4711;Anna Andersen;august 2026;1.120;45,6 %;12;00:05:12;God måned\r\n' +
        'boa;Bo Ågård;aug. 2026;80;100 %;0;312;\r\n' +
        ';I alt;;1.200;49,2 %;12;;\r\n',
    );
    const { body } = await upload(table);
    expect(body).toMatchObject({
      state: 'ready',
      total: 2,
      valid: 2,
      skipped: 1,
      ignoredColumns: ['Bemærkning'],
    });
    const [first, , total] = await rowsOf(body['id']);
    expect(first!['note']).toEqual({
      change: 'new',
      messages: ['Ny: 511 af 1.120 opkald', 'Antallet er regnet ud fra procenten og afrundet'],
    });
    expect(total).toMatchObject({ state: 'skipped', errors: [] });
    await commit(body['id']);
    expect(await figures()).toEqual([
      figure(anna, '2026-08', 1120, 511, { warmTransferred: 12, handlingSeconds: 312 }),
      figure(bo, '2026-08', 80, 80, { warmTransferred: 0, handlingSeconds: 312 }),
    ]);
  });

  it('asks once what the columns of a workbook with titles mean, and remembers it', async () => {
    const sheet = async (month: Date, calls: number) => {
      const row = (...values: unknown[]) =>
        values.map((value) =>
          value instanceof Date ? { value, type: Date, format: 'mmm-yy' } : value === null ? null : { value },
        );
      return writeExcelFile([
        row('Straksafklaring pr. agent', null, null, null),
        row('Udtrukket 2. september', null, null, null),
        row('Hvem', 'Hvornår', 'Kald i alt', 'Klaret'),
        row('boa', month, calls, 40),
        row('4711', month, calls, 41),
        row('Total', null, 2 * calls, 81),
      ] as never).toBuffer();
    };
    const asked = await upload(await sheet(new Date('2026-08-01'), 80), {}, 'powerbi.xlsx');
    expect(asked.body).toMatchObject({
      state: 'mapping',
      valid: 0,
      header: {
        row: 3,
        headings: ['Hvem', 'Hvornår', 'Kald i alt', 'Klaret'],
        mapping: {},
        examples: [
          ['boa', '2026-08-01', '80', '40'],
          ['4711', '2026-08-01', '80', '41'],
          ['Total', '', '160', '81'],
        ],
      },
    });
    const path = `/resolution-imports/${asked.body['id']}`;
    expect((await world.secretariat.post(`${path}/commits`)).body['code']).toBe('import_not_mapped');
    const put = (columns: object, options = {}) =>
      world.secretariat.call('PUT', `/api/v1${path}/mapping`, { columns, options });
    const missing = await put({ agent: 0 });
    expect(missing).toMatchObject({ status: 422, body: { code: 'import_columns_incomplete' } });
    expect(missing.body['errors'].map((e: { field: string }) => e.field)).toEqual([
      'month',
      'answered',
      'resolved',
    ]);
    expect((await put({ agent: 0, month: 1, answered: 2, resolved: 9 })).status).toBe(422);
    expect((await put({ agent: 0, month: 1, answered: 2, resolved: 2 })).body['errors']).toMatchObject([
      { field: 'resolved', code: 'column_chosen_twice' },
    ]);
    expect((await put({}, { color: 'red' })).body['code']).toBe('invalid_input');
    const mapped = await put({ agent: 0, month: 1, answered: 2, resolved: 3 });
    expect(mapped).toMatchObject({ status: 200, body: { state: 'ready', valid: 2, skipped: 1 } });
    await commit(asked.body['id']);
    const again = await upload(await sheet(new Date('2026-07-01'), 90), {}, 'powerbi.xlsx');
    expect(again.body).toMatchObject({
      state: 'ready',
      valid: 2,
      header: { mapping: { agent: 0, month: 1 } },
    });
    await commit(again.body['id']);
    expect((await figures()).map((row: any) => [row.month, row.answered])).toEqual([
      ['2026-07', 90],
      ['2026-07', 90],
      ['2026-08', 80],
      ['2026-08', 80],
    ]);
    expect(await app.rows('SELECT kind, signatureHash FROM column_mapping')).toEqual([
      {
        kind: 'resolution',
        signatureHash: createHash('sha256').update('hvem|hvornår|kaldialt|klaret').digest('hex'),
      },
    ]);
  });

  it('takes the month from the form where the file has none, and asks where headings say the same', async () => {
    const table = 'Agent-id;Besvarede kald;Straksafklarede\r\n4711;80;40\r\n';
    expect((await upload(table)).body).toMatchObject({ state: 'mapping' });
    expect((await upload(table, { forMonth: 'engang' })).body['errors']).toMatchObject([
      { field: 'forMonth' },
    ]);
    const { body } = await upload(table, { forMonth: '2026-07' });
    expect(body).toMatchObject({ state: 'ready', valid: 1 });
    await commit(body['id']);
    expect(await figures()).toEqual([figure(anna, '2026-07', 80, 40)]);
    const doubtful = 'Agent-id;Måned;Besvarede kald;Besvarede;Straksafklarede\r\n4711;2026-08;80;70;40\r\n';
    expect((await upload(doubtful)).body).toMatchObject({
      state: 'mapping',
      header: { mapping: { answered: 2 } },
    });
    const share = 'Agent-id;Måned;Straksafklaring %\r\n4711;2026-08;45 %\r\n';
    expect((await upload(share)).body['state']).toBe('mapping');
  });

  it('keeps nothing that must not be kept, and says what to do', async () => {
    const foreign = await register({ municipalityCode: '615', phoneSystemId: 'h1' });
    const late = await register({ startOn: '2026-08-15', phoneSystemId: 'l1' });
    const table =
      'Telefonsystem-id;E-mail;Måned;Besvarede kald;Straksafklarede\r\n' +
      [
        '4711;;2026-05;80;40',
        '4711;;2026-10;80;40',
        'h1;;2026-08;80;40',
        'l1;;2026-07;80;40',
        '4711;;2026-08;80;81',
        '4711;;2026-08;-1;0',
        `4711;${bo['email']};2026-08;80;40`,
        'boa;;2026-08;80;40',
        `;${bo['email']};2026-08;80;41`,
        'ukendt;;2026-08;80;40',
        'l1;;2026-08;80;40',
      ].join('\r\n');
    const { body } = await upload(table);
    expect(faults(body)).toEqual([
      '2 month figures_too_early',
      '3 month figures_future_month',
      '4 agent figures_no_agreement',
      '5 month agent_not_employed_in_month',
      '6 resolved figures_above_answered',
      '7 answered too_small',
      '8 phoneSystemId figures_agent_contradicted',
      '9 agent figures_twice_in_file',
      '10 agent figures_twice_in_file',
      '11 phoneSystemId figures_agent_unknown',
    ]);
    expect(body['errors'][2].message).toContain('Horsens har ikke underskrevet aftalen');
    expect(body['errors'][0].message).toContain('01.06.2026');
    await commit(body['id']);
    expect(await figures()).toEqual([figure(late, '2026-08', 80, 40)]);
    // The faulty rows as a file to be mended, which can be uploaded again.
    const path = `/api/v1/resolution-imports/${body['id']}/faulty.csv`;
    const file = await world.secretariat.call('GET', path);
    expect(file.headers.get('content-disposition')).toContain('fejl-');
    const lines = file.text.trim().split('\r\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]!.replace('\ufeff', '')).toBe(
      'Telefonsystem-id;E-mail;Måned;Besvarede kald;Straksafklarede;Hvad er galt',
    );
    expect(lines[6]).toBe("4711;;2026-08;'-1;0;Besvarede kald: Skriv et tal på mindst 0.");
    await app.get(UnitOfWork).run((tx) => signAgreement(tx, '615', '2026-06-01'));
    const mended = await upload([lines[0], lines[3]].join('\r\n'));
    expect(mended.body).toMatchObject({ valid: 1, invalid: 0, ignoredColumns: [] });
    expect(foreign['id']).toBeGreaterThan(0);
    expect((await world.leader.call('GET', path)).status).toBe(403);
  });

  it('checks anew when the agreement has come, and at the latest when it writes', async () => {
    const horsens = await register({ municipalityCode: '615', phoneSystemId: 'h2' });
    const table =
      'Telefonsystem-id;Måned;Besvarede kald;Straksafklarede\r\nh2;2026-08;80;40\r\n4711;2026-08;9;3\r\n';
    const { body } = await upload(table);
    expect(body).toMatchObject({ valid: 1, invalid: 1 });
    await app.get(UnitOfWork).run((tx) => signAgreement(tx, '615', '2026-06-01'));
    const path = `/resolution-imports/${body['id']}`;
    expect((await world.secretariat.post(`${path}/checks`)).body).toMatchObject({ valid: 2, invalid: 0 });
    await app
      .get(UnitOfWork)
      .run((tx) => tx.query("DELETE FROM figures_agreement WHERE municipalityCode = '615'"));
    const done = await commit(body['id']);
    expect(done).toMatchObject({ state: 'committed', done: 1, failed: 1 });
    expect(faults(done)).toEqual(['2 agent figures_no_agreement']);
    expect(await figures()).toEqual([figure(anna, '2026-08', 9, 3)]);
    expect((await world.secretariat.post(`${path}/checks`)).body['code']).toBe('import_committed');
    expect(horsens['id']).toBeGreaterThan(0);
  });

  it('corrects a month that is imported again, shows what changes, and writes nothing that is the same', async () => {
    const table = (resolved: number) =>
      `Agent-id;Måned;Besvarede kald;Straksafklarede\r\n4711;2026-08;80;${resolved}\r\nboa;2026-08;60;20\r\n`;
    await commit((await upload(table(40))).body['id']);
    const before = await app.rows('SELECT changedAt FROM resolution_figure ORDER BY agentId');
    const { body } = await upload(table(44));
    expect(body['changes']).toEqual({ new: 0, changed: 1, same: 1 });
    const [changed, same] = await rowsOf(body['id']);
    expect(changed!['note']).toEqual({ change: 'changed', messages: ['40 af 80 bliver til 44 af 80'] });
    expect(same!['note']).toEqual({ change: 'same', messages: ['Uændret: 20 af 60 opkald'] });
    await commit(body['id']);
    expect(await figures()).toEqual([figure(anna, '2026-08', 80, 44), figure(bo, '2026-08', 60, 20)]);
    expect(await app.rows('SELECT agentId, resolvedBefore, resolvedAfter FROM figure_correction')).toEqual([
      { agentId: anna['id'], resolvedBefore: 40, resolvedAfter: 44 },
    ]);
    const after = await app.rows('SELECT changedAt FROM resolution_figure ORDER BY agentId');
    expect(after[1]).toEqual(before[1]);
    const audits = await app.count('audit_entry', "action = 'figures.written'");
    const again = (await upload(table(44))).body;
    expect(again['changes']).toEqual({ new: 0, changed: 0, same: 2 });
    await commit(again['id']);
    expect(await app.count('figure_correction')).toBe(1);
    expect(await app.count('audit_entry', "action = 'figures.written'")).toBe(audits);
  });

  it('takes an import into a closed month for a correction, and mails nobody', async () => {
    const table = (resolved: number) =>
      `Agent-id;Måned;Besvarede kald;Straksafklarede\r\n4711;2026-08;80;${resolved}\r\n`;
    await commit((await upload(table(50))).body['id']);
    await app.get(UnitOfWork).run(async (tx) => {
      const policyId = await setPolicy(tx);
      await tx.query(
        `INSERT INTO month_closing (month, policyId, closedByPersonId, closedAt, finalAt)
         VALUES ('2026-08', ${policyId}, ${world.leaderId}, '2026-09-05 08:00:00.000', '2026-09-06 08:00:00.000')`,
      );
    });
    const mails = await app.count('mail');
    const { body } = await upload(table(10));
    expect((await rowsOf(body['id']))[0]!['note'].messages[1]).toContain('Måneden er lukket');
    await commit(body['id']);
    expect(await app.count('figure_correction')).toBe(1);
    expect(await app.count('quality_case')).toBe(0);
    expect(await app.count('mail')).toBe(mails);
  });

  it('asks once whom a name means, or passes it over, and remembers both', async () => {
    const table =
      'Agent;Måned;Besvarede kald;Straksafklarede\r\n' +
      'Andersen, Anna;2026-07;70;30\r\nAndersen, Anna;2026-08;80;40\r\nKø-robot;2026-08;900;1\r\n';
    const { body } = await upload(table);
    expect(body).toMatchObject({ valid: 0, invalid: 3 });
    const path = `/kvalitet/import/${body['id']}`;
    const browser = new Browser(app.url);
    const login = { email: 'sekretariat@ddh.test', password: PASSWORD };
    await browser.submit(await browser.get('/log-ind'), '/log-ind', login);
    const list = await browser.get(`${path}/navne`);
    expect(list.text.match(/Andersen, Anna<\/th>/g)).toHaveLength(1);
    const links = [...list.text.matchAll(/href="([^"]*navne\?navn[^"]*)"/g)].map(([, link]) =>
      link!.replaceAll('&#x3D;', '='),
    );
    expect(links).toHaveLength(2);
    const choose = await browser.get(links[0]!);
    // Whoever is called like that stands first.
    const options = [...choose.text.matchAll(/<option value="(\d+)"/g)].map(([, value]) => value);
    expect(options[0]).toBe(String(anna['id']));
    const forgotten = await say(browser, links[0]!, { choice: 'agent' });
    expect(forgotten.status).toBe(400);
    expect(forgotten.text).toContain('Vælg agenten.');
    const searched = await browser.get(`${links[0]!}&q=${encodeURIComponent('ågård')}`);
    expect([...searched.text.matchAll(/<option value="(\d+)"/g)].map(([, value]) => value)).toEqual([
      String(bo['id']),
    ]);
    const answered = await say(browser, links[0]!, { choice: 'agent', agentId: String(anna['id']) });
    expect((await browser.get(answered.location!)).text).toContain('Vagtklar kender nu navnet');
    const ignored = await say(browser, links[1]!, { choice: 'ignore' });
    expect((await browser.get(ignored.location!)).text).toContain('Navne, der springes over');
    const checked = await world.secretariat.get(`/resolution-imports/${body['id']}`);
    expect(checked.body).toMatchObject({ valid: 2, invalid: 0, skipped: 1 });
    await commit(body['id']);
    expect(await figures()).toEqual([figure(anna, '2026-07', 70, 30), figure(anna, '2026-08', 80, 40)]);
    const next = await upload(table.replaceAll('2026-07', '2026-06'));
    expect(next.body).toMatchObject({ state: 'ready', valid: 2, invalid: 0, skipped: 1 });
    expect(await app.rows('SELECT aliasKey, agentId FROM figure_alias ORDER BY id')).toEqual([
      { aliasKey: 'andersen, anna', agentId: anna['id'] },
      { aliasKey: 'k{f8}-robot', agentId: null },
    ]);
  });

  async function say(browser: Browser, link: string, fields: Record<string, string>): Promise<LoadedPage> {
    const { csrf, text } = await browser.get(link);
    const navn = /name="navn" value="([^"]*)"/.exec(text)![1]!;
    return browser.post(link.split('?')[0]!, { _csrf: csrf, navn, ...fields });
  }

  it('works as pages without JavaScript: columns, preview, faulty rows', async () => {
    const browser = new Browser(app.url);
    const login = { email: 'sekretariat@ddh.test', password: PASSWORD };
    await browser.submit(await browser.get('/log-ind'), '/log-ind', login);
    const { body } = await upload('Hvem;Kald i alt;Klaret\r\n4711;80;40\r\nukendt;60;20\r\n');
    const path = `/kvalitet/import/${body['id']}`;
    const form = await browser.get(path);
    expect(form.url).toBe(`${path}/kolonner`);
    const faulty = await browser.submit(form, `${path}/kolonner`, { agent: '0', answered: '1' });
    expect(faulty.status).toBe(400);
    expect(faulty.text).toContain('Vælg den kolonne, der har måneden');
    expect(faulty.text).toMatch(/<select[^>]*id="answered"[\s\S]*?<option value="1" selected>/);
    const answers = { agent: '0', answered: '1', resolved: '2', forMonth: '2026-08' };
    const preview = await browser.submit(faulty, `${path}/kolonner`, answers);
    expect(preview.status).toBe(200);
    expect(preview.text).toContain('Heraf 1 ny, 0 ændrede og 0 uændrede.');
    expect(preview.text).toContain(`href="${path}/fejl.csv"`);
    expect((await browser.get(`${path}/fejl.csv`)).text).toContain(
      'ukendt;60;20;Hvem: Vagtklar kender ikke agenten.',
    );
    const again = await browser.submit(preview, `${path}/kontroller`);
    expect(again.url).toBe(path);
    const done = await browser.submit(preview, `${path}/gennemfoer`);
    expect(done.status).toBe(200);
    await until('the import is written', async () => (await figures()).length === 1);
  });

  it('writes a large file in few steps, whole months at a time', async () => {
    const agents = await Promise.all(
      Array.from({ length: 12 }, (_, n) => register({ phoneSystemId: `stor${n}` })),
    );
    const months = ['2026-06', '2026-07', '2026-08'];
    const lines = agents.flatMap((_, n) => months.map((month) => `stor${n};${month};${100 + n};${n}`));
    const { body } = await upload(
      ['Agent-id;Måned;Besvarede kald;Straksafklarede', ...lines, 'stor0;2026-08;1;1'].join('\r\n'),
    );
    expect(body).toMatchObject({ valid: 35, invalid: 2 });
    const done = await commit(body['id']);
    expect(done).toMatchObject({ state: 'committed', done: 35, failed: 0 });
    expect(await app.count('resolution_figure')).toBe(35);
    expect(await app.count('audit_entry', "action = 'figures.written'")).toBe(3);
    expect(new Set((await rowsOf(body['id'])).map(({ resultId }) => resultId)).size).toBe(36);
  });
});
