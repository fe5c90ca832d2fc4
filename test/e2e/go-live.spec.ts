import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import writeExcelFile from 'write-excel-file/node';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { Api, signIn } from '../support/api.js';
import { Browser } from '../support/browser-less.js';
import { MailServer } from '../support/mail-server.js';
import { freePort, ServerProcess } from '../support/server-process.js';
import type { TestApp } from '../support/test-app.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';

const run = promisify(execFile);
const PASSWORD = 'hest batteri klamme';
const SECRETARIAT = 'birgit@aarhus.test';
const LEADERS: Record<string, string> = {
  '751': 'leder@aarhus.test',
  '615': 'leder@horsens.test',
  '791': 'leder@viborg.test',
};
const NAMES: Record<string, string> = { '751': 'Aarhus', '615': 'Horsens', '791': 'Viborg' };
const CODES = Object.keys(LEADERS);
const XLSX_AGENTS = 150;
const CSV_AGENTS = 150;
const today = localDateOf(new Date());

/** docs/go-live.md from the first line to the last, on a production server and an empty database. */
describe('going live', () => {
  let database: TestDatabase;
  let mailServer: MailServer;
  let server: ServerProcess;
  let settings: Record<string, string>;
  let secretariat: Api;
  const app = () => ({ url: server.url }) as TestApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    mailServer = await MailServer.start();
    const port = String(await freePort());
    settings = {
      NODE_ENV: 'production',
      DEMO_DATA: 'none',
      APP_SECRET: 'a-secret-of-at-least-thirty-two-characters',
      PUBLIC_URL: `http://localhost:${port}`,
      PORT: port,
      SMTP_URL: mailServer.url,
      MAIL_FROM: 'vagtklar@aarhus.test',
    };
    server = await ServerProcess.start(database, settings);
  });
  afterAll(async () => {
    await server.stop();
    await mailServer.stop();
    await database.drop();
  });

  const mailsTo = (address: string) =>
    mailServer.mails.filter((mail) => mail.to?.some((to) => to.address === address));

  /** The path of the link in the first mail to an address, once it has come. */
  async function linkTo(address: string): Promise<string> {
    await until(`a mail to ${address} has come`, () => mailsTo(address).length > 0);
    const link = new RegExp(`${server.url}(/\\S+)`).exec(mailsTo(address)[0]!.text!)?.[1];
    return link!;
  }

  /** Follows the invitation and chooses a password. */
  async function acceptInvitation(address: string): Promise<void> {
    const link = await linkTo(address);
    const browser = new Browser(server.url);
    const page = await browser.submit(await browser.get(link), link, {
      password: PASSWORD,
      repeated: PASSWORD,
    });
    expect(page.text).toContain('Din adgangskode er gemt');
  }

  /** Uploads a table, sees what it would do, has it saved and waits for the end. */
  async function importTable(path: string, fileName: string, content: Buffer): Promise<Record<string, any>> {
    const form = new FormData();
    form.append('file', new Blob([new Uint8Array(content)]), fileName);
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      body: form,
      headers: { authorization: `Bearer ${secretariat.token}` },
    });
    const preview = (await answer.json()) as Record<string, any>;
    expect({ status: answer.status, errors: preview['errors'] }).toEqual({ status: 201, errors: [] });
    await secretariat.post(`${path}/${preview['id']}/commits`);
    let found = preview;
    await until(`${fileName} is saved`, async () => {
      found = (await secretariat.get(`${path}/${preview['id']}`)).body;
      return found['state'] === 'committed';
    });
    expect(found).toMatchObject({ failed: 0, done: found['valid'] });
    return preview;
  }

  it('makes the first user from the command line; the invitation opens the door', async () => {
    const { stdout } = await run(
      process.execPath,
      ['dist/cli/main.js', 'create-user', '--email', SECRETARIAT, '--first-name', 'Birgit'].concat([
        '--last-name',
        'Bach',
        '--municipality',
        '751',
      ]),
      { env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url, ...settings } },
    );
    expect(stdout).toContain(SECRETARIAT);
    await acceptInvitation(SECRETARIAT);
    secretariat = await signIn(app(), SECRETARIAT, PASSWORD);
  });

  it('takes in memberships and the leaders, who are invited', async () => {
    for (const code of CODES)
      expect(
        (await secretariat.post(`/municipalities/${code}/memberships`, { from: '2022-01-01' })).status,
      ).toBe(201);
    const lines = CODES.map((code) => `Leder;i ${NAMES[code]};${LEADERS[code]};${NAMES[code]}`);
    const preview = await importTable(
      '/user-imports',
      'ledere.csv',
      table(['Fornavn;Efternavn;E-mail;Kommune', ...lines]),
    );
    expect(preview).toMatchObject({ valid: 3, mails: 3 });
    for (const code of CODES) await acceptInvitation(LEADERS[code]!);
  });

  it('makes, approves and publishes the course of the agents', async () => {
    const course = { code: 'intro', title: 'Velkommen til hotlinen', estimatedMinutes: 90 };
    const made = await secretariat.post('/courses', course);
    const version = await secretariat.post(`/courses/${made.body['id']}/versions`, {
      launchUrl: 'https://e-laering.test/intro',
    });
    const path = `/course-versions/${version.body['id']}`;
    expect((await secretariat.post(`${path}/approvals`)).status).toBeLessThan(300);
    expect((await secretariat.post(`${path}/publications`)).status).toBeLessThan(300);
  });

  it('imports those who are agents already, from Excel and from CSV, and writes to none of them', async () => {
    const before = mailServer.mails.length;
    const workbook = await writeExcelFile(workbookOf(agents('x', XLSX_AGENTS))).toBuffer();
    const fromExcel = await importTable('/agent-imports', 'agenter.xlsx', Buffer.from(workbook));
    expect(fromExcel).toMatchObject({ valid: XLSX_AGENTS, mails: 0, ignoredColumns: [] });
    const rows = agents('c', CSV_AGENTS).map((agent) => Object.values(agent).map(String).join(';'));
    const fromCsv = await importTable('/agent-imports', 'agenter.csv', table([HEADINGS.join(';'), ...rows]));
    expect(fromCsv).toMatchObject({ valid: CSV_AGENTS, mails: 0, ignoredColumns: [] });

    const found = await everything(secretariat, '/agents');
    expect(found).toHaveLength(XLSX_AGENTS + CSV_AGENTS);
    expect(new Set(found.map((agent) => `${agent['kind']} ${agent['status']}`))).toEqual(
      new Set(['existing ready']),
    );
    const one = found.find(({ email }) => email === 'c1@viborg.test')!;
    expect(one).toMatchObject({ lastName: 'Ågård 1', municipalityCode: '791' });
    const { journey } = (await secretariat.get(`/agents/${one['id']}`)).body;
    expect(journey).toMatchObject({ readyForFirstShift: true, reasons: [] });

    expect(mailServer.mails.length).toBe(before);
    const queued = await everything(secretariat, '/mails');
    expect(queued.filter((mail) => /^[xc]\d+@/.test(mail['to']))).toEqual([]);
  });

  it('reports as of days before and after the completions', async () => {
    const completed = async (asOf: string) =>
      (await secretariat.get(`/reports/completions?asOf=${asOf}`)).body['totals']['completed'];
    expect(await completed('2023-12-31')).toBe(0);
    // Half of them completed on 15 February, the rest on 15 August 2024.
    expect(await completed('2024-02-20')).toBe((XLSX_AGENTS + CSV_AGENTS) / 2);
    expect(await completed(today)).toBe(XLSX_AGENTS + CSV_AGENTS);
  });

  it('lets a leader register a new agent, who is welcomed and gated', async () => {
    const before = mailServer.mails.length;
    const browser = new Browser(server.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: LEADERS['751']!,
      password: PASSWORD,
    });
    const page = await browser.submit(await browser.get('/agenter/ny'), '/agenter/ny', {
      firstName: 'Nanna',
      lastName: 'Ny',
      email: 'nanna.ny@aarhus.test',
      startOn: addDays(today, 14),
    });
    expect(page.text).toContain('Velkomstmailen er på vej');
    expect(page.text).toContain('Ikke klar til første vagt');

    const link = await linkTo('nanna.ny@aarhus.test');
    const agent = new Browser(server.url);
    expect((await agent.visitAndSubmit(link)).text).toContain('Du er ikke klar til din første vagt endnu');
    await until('the receipt has come', () => mailsTo(LEADERS['751']!).length > 1);
    expect(mailsTo(LEADERS['751']!).at(-1)!.subject).toContain('Kvittering');
    expect(mailServer.mails.length).toBe(before + 2);
  });

  it('has written to nobody who was an agent before', () => {
    const receivers = mailServer.mails.flatMap((mail) => (mail.to ?? []).map(({ address }) => address));
    expect(new Set(receivers)).toEqual(
      new Set([SECRETARIAT, ...Object.values(LEADERS), 'nanna.ny@aarhus.test']),
    );
  });
});

const HEADINGS = ['Fornavn', 'Efternavn', 'E-mail', 'Kommune', 'Leders e-mail', 'Startdato'].concat([
  'E-læring gennemført',
  'Onboardingdag',
]);

/** Agents as a municipality would list them: by turns of the three municipalities, in two halves of completion. */
function agents(prefix: string, count: number): Record<string, string>[] {
  return Array.from({ length: count }, (_, n) => {
    const code = CODES[(n + 1) % CODES.length]!;
    const day = n % 2 === 0 ? '15-02-2024' : '15-08-2024';
    const email = `${prefix}${n}@${NAMES[code]!.toLowerCase()}.test`;
    const values = [
      'Søren',
      `Ågård ${n}`,
      email,
      NAMES[code]!,
      LEADERS[code]!,
      '01-02-2024',
      day,
      '01-09-2024',
    ];
    return Object.fromEntries(HEADINGS.map((heading, column) => [heading, values[column]!]));
  });
}

/** A table as Excel saves it as CSV in Denmark: semicolons, windows-1252. */
function table(lines: string[]): Buffer {
  return Buffer.from(lines.join('\r\n'), 'latin1');
}

/** The same rows as a worksheet, with real dates. */
function workbookOf(rows: Record<string, string>[]) {
  const cell = (text: string) => {
    const [, day, month, year] = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text) ?? [];
    return year
      ? { value: new Date(`${year}-${month}-${day}`), type: Date, format: 'dd-mm-yyyy' }
      : { value: text, type: String };
  };
  return [
    HEADINGS.map((heading) => ({ value: heading })),
    ...rows.map((row) => HEADINGS.map((heading) => cell(row[heading]!))),
  ];
}

/** All items of a list, page after page. */
async function everything(api: Api, path: string): Promise<Record<string, any>[]> {
  const items: Record<string, any>[] = [];
  for (let cursor = ''; ;) {
    const { body } = await api.get(`${path}?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    items.push(...body['items']);
    cursor = body['nextCursor'] ?? '';
    if (!cursor) return items;
  }
}
