import { readdirSync, readFileSync } from 'node:fs';
import type { Cookie, BrowserContext, Page } from 'playwright-core';
import { instantAt, localDateOf } from '../../src/common/local-date.js';
import { readEnv } from '../../src/config/env.js';
import type { MailTemplate } from '../../src/modules/notifications/mail-order.js';
import { MailRenderer } from '../../src/modules/notifications/mail-renderer.js';
import { signIn, type Api } from '../support/api.js';
import { checkInCode, checkInKey } from '../../src/modules/onboarding-days/attendance/check-in.rules.js';
import { axeViolations } from '../support/axe.js';
import { BrowserWorld } from '../support/browser-world.js';
import { furnishGuides } from '../support/guides.js';
import type { TestApp } from '../support/test-app.js';
import { completed, Host } from '../support/webhook.js';

/** Every page, by who sees it; `:today` is an onboarding day that is being held. */
const PAGES: Record<string, string[]> = {
  '': [
    '/log-ind',
    '/glemt-adgangskode',
    '/log-ind/link/x',
    '/adgangskode/x',
    '/v/x',
    '/postkasse',
    '/postkasse/1',
    '/findes-ikke',
    '/tjek-ind/:today/x',
    '/tjek-ind/2/x',
    '/trivsel/svar/x',
    '/trivsel/svar/:answer',
  ],
  'leder.751@vagtklar.test': [
    '/',
    '/agenter',
    '/agenter?q=findes-ikke',
    '/agenter/ny',
    '/agenter/30',
    '/agenter/30/ret',
    '/agenter/import',
    '/agenter/overflytninger',
    '/rapporter',
    '/rapporter/fremmoede',
    '/rapporter/laesetid',
    '/rapporter/laesetid?by=agent&from=2027-01-02&to=2027-01-01',
    '/indsigter',
    '/indsigter/before-after-onboarding',
    '/privatliv',
    '/privatliv/mine-oplysninger',
    '/e-laering',
    '/vagter',
    '/vagter?vis=dag',
    '/vagter?q=findes-ikke',
    '/vagter/ny',
    '/vagter/ny?q=a',
    '/vagter/1/ret',
    '/onboardingdage/runder/1',
    '/onboardingdage',
    '/onboardingdage?tid=tidligere',
    '/onboardingdage/2',
    '/onboardingdage/2?q=',
    '/onboardingdage/agent/30',
    '/onboardingdage/agent/31',
    '/trivsel',
    '/trivsel/2',
    '/trivsel/2?by=municipality',
    '/trivsel/3',
    '/vagtklar',
    '/vagtklar?state=not_ready',
    '/vagtklar?q=findes-ikke',
    '/vagtklar?from=2030-01-01',
    '/vagtklar/vagter/:shift',
    '/vagtklar/vagter/:overridden',
    '/guides',
    '/guides/:whole',
    '/guides/meld',
    '/agenter/30/emner',
    '/kvalitet',
    '/kvalitet?month=2026-04',
    '/kvalitet/agenter/4',
    '/kvalitet/retfaerdighed',
    '/rapporter/kvalitet',
    '/rapporter/kvalitet?to=2025-01',
    '/kvalitet/sparring',
    '/kvalitet/politik',
  ],
  'sekretariat@vagtklar.test': [
    '/',
    '/agenter',
    '/agenter/ny',
    '/e-laering',
    '/e-laering/ny',
    '/e-laering/1',
    '/e-laering/2',
    '/e-laering/1/deltagere',
    '/e-laering/1/deltagere/paamind',
    '/e-laering/2/deltagere',
    '/e-laering/2/deltagere/paamind',
    '/e-laering/2/versioner/2/udgiv',
    '/e-laering/2/versioner/2/udgiv?enrol=all',
    '/e-laering/gennemfoerelser',
    '/onboardingdage/kalender',
    '/onboardingdage/1/runder/ny',
    '/onboardingdage/2/runder/ny',
    '/onboardingdage/runder/1',
    '/onboardingdage/runder/1?vis=mangler',
    '/onboardingdage/fremmoede-import',
    '/onboardingdage',
    '/onboardingdage?tid=tidligere',
    '/onboardingdage/ny',
    '/onboardingdage/aar',
    '/onboardingdage/1',
    '/onboardingdage/2?q=',
    '/onboardingdage/2?q=findes-ikke',
    '/onboardingdage/2/ret',
    '/onboardingdage/2/aflys',
    '/onboardingdage/agent/29',
    '/onboardingdage/agent/30',
    '/agenter/30',
    '/agenter/import',
    '/agenter/import/1',
    '/agenter/import/1?vis=alle',
    '/kvalitet/import',
    '/kvalitet/import/2',
    '/kvalitet/import/2?vis=alle',
    '/kvalitet/import/2/navne',
    '/kvalitet/import/2/navne?navn=robot',
    '/kvalitet/import/2/navne?navn=robot&q=findes-ikke',
    '/kvalitet/import/3/kolonner',
    '/agenter/overflytninger',
    '/onboardingdage/statistik',
    '/onboardingdage/statistik?from=2030-01-01&to=2030-02-01',
    '/indsigter',
    '/indsigter/onboarding-resolution',
    '/indsigter/high-resolution?threshold=55',
    '/indsigter/high-resolution?from=2026-05&to=2026-04',
    '/indsigter/claimed-real',
    '/indsigter/wellbeing-onboarding',
    '/indsigter/time-to-ready',
    '/rapporter?state=waived',
    '/rapporter?asOf=2026-10-01',
    '/rapporter/fremmoede',
    '/rapporter/fremmoede?status=no_show&from=2030-01-01',
    '/vagter',
    '/vagter/ny',
    '/vagter/1/ret',
    '/vagter/import',
    '/vagter/import/1',
    '/vagter/import/1?vis=moved',
    '/vagter/import/1?vis=unknown',
    '/vagter/import/1?vis=faulty',
    '/vagter/import/1?vis=duplicate',
    '/vagter/import/1?kolonner=ja',
    '/vagter/import/2',
    '/vagter/import/3',
    '/indstillinger/vagtplan',
    '/opgaver',
    '/opgaver?tilstand=done',
    '/privatliv/mine-oplysninger',
    '/privatliv/person/7',
    '/indstillinger',
    '/indstillinger/brugere',
    '/indstillinger/brugere?q=findes-ikke',
    '/indstillinger/brugere/ny',
    '/indstillinger/brugere/1',
    '/indstillinger/brugere/import',
    '/indstillinger/kommuner',
    '/indstillinger/kommuner/751',
    '/indstillinger/kommuner/101',
    '/indstillinger/adgangsnoegler',
    '/indstillinger/modtagere',
    '/indstillinger/forbindelser',
    '/indstillinger/forbindelser/1',
    '/indstillinger/forbindelser/2',
    '/indstillinger/forbindelser/indbakke',
    '/indstillinger/forbindelser/indbakke/1?q=anna',
    '/indstillinger/mails',
    '/indstillinger/mails/1',
    '/indstillinger/revisionsspor',
    '/indstillinger/vagtklar',
    '/trivsel',
    '/trivsel/ny',
    '/trivsel/1',
    '/trivsel/2',
    '/trivsel/2?by=question',
    '/trivsel/2?by=municipality',
    '/trivsel/2?by=attended',
    '/trivsel/3',
    '/trivsel/3/ret',
    '/trivsel/4',
    '/trivsel/4/import',
    '/trivsel/4/import/1',
    '/vagtklar',
    '/onboardingdage/:today/fremmoede',
    '/onboardingdage/:today/fremmoede?q=a',
    '/onboardingdage/:today/fremmoede?q=findes-ikke',
    '/onboardingdage/2/fremmoede',
    '/onboardingdage/:today/kode',
    '/onboardingdage/2/kode',
    '/tjek-ind/:today/x',
    '/guides',
    '/guides?q=findes-ikke',
    '/guides/ny',
    '/guides/:whole',
    '/guides/:draft',
    '/guides/:archived',
    '/guides/:whole/ny-version',
    '/guides/:draft/ny-version',
    '/guides/:whole/versioner/2',
    '/guides/billeder',
    '/guides/meldinger',
    '/guides/meldinger?tilstand=settled',
    '/agenter/30/emner',
    '/kvalitet',
    '/kvalitet?month=2026-04',
    '/kvalitet/agenter/27',
    '/kvalitet/agenter/1',
    '/kvalitet/retfaerdighed',
    '/rapporter/kvalitet',
    '/rapporter/kvalitet?from=2026-10&municipality=615',
    '/kvalitet/sager',
    '/kvalitet/sager?tilstand=ended',
    '/kvalitet/indsigelser',
    '/kvalitet/indsigelser?tilstand=answered',
    '/kvalitet/sparring',
    '/kvalitet/sparring/:talk',
    '/kvalitet/sager/:coached/sparring',
    '/kvalitet/politik',
    '/kvalitet/aftaler',
    '/kvalitet/aftaler/751',
    '/kvalitet/maaneder',
    '/kvalitet/maaneder?cursor=WzNd',
    '/kvalitet/maaneder/2026-08',
    '/kvalitet/maaneder/2026-01',
  ],
  'agent@vagtklar.test': [
    '/mit',
    '/mit/tal',
    '/mit/trivsel',
    '/mit/samtaler',
    '/mit/kalender',
    '/mit/onboardingdag',
    '/laer/30',
    '/privatliv',
    '/privatliv/mine-oplysninger',
    '/tjek-ind/:today/x',
    '/tjek-ind/:today/:code',
    '/guides',
    '/guides?q=findes-ikke',
    '/guides/:whole',
    '/guides/:whole/versioner/1',
    '/guides/:link',
    '/guides/:course',
    '/guides/meld',
    '/guides/meld?guide=:whole',
  ],
};
const LANGUAGES = ['da', 'en'];
/** Forms of the secretariat that are sent empty: the page, the form, and the fields that are emptied before. */
const FAULTY_FORMS: [path: string, action: string, ...emptied: string[]][] = [
  ['/agenter/30/ret', '/agenter/30/ret', '#email', '#startOn'],
  ['/agenter/30', '/agenter/30/fratraeder', '#departure-on'],
  ['/agenter/30', '/agenter/30/flyt', '#transfer-on'],
  ['/agenter/30', '/agenter/30/forloeb/30/gennemfoert'],
  ['/agenter/import', '/agenter/import'],
  ['/kvalitet/import', '/kvalitet/import'],
  ['/kvalitet/import/2/navne?navn=robot', '/kvalitet/import/2/navne'],
  ['/kvalitet/import/3/kolonner', '/kvalitet/import/3/kolonner'],
  ['/onboardingdage/2/runder/ny', '/onboardingdage/2/runder/ny', '#answerBy'],
  ['/onboardingdage/fremmoede-import', '/onboardingdage/fremmoede-import'],
  ['/vagter/ny', '/vagter/ny'],
  ['/vagter/1/ret', '/vagter/1/ret', '#on', '#fromTime'],
  ['/vagter/import', '/vagter/import'],
  ['/vagter/import/2', '/vagter/import/2/kolonner'],
  ['/indstillinger/vagtplan', '/indstillinger/vagtplan'],
  ['/onboardingdage/ny', '/onboardingdage/ny', '#on', '#fromTime', '#capacity', '#venue'],
  ['/onboardingdage/aar', '/onboardingdage/aar', '#r1-on', '#r3-bookBy', '#address'],
  ['/onboardingdage/2/ret', '/onboardingdage/2/ret', '#bookBy'],
  ['/e-laering/1', '/e-laering/1/versioner'],
  ['/vagtklar/vagter/:shift', '/vagtklar/vagter/:shift/undtagelse'],
  ['/guides/ny', '/guides/ny'],
  ['/guides/:whole/ny-version', '/guides/:whole/ny-version', '#title', '#effectiveFrom', '#answers0'],
  ['/guides/billeder', '/guides/billeder'],
  ['/kvalitet/politik', '/kvalitet/politik', '#threshold', '#months', '#appliesFrom'],
  ['/kvalitet/aftaler/751', '/kvalitet/aftaler/751', '#signedOn', '#figuresFrom'],
  ['/trivsel/ny', '/trivsel/ny', '#k'],
  ['/trivsel/3/ret', '/trivsel/3/ret', '#title'],
  ['/trivsel/4/import', '/trivsel/4/import'],
  ['/indstillinger/brugere/ny', '/indstillinger/brugere/ny'],
  ['/indstillinger/brugere/1', '/indstillinger/brugere/1/fravaer'],
  ['/indstillinger/kommuner/101', '/indstillinger/kommuner/101/medlemskaber'],
  ['/indstillinger/adgangsnoegler', '/indstillinger/adgangsnoegler', '#days'],
  ['/indstillinger/modtagere', '/indstillinger/modtagere', '#url'],
  ['/indstillinger/forbindelser', '/indstillinger/forbindelser', '#name'],
  ['/indstillinger/forbindelser/1', '/indstillinger/forbindelser/1', '#name'],
];
/** A sentence that is missing shows its key. */
const catalogue = JSON.parse(readFileSync('src/web/i18n/da.json', 'utf8')) as object;

describe('accessibility', () => {
  let ownCookies: Cookie[] = [];
  let world: BrowserWorld;
  let todayId: number;
  /** Shifts whose agents are not ready; the second is let through. */
  let shiftIds: number[];
  /** The talk of the demonstration, which has been held. */
  let talk: { id: number; caseId: number; agentId: number };
  /** The guides of each kind. */
  let guides: Record<string, number>;
  /** The link of somebody who has still to answer the open survey. */
  let answerToken: string;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    await world.mailTo('agent@vagtklar.test');
    await furnish();
  });
  afterAll(() => world.stop());

  /** Something on every page: a token, a connection with a message that fits nobody, a course to publish, faulty rows. */
  async function furnish(): Promise<void> {
    const app = { url: world.url } as TestApp;
    const secretariat = await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    await secretariat.post('/readiness-subscriptions', { url: 'https://phone.example/ready' });
    await secretariat.post('/api-tokens', { name: 'Power BI', scopes: ['reports:read'], days: 30 });
    await (await Host.connect(app, secretariat)).send(completed('findes-ikke'));
    const rustici = await Host.connect(app, secretariat, {
      name: 'SCORM Cloud',
      shape: 'rustici',
      courseIds: [1],
    });
    await rustici.withSecret('whsec_AAAA').send({});
    await secretariat.post('/connections/2/secrets');
    await secretariat.post('/connections/2/test-messages');
    const course = { code: 'pas', title: 'Nye regler om pas og kørekort', estimatedMinutes: 30 };
    const { body } = await secretariat.post('/courses', { ...course, requiredBeforeFirstShift: false });
    const version = await secretariat.post(`/courses/${body['id']}/versions`, {
      launchUrl: 'https://e.test/pas',
    });
    await secretariat.post(`/course-versions/${version.body['id']}/approvals`);
    await furnishDays(secretariat);
    await override(secretariat);
    await invite(app, secretariat);
    await furnishShifts(secretariat);
    guides = await furnishGuides(app, secretariat);
    await furnishSurveys(secretariat);
    [talk] = (await secretariat.get('/coaching-talks')).body['items'];
    const page = await world.signIn(await world.context(), 'sekretariat@vagtklar.test');
    await page.goto('/agenter/import');
    await page.setInputFiles('#file', {
      name: 'agenter-fra-kommunerne.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        'Fornavn;Efternavn;E-mail;Kommune;Start;Ukendt\r\nIb;;ib(at);Nordby;31-02-2024;x\r\n' +
          'Charlotte-Amalie;Christiansen-Wennerstrøm;charlotte-amalie.christiansen@aarhus.test;Aarhus;1-2-2024;\r\n',
      ),
    });
    await page.click('main form button');
    await page.waitForURL('**/agenter/import/1');
    await page.context().close();
    await furnishFigures(secretariat);
    await holdDay(secretariat);
  }

  /** A shift, and imports that are ready, that ask for their columns, and that were refused. */
  async function furnishShifts(secretariat: Api): Promise<void> {
    const on = localDateOf(new Date());
    const agentId = 30;
    for (const [from, to] of [
      ['08:00', '16:00'],
      ['22:00', '23:30'],
    ] as const)
      await secretariat.post('/shifts', {
        agentId,
        startsAt: instantAt(on, from),
        endsAt: instantAt(on, to),
      });
    const times = ['09:00;17:00', '09:00;17:00', 'otte;16.00', '22:00;23:30'];
    const rows = [...times.map((time) => `${agentId};${on};${time}`), `99999;${on};8.00;16.00`];
    await upload(secretariat, ['Agent-id;Dato;Fra;Til', ...rows].join('\r\n'));
    await upload(secretariat, 'Hvem;Hvornår;Indtil;\r\n4711;i morgen;8;x');
    await upload(secretariat, 'Agent-id;Dato;Fra;Til');
  }

  /** An import of figures with names that nobody knows, and one that asks for its columns. */
  async function furnishFigures(secretariat: Api): Promise<void> {
    const headings = 'Agent;Måned;Besvarede kald;Straksafklarede';
    const rows = [
      'Charlotte-Amalie Christiansen-Wennerstrøm;2026-10;80;90',
      'robot;2026-10;900;1',
      'I alt;;980;91',
    ];
    for (const table of [
      [headings, ...rows],
      ['Hvem;Hvornår;;Klaret', 'Åse;okt. 2026;80;40'],
    ]) {
      const made = await secretariat.upload(
        '/resolution-imports',
        table.join('\r\n'),
        {},
        'tal-fra-telefonsystemet.csv',
      );
      expect(made.status).toBe(201);
    }
  }

  async function upload(secretariat: Api, content: string): Promise<void> {
    expect((await secretariat.upload('/shift-imports', content, {}, 'vagtplan-uge-48.csv')).status).toBe(201);
  }

  /** A wave that is waiting for a table with a faulty row, and the link of one that is open. */
  async function furnishSurveys(secretariat: Api): Promise<void> {
    const { body } = await secretariat.post('/surveys', { title: 'Trivsel i pilotkommunerne', year: 2025 });
    const table = 'Kommune;meaning_glad;meaning_help;Ukendt\r\nAarhus;Enig;4;x\r\nAtlantis;9;4;';
    const path = `/surveys/${body['id']}/imports`;
    expect((await secretariat.upload(path, table, {}, 'svar-fra-pilotkommunerne.csv')).status).toBe(201);
    const [asked] = (await secretariat.get('/mails?template=survey-invitation')).body['items'];
    const { text } = await world.mailTo(asked['to'], /hotlinen/);
    answerToken = /\/trivsel\/svar\/([\w-]+)/.exec(text!)![1]!;
  }

  async function override(secretariat: Api): Promise<void> {
    const { body } = await secretariat.get('/readiness?municipality=751&state=not_ready&limit=2');
    shiftIds = body['items'].map(({ shiftId }: { shiftId: number }) => shiftId);
    const fields = {
      shiftId: shiftIds[1],
      reason: 'sits_with_colleague',
      note: 'Sidder hos Charlotte-Amalie',
    };
    expect((await secretariat.post('/readiness-overrides', fields)).status).toBe(201);
  }

  /** A day that is being held, with somebody who is marked and somebody who is not. */
  async function holdDay(secretariat: Api): Promise<void> {
    const on = localDateOf(new Date());
    const [startsAt, endsAt] = [instantAt(on, '00:00'), instantAt(on, '23:59')].map((at) => at.toISOString());
    const day = { on, startsAt, endsAt, venue: 'DOKK1', address: 'Aarhus C', capacity: 20, bookBy: on };
    todayId = (await secretariat.post('/onboarding-days', day)).body['id'];
    const marks = [
      { agentId: 1, status: 'no_show', reason: 'work', note: 'Ringede' },
      { agentId: 1, status: 'partial' },
      { agentId: 2, status: 'attended' },
    ];
    for (const mark of marks)
      await secretariat.call('PUT', `/api/v1/onboarding-days/${todayId}/attendances`, [mark]);
  }

  /** The address with what is known only now. */
  function filledIn(path: string): string {
    const code = checkInCode(checkInKey(readEnv({}).APP_SECRET), todayId, new Date());
    return path
      .replace(':today', String(todayId))
      .replace(':code', code)
      .replace(':answer', answerToken)
      .replace(':talk', String(talk.id))
      .replace(':coached', String(talk.caseId))
      .replace(':shift', String(shiftIds[0]))
      .replace(':overridden', String(shiftIds[1]))
      .replace(/:(whole|link|draft|course|archived)/, (_, kind: string) => String(guides[kind]));
  }

  /** A round in which one agent may go, one may not, one leader has not answered and one agent can still be asked. */
  async function invite(app: TestApp, secretariat: Api): Promise<void> {
    const agents: string[] = [];
    for (const [lastName, municipalityCode] of [
      ['Christiansen-Wennerstrøm', '751'],
      ['Ågård', '751'],
      ['Ørsted', '615'],
      ['Æbelø', '791'],
    ]) {
      const email = `charlotte-amalie.${agents.length}@kommune.test`;
      const agent = { firstName: 'Charlotte-Amalie', lastName, email, municipalityCode };
      const { body } = await secretariat.post('/agents', {
        ...agent,
        startOn: '2025-01-01',
        kind: 'existing',
      });
      agents.push(String(body['id']));
    }
    const { bookBy } = (await secretariat.get('/onboarding-days/2')).body;
    const round = { agents: agents.slice(0, 3), answerBy: bookBy };
    expect((await secretariat.call('POST', '/onboardingdage/2/runder', round)).status).toBe(303);
    const leader = await signIn(app, 'leder.751@vagtklar.test', 'vagtklar-demo');
    // In the order of the municipalities, in which Aarhus is last.
    await leader.call('POST', '/onboardingdage/runder/1', { shown: ['2', '3'], yes: ['2'] });
  }

  it.each(LANGUAGES)('the steps of an invitation and of a calendar link in %s', async (language) => {
    const context = await world.context();
    await context.addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
    const secretariat = await world.signIn(context, 'sekretariat@vagtklar.test');
    await secretariat.goto('/onboardingdage/2/runder/ny');
    await secretariat.click('main form button[type="submit"]');
    await look(secretariat, `the preview of a round (${language})`);
    await secretariat.goto('/onboardingdage/kalender');
    await unfold(secretariat);
    await secretariat.click('form[action="/onboardingdage/kalender"] button[type="submit"]');
    expect(await secretariat.textContent('code.vk-secret')).toContain('/api/v1/onboarding-days.ics?token=');
    await look(secretariat, `a calendar link (${language})`);
    await context.close();
    const agent = await (
      await world.context({ extraHTTPHeaders: { 'accept-language': language } })
    ).newPage();
    const { text } = await world.mailTo('charlotte-amalie.0@kommune.test');
    await agent.goto(/\/v\/[\w-]+/.exec(text!)![0]);
    await agent.click('main form button[type="submit"]');
    await agent.waitForURL('**/mit');
    await agent.click('a[href="/mit/invitation/2"]');
    await look(agent, `an invitation (${language})`);
    await agent.context().close();
  });

  it.each(LANGUAGES)('the steps of a guide in %s', async (language) => {
    const context = await world.context();
    await context.addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
    const secretariat = await world.signIn(context, 'sekretariat@vagtklar.test');
    await secretariat.goto(filledIn('/guides/:whole/ny-version'));
    await secretariat.fill('#changeNote', 'Gebyret er sat op.');
    await secretariat.click('button[value="vis"]');
    await look(secretariat, `the preview of a guide (${language})`);
    const own = await world.context();
    await own.addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
    const agent = await world.signIn(own, 'agent@vagtklar.test');
    await agent.goto(filledIn('/guides/:whole'));
    await agent.click('form.vk-understood button[type="submit"]');
    expect(await agent.locator('.form-error-message').count()).toBe(1);
    await look(agent, `a wrong answer (${language})`);
    await agent.goto('/guides/meld');
    await agent.click('main form button[type="submit"]');
    await look(agent, `the faulty report about a guide (${language})`);
    await context.close();
    await own.close();
  });

  it.each(LANGUAGES)('the own figures, what is said of them, and a case in %s', async (language) => {
    const app = { url: world.url } as TestApp;
    const api = await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    const [open] = (await api.get('/quality-cases?state=notified')).body['items'];
    const agent = await signInByLink('/mit/tal');
    const secretariat = await world.signIn(await world.context(), 'sekretariat@vagtklar.test');
    const pages = [agent, secretariat];
    for (const page of pages)
      await page.context().addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
    await doubt(agent, language);
    const [dispute] = (await api.get('/figure-disputes')).body['items'];
    await answer(secretariat, dispute.id, language);
    await lookAtCase(secretariat, open.id, language);
    for (const page of pages) await page.context().close();
  });

  /** Says that the latest figure that can be is wrong. */
  async function doubt(page: Page, language: string): Promise<void> {
    const button = 'form[action="/mit/tal/forkert"] button[type="submit"]';
    await page.goto('/mit/tal');
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await look(page, `the own figures (${language})`);
    await page.click(button);
    expect(await page.locator('.form-error-message').count()).toBe(2);
    await look(page, `a figure that is wrong, sent empty (${language})`);
    await page.selectOption('#month', { index: 1 });
    await page.selectOption('#reason', 'other');
    await page.click(button);
    await look(page, `a figure that is said to be wrong (${language})`);
  }

  async function answer(page: Page, disputeId: number, language: string): Promise<void> {
    const button = 'form[action$="/svar"] button[type="submit"]';
    await page.goto(`/kvalitet/indsigelser/${disputeId}`);
    await look(page, `a figure that is looked into (${language})`);
    await page.click(button);
    await look(page, `an answer sent empty (${language})`);
    await page.click('label[for="answer-stands"]');
    await page.click(button);
    // Scripts take what was done out of the address.
    await page.waitForURL((url) => url.pathname === '/kvalitet/indsigelser');
    await page.goto('/kvalitet/indsigelser?tilstand=answered');
    await look(page, `figures that were said to be wrong (${language})`);
  }

  async function lookAtCase(page: Page, caseId: number, language: string): Promise<void> {
    await page.goto(`/kvalitet/sager/${caseId}`);
    await look(page, `a case (${language})`);
    await page.click(`form[action="/kvalitet/sager/${caseId}/afslut"] button[type="submit"]`);
    expect(await page.locator('.form-error-message').count()).toBe(1);
    await look(page, `a case ended without a reason (${language})`);
  }

  it('the steps of a coaching talk', async () => {
    const secretariat = await world.signIn(await world.context(), 'sekretariat@vagtklar.test');
    await secretariat.goto(filledIn('/kvalitet/sager/:coached/sparring'));
    const form = `form[action="/kvalitet/sager/${talk.caseId}/sparring"] button[type="submit"]`;
    await secretariat.fill('#link', 'http://teams.test/x');
    await secretariat.click(form);
    expect(await secretariat.locator('#link-error').count()).toBe(1);
    await look(secretariat, 'the faulty offer of a talk');
    await secretariat.fill('#link', 'https://teams.microsoft.com/l/meetup-join/x');
    await secretariat.click(form);
    await secretariat.waitForURL('**/kvalitet/sparring/*');
    const path = `/mit/samtaler/${/\d+/.exec(new URL(secretariat.url()).pathname)![0]}`;
    const agent = await signInByLink(path);
    for (const language of LANGUAGES) {
      const cookie = { name: 'vk_lang', value: language, url: world.url };
      for (const page of [secretariat, agent]) {
        await page.context().addCookies([cookie]);
        await page.reload();
      }
      await look(secretariat, `a talk that is offered (${language})`);
      await look(agent, `an offer of a talk (${language})`);
      await agent.locator(`form[action="${path}/tider"] button[type="submit"]`).click();
      expect(await agent.locator('#on0-error').count()).toBe(1);
      await look(agent, `faulty times for a talk (${language})`);
      await agent.goto(path);
    }
    await agent.click(`form[action="${path}/ja"] button`);
    await look(agent, 'a talk that is accepted');
    for (const page of [secretariat, agent]) await page.context().close();
  });

  /** The agent of the demonstration's talk, who asked for a link on the way to a page and came back to it. */
  async function signInByLink(path: string): Promise<Page> {
    const context = await world.context();
    const page = await context.newPage();
    if (ownCookies.length > 0) {
      await context.addCookies(ownCookies);
      await page.goto(path);
      return page;
    }
    const api = await signIn({ url: world.url } as TestApp, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    const { email } = (await api.get(`/agents/${talk.agentId}`)).body;
    await page.goto(`/log-ind?til=${path}`);
    await page.fill('#link-email', email);
    await page.click('form[action="/log-ind/link"] button');
    const { text } = await world.mailTo(email, /link til Vagtklar/);
    await page.goto(/\/log-ind\/link\/[\w-]+/.exec(text!)![0]);
    await page.click('main form button[type="submit"]');
    await page.waitForURL(`**${path}`);
    ownCookies = await context.cookies();
    return page;
  }

  async function look(page: Page, what: string): Promise<void> {
    await inspect(page, what);
    await unfold(page);
    await inspectNarrow(page, what);
  }

  /** A full day with a line, and somebody who did not turn up. */
  async function furnishDays(secretariat: Api): Promise<void> {
    await secretariat.patch('/onboarding-days/2', { version: 1, capacity: 1 });
    const startOn = localDateOf(new Date());
    const agent = { firstName: 'Vigga', lastName: 'Venter', email: 'vigga.venter@aarhus.test', startOn };
    await secretariat.post('/agents', { ...agent, municipalityCode: '751' });
    await secretariat.call('PUT', '/api/v1/onboarding-days/1/attendances', [
      { agentId: 29, status: 'no_show', reason: 'work' },
    ]);
  }

  const cases = Object.keys(PAGES).flatMap((email) =>
    LANGUAGES.map((language) => [email || 'nobody', language, email] as const),
  );

  it.each(cases)(
    '%s in %s: nothing for axe to find, a title and one h1, 320 px wide works',
    async (_, language, email) => {
      const context = await world.context();
      await context.addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
      const page = email ? await world.signIn(context, email) : await context.newPage();
      const tabs = [page, await context.newPage()];
      await inTabs(tabs, PAGES[email]!, (tab, path) => check(tab, path, language));
      if (email === '') await checkForms(context, language);
      if (email === 'sekretariat@vagtklar.test')
        await inTabs(tabs, FAULTY_FORMS, (tab, [path, action, ...emptied]) =>
          checkFaults(tab, path, action, emptied, language),
        );
      await context.close();
    },
    480_000,
  );

  async function check(page: Page, path: string, language: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(filledIn(path));
    await inspect(page, `${path} (${language})`);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await unfold(page);
    await inspectNarrow(page, path);
  }

  /** On a phone: what is folded away counts too. */
  async function inspectNarrow(page: Page, what: string): Promise<void> {
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ what, overflow }).toEqual({ what, overflow: 0 });
    expect({ what, found: await axeViolations(page) }).toEqual({ what, found: [] });
    await page.setViewportSize({ width: 1280, height: 900 });
  }

  async function checkFaults(page: Page, path: string, action: string, emptied: string[], language: string) {
    await page.goto(filledIn(path));
    await unfold(page);
    for (const field of emptied) await page.fill(field, '');
    await page.click(`form[method="post"][action="${filledIn(action)}"] button[type="submit"]`);
    const what = `${action} sent empty (${language})`;
    expect({ what, focus: await page.evaluate('document.activeElement.dataset.module') }).toEqual({
      what,
      focus: 'error-summary',
    });
    // Each sentence of the summary leads to its field, which is told to be wrong.
    for (const link of await page.locator('[data-module="error-summary"] a').all()) {
      const field = page.locator((await link.getAttribute('href'))!);
      expect({ what, fields: await field.count() }).toEqual({ what, fields: 1 });
      expect({ what, shown: await field.isVisible() }).toEqual({ what, shown: true });
    }
    await inspect(page, what);
    await inspectNarrow(page, what);
  }

  async function checkForms(context: BrowserContext, language: string): Promise<void> {
    const signIn = await context.newPage();
    await signIn.goto('/log-ind');
    await signIn.click('form[action="/log-ind"] button');
    await inspect(signIn, `the faulty sign-in form (${language})`);
    const leader = await world.signIn(context, 'leder.751@vagtklar.test');
    await leader.goto('/agenter/ny');
    await leader.click('main form button');
    expect(await leader.locator('.form-error-message').count()).toBe(4);
    await inspect(leader, `the faulty registration form (${language})`);
  }

  async function inspect(page: Page, what: string): Promise<void> {
    expect({ what, found: await axeViolations(page) }).toEqual({ what, found: [] });
    expect(await page.locator('h1').count()).toBe(1);
    expect(await page.title()).toMatch(/\S+ – Vagtklar$/);
    const words = (await page.textContent('body'))!.match(/[A-Za-z]+(?:\.[\w-]+)+/g) ?? [];
    expect({ what, keys: words.filter((word) => word in catalogue) }).toEqual({ what, keys: [] });
  }

  it.each(LANGUAGES)('the mails in %s: nothing for axe to find', async (language) => {
    const context = await world.context({ viewport: { width: 360, height: 700 } });
    const page = await context.newPage();
    for (const template of readdirSync('mail-templates').filter((name) => !name.startsWith('_'))) {
      await page.setContent(renderMail(template, language));
      expect({ template, found: await axeViolations(page) }).toEqual({ template, found: [] });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    }
    await context.close();
  });

  it('raised no complaint of the browser but the pages that are meant to be missing', () => {
    const meant = /status of 40[034]/;
    expect(world.complaints.filter((complaint) => !meant.test(complaint))).toEqual([]);
  });
});

/** Does one after the other in each tab, side by side: each tab has a process of its own, and axe keeps it busy. */
async function inTabs<T>(
  tabs: readonly Page[],
  all: readonly T[],
  work: (tab: Page, one: T) => Promise<void>,
): Promise<void> {
  const left = all.values();
  await Promise.all(
    tabs.map(async (tab) => {
      for (const one of left) await work(tab, one);
    }),
  );
}

/** Opens what is folded away. */
async function unfold(page: Page): Promise<void> {
  await page.evaluate('document.querySelectorAll("main details").forEach((fold) => (fold.open = true))');
}

/** A mail with values that are as long as they get in earnest. */
function renderMail(template: string, language: string): string {
  const renderer = new MailRenderer(readEnv({}));
  const day = {
    on: '2026-12-09',
    startsAt: new Date('2026-12-09T08:00:00Z'),
    endsAt: new Date('2026-12-09T14:30:00Z'),
    venue: 'DOKK1',
    address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
    directions: 'Letbanen kører til Dokk1.',
    message: 'Tag din egen computer og dit headset med.',
    bookBy: '2026-12-02',
  };
  const course = { title: 'Velkommen til Den Digitale Hotline', estimatedMinutes: 90 };
  return renderer.render({
    template: template as MailTemplate,
    to: { personId: 1, firstName: 'Charlotte-Amalie', address: 'a@b.dk', language },
    variables: {
      municipalityName: 'Lyngby-Taarbæk',
      leaderName: 'Åse Ørsted',
      agentName: 'Anna Ny',
      agentUrl: 'https://vagtklar.test/agenter/1',
      connection: 'Aarhus Kommunes e-læringsplatform (SCORM Cloud)',
      connectionUrl: 'https://vagtklar.test/indstillinger/forbindelser/1',
      startOn: '2026-12-01',
      firstShiftOn: '2026-12-15',
      dueOn: '2026-12-15',
      welcomeOn: null,
      nextDay: day,
      day,
      waitDay: day,
      previous: day,
      booked: true,
      answerBy: day.bookBy,
      daysLeft: 7,
      count: 3,
      agents: [
        {
          name: 'Charlotte-Amalie Christiansen-Wennerstrøm',
          url: 'https://vagtklar.test/agenter/1',
          day,
          previous: day,
          waitDay: day,
          startsAt: day.startsAt,
          count: 3,
        },
      ],
      on: day.on,
      promoted: true,
      isWaiting: true,
      mayMove: true,
      isReminder: true,
      url: 'https://vagtklar.test/onboardingdage/runder/1',
      insteadOf: 'Åse Ørsted',
      guides: [
        {
          ...course,
          startsAt: day.startsAt,
          minutes: 12,
          agents: 14,
          total: 168,
          fromOn: day.on,
          url: 'https://vagtklar.test/guides/1',
        },
      ],
      more: 4,
      minutes: 96,
      total: 168,
      startsAt: day.startsAt,
      changeNote: 'Gebyret er sat op.\nBorgere under 18 år betaler ikke.',
      courses: [course],
      ...course,
    },
    secretLinks: { link: 'https://vagtklar.test/v/token' },
  }).html;
}
