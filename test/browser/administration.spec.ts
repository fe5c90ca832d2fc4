import type { Locator, Page } from 'playwright-core';
import { addDays, localDateOf } from '../../src/common/local-date.js';
import { Api, signIn } from '../support/api.js';
import { BrowserWorld } from '../support/browser-world.js';
import type { TestApp } from '../support/test-app.js';
import { completed, signedHeaders } from '../support/webhook.js';

const today = localDateOf(new Date());
const SECRETARIAT = 'sekretariat@vagtklar.test';
const AARHUS = 'leder.751@vagtklar.test';
const HORSENS = 'leder.615@vagtklar.test';
const TABLE = [
  'Fornavn;Efternavn;E-mail;Kommune;Startdato;E-læring gennemført',
  'Søren;Ågård;soren.aagaard@horsens.test;Horsens;01-02-2024;15-02-2024',
  'Ib;;ib(at)horsens.test;Horsens;31-02-2024;',
  'Kim;Ko;kim.ko@horsens.test;Nordby;01-05-2024;',
];

/** What the secretariat and the leaders do, one after the other, with script turned off. */
describe('administration in a browser without script', () => {
  let world: BrowserWorld;
  let secretariat: Page;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    secretariat = await person(SECRETARIAT);
  });
  afterAll(() => world.stop());

  async function person(email: string, javaScriptEnabled = false): Promise<Page> {
    const page = await world.signIn(await world.context({ javaScriptEnabled }), email);
    page.setDefaultTimeout(20_000);
    return page;
  }

  /** A new agent whom a leader registers; the path of the agent's page. */
  async function register(leader: Page, firstName: string, email: string): Promise<string> {
    await leader.goto('/agenter/ny');
    await leader.fill('#firstName', firstName);
    await leader.fill('#lastName', 'Prøve');
    await leader.fill('#email', email);
    await leader.fill('#startOn', addDays(today, 14));
    await press(leader, 'Registrér agent');
    await told(leader, 'Agenten er registreret');
    return new URL(leader.url()).pathname;
  }

  it('invites a user, names a deputy and an absence, locks the user out and lets the user in again', async () => {
    const page = secretariat;
    await page.goto('/indstillinger/brugere');
    await page.getByRole('link', { name: 'Inviter bruger' }).click();
    await press(page, 'Opret og inviter');
    await faulty(page, 'Skriv fornavnet.', 'Skriv efternavnet.', 'Skriv e-mailen.', 'Vælg kommunen.');
    await page.fill('#firstName', 'Lise');
    await page.fill('#lastName', 'Leder');
    await page.fill('#email', 'lise.leder@aarhus.test');
    await page.selectOption('#municipalityCode', '751');
    await press(page, 'Opret og inviter');
    await told(page, 'Invitationen er på vej');
    expect(await text(page)).toContain('Inviteret');

    const own = await (await world.context({ javaScriptEnabled: false })).newPage();
    await own.goto(linkIn(await world.mailTo('lise.leder@aarhus.test')));
    await own.fill('#password', 'hest batteri klamme');
    await own.fill('#repeated', 'hest batteri klamme');
    await own.click('main button[type="submit"]');
    await told(own, 'Din adgangskode er gemt');

    // The password changed the user: whoever had the page open before must load it again.
    await page.reload();
    expect(await text(page)).toContain('Aktiv');
    await page.selectOption('#deputyId', { label: 'Åse Holm (Aarhus)' });
    await press(page, 'Gem');
    await told(page, 'Brugeren er rettet');
    await press(page, 'Tilføj fravær');
    await faulty(page, 'Vælg den første dag.', 'Vælg den sidste dag.');
    await page.fill('#absence-from', addDays(today, 3));
    await page.fill('#absence-to', addDays(today, 5));
    await press(page, 'Tilføj fravær');
    await told(page, 'Fraværet er noteret');
    await press(page, 'Fjern');
    await told(page, 'Fraværet er fjernet');

    await fold(page, 'Luk brugeren ude');
    await told(page, 'Brugeren er lukket ude');
    await own.goto('/agenter');
    expect(new URL(own.url()).pathname).toBe('/log-ind');
    await own.context().close();
    await press(page, 'Luk ind igen');
    await told(page, 'Brugeren kan logge ind igen');
  });

  it('makes a token for a program and revokes it', async () => {
    const page = secretariat;
    await page.goto('/indstillinger/adgangsnoegler');
    await press(page, 'Lav nøgle');
    await faulty(page, 'Skriv et navn.', 'Vælg mindst én slags adgang.');
    await page.fill('#name', 'Power BI');
    await page.check('input[value="reports:read"]');
    await press(page, 'Lav nøgle');
    const program = new Api({ url: world.url }, (await page.textContent('.vk-secret'))!);
    expect((await program.get('/reports/completions')).status).toBe(200);
    expect((await program.get('/agents')).status).toBe(403);
    await fold(page, 'Tilbagekald');
    await told(page, 'Nøglen virker ikke længere');
    expect((await program.get('/reports/completions')).status).toBe(401);
  });

  it('makes a connection, changes its secret, and sorts out a message that fits nobody', async () => {
    const page = secretariat;
    await page.goto('/indstillinger/forbindelser');
    await press(page, 'Opret forbindelse');
    await faulty(page, 'Skriv et navn.');
    await page.fill('#name', 'Articulate');
    await press(page, 'Opret forbindelse');
    const secret = (await page.textContent('.vk-secret'))!;
    const path = new URL((await page.textContent('tbody code'))!).pathname;
    await page.getByRole('link', { name: 'Articulate' }).click();
    await fold(page, 'Ny hemmelighed');
    const renewed = (await page.textContent('.vk-secret'))!;
    expect(renewed).not.toBe(secret);
    const message = JSON.stringify(completed('findes-ikke'));
    const headers = signedHeaders(renewed, message, 'm-1');
    const answer = await fetch(world.url + path, { method: 'POST', body: message, headers });
    expect(await answer.json()).toMatchObject({ status: 'unmatched' });

    await page.goto('/indstillinger/forbindelser');
    await page.getByRole('link', { name: '1 besked passer ikke til nogen' }).click();
    await page.locator('tbody a').first().click();
    await press(page, 'Prøv igen');
    await told(page, 'passer stadig ikke');
    await page.fill('#q', 'Anna');
    await press(page, 'Find');
    await page.getByLabel('Anna Ny').check();
    await press(page, 'Tildel beskeden');
    await told(page, 'talt med');
  });

  it('imports agents from a table with faults: seen by row and field, mended, saved, followed to the end', async () => {
    const page = secretariat;
    await page.goto('/agenter/import');
    await press(page, 'Kontrollér filen');
    await faulty(page, 'Vælg en fil.');
    await upload(page, TABLE);
    expect(await text(page)).toContain('1 række er klar, 2 har fejl. Intet er gemt endnu.');
    const faults = await page.locator('tbody tr').allInnerTexts();
    expect(faults.map((row) => row.split(/\s/)[0])).toEqual(['3', '4']);
    expect(faults[0]).toContain('Efternavn: Skriv efternavnet.');
    expect(faults[0]).toContain('E-mail: Skriv en e-mail som navn@kommune.dk.');
    expect(faults[0]).toContain('Start: Skriv en dato, der findes');
    expect(faults[1]).toContain('Kommune: Kommunen findes ikke.');
    await page.getByRole('link', { name: 'Vælg filen igen' }).click();
    const mended = [...TABLE];
    mended[2] = 'Ib;Ibsen;ib.ibsen@horsens.test;Horsens;28-02-2024;';
    mended[3] = mended[3]!.replace('Nordby', '615');
    const many = Array.from(
      { length: 60 },
      (_, n) => `Nr;${n};nr${n}@horsens.test;615;01-05-2024;02-05-2024`,
    );
    await upload(page, [...mended, ...many]);
    expect(await text(page)).toContain('63 rækker er klar, ingen har fejl');
    expect(await text(page)).toContain('Der sendes ingen mails.');
    await press(page, 'Gem 63 rækker');
    // The page comes again by itself until everything is saved.
    await page.getByRole('heading', { name: 'Importen er færdig' }).waitFor();
    expect(await text(page)).toContain('63 rækker er gemt, ingen blev afvist undervejs');
    await page.goto('/agenter?q=Ågård');
    expect(await page.textContent('tbody')).toContain('Klar til vagt');
  });

  it("corrects an agent's e-mail: the old link is dead, a new mail comes", async () => {
    const leader = await person(AARHUS);
    const path = await register(leader, 'Rettes', 'rettes.forkert@aarhus.test');
    const oldLink = linkIn(await world.mailTo('rettes.forkert@aarhus.test'));
    await leader.getByRole('link', { name: 'Ret oplysninger' }).click();
    await leader.fill('#email', '');
    await press(leader, 'Gem');
    await faulty(leader, 'Skriv e-mailen.');
    await leader.fill('#email', 'rettes.rigtig@aarhus.test');
    await press(leader, 'Gem');
    await told(leader, 'Oplysningerne er rettet');
    expect(new URL(leader.url()).pathname).toBe(path);
    const agent = await (await world.context({ javaScriptEnabled: false })).newPage();
    await agent.goto(oldLink);
    expect(await agent.getByRole('button', { name: 'Kom i gang' }).count()).toBe(0);
    await agent.goto(linkIn(await world.mailTo('rettes.rigtig@aarhus.test')));
    await agent.getByRole('button', { name: 'Kom i gang' }).click();
    expect(new URL(agent.url()).pathname).toBe('/mit');
    await Promise.all([agent.context().close(), leader.context().close()]);
  });

  it('notes a departure and takes it back; answers the wish of another leader; moves an agent', async () => {
    const [aarhus, horsens] = [await person(AARHUS), await person(HORSENS)];
    const path = await register(aarhus, 'Flytter', 'flytter@aarhus.test');
    await unfold(aarhus, 'Registrér fratrædelse');
    await aarhus.fill('#departure-on', '');
    await aarhus.locator('form[action$="/fratraeder"] button').click();
    await faulty(aarhus, 'Vælg en dag.');
    await aarhus.fill('#departure-on', addDays(today, 30));
    await aarhus.locator('form[action$="/fratraeder"] button').click();
    await told(aarhus, 'Fratrædelsen er noteret');
    await press(aarhus, 'Fortryd fratrædelsen');
    await told(aarhus, 'Fratrædelsen er fortrudt');

    await horsens.goto('/agenter/overflytninger');
    await press(horsens, 'Send ønsket');
    await faulty(horsens, 'Skriv e-mailen.', 'Vælg en dag.');
    // The same answer for an address that nobody has.
    for (const email of ['findes.ikke@aarhus.test', 'flytter@aarhus.test']) {
      await horsens.fill('#email', email);
      await horsens.fill('#on', addDays(today, 20));
      await press(horsens, 'Send ønsket');
      await told(horsens, 'Ønsket er noteret');
    }
    await aarhus.goto('/agenter/overflytninger');
    expect(await text(aarhus)).toContain('Rasmus Andersen fra Horsens vil overtage agenten fra Aarhus');
    await fold(aarhus, 'Godkend');
    await told(aarhus, 'Overflytningen er godkendt');
    await horsens.goto('/agenter/overflytninger');
    expect(await horsens.locator('tbody').innerText()).toContain('Godkendt');
    await aarhus.goto(path);
    expect(await text(aarhus)).toContain('Agenten flytter til Horsens den');

    const moved = await register(aarhus, 'Viborg', 'viborg@aarhus.test');
    await secretariat.goto(moved);
    await unfold(secretariat, 'Flyt til en anden kommune');
    await secretariat.fill('#transfer-on', '');
    await secretariat.locator('form[action$="/flyt"] button').click();
    await faulty(secretariat, 'Vælg kommunen.', 'Vælg en dag.');
    await secretariat.selectOption('#transfer-municipalityCode', '791');
    await secretariat.fill('#transfer-on', addDays(today, 40));
    await secretariat.locator('form[action$="/flyt"] button').click();
    await told(secretariat, 'Flytningen er noteret');
    await Promise.all([aarhus.context().close(), horsens.context().close()]);
  });

  it('registers a completion by hand, lets an agent off, and takes both back', async () => {
    const leader = await person(AARHUS);
    const path = await register(leader, 'Hånd', 'haand@aarhus.test');
    await leader.context().close();
    const page = secretariat;
    await page.goto(path);
    await fold(page, 'Registrér gennemførelse', 'Registrér');
    await faulty(page, 'Vælg den dag, e-læringen blev gennemført.');
    await page.fill('input[name="completedOn"]', today);
    await page.fill('input[name="note"]', 'Set på listen fra Articulate');
    await page.locator('form[action$="/gennemfoert"] button').click();
    await told(page, 'Gennemførelsen er registreret');
    expect(await page.textContent('h1')).toContain('Klar til vagt');
    expect(await text(page)).toContain('Set på listen fra Articulate');
    await page.locator('form[action*="/gennemfoert/"] button').click();
    await told(page, 'Gennemførelsen tæller ikke længere');
    expect(await page.textContent('h1')).toContain('I gang med onboarding');
    await fold(page, 'Giv dispensation');
    await told(page, 'Dispensationen er givet');
    expect(await page.textContent('h1')).toContain('Klar til vagt');
    await press(page, 'Træk dispensationen tilbage');
    await told(page, 'Dispensationen er trukket tilbage');
    expect(await page.textContent('h1')).toContain('I gang med onboarding');
  });

  it('shows whom a new version reaches before it is published', async () => {
    const page = secretariat;
    await page.goto('/e-laering/ny');
    await page.fill('#title', 'Nye regler om pas');
    await page.fill('#code', 'pas');
    await page.fill('#estimatedMinutes', '30');
    await page.uncheck('#requiredBeforeFirstShift');
    await page.click('main form button');
    await told(page, 'Forløbet er oprettet');
    await page.fill('#launchUrl', 'https://e-laering.test/pas');
    await press(page, 'Tilføj en adresse i stedet');
    await told(page, 'gemt som kladde');
    await press(page, 'Godkend');
    await told(page, 'Versionen er godkendt');
    await page.getByRole('link', { name: 'Se, hvem det når, og udgiv' }).click();
    await page.selectOption('#enrol', 'all');
    await press(page, 'Vis');
    const enrolled = Number(/(\d+) personer tilmeldes/.exec(await text(page))![1]);
    expect(enrolled).toBeGreaterThan(30);
    expect(await page.locator('tbody tr').count()).toBe(Math.min(enrolled, 50));
    await press(page, `Udgiv og tilmeld ${enrolled} personer`);
    await told(page, 'Versionen er udgivet');
    await page.goto('/rapporter?course=pas');
    expect(await page.locator('.structured-list tr').first().innerText()).toContain(String(enrolled));
  });

  it('finds a mail, notes that it came back, sends it again, and ticks off the task that followed', async () => {
    const page = secretariat;
    await page.goto('/indstillinger/mails');
    await page.fill('#to', 'agent@vagtklar.test');
    await press(page, 'Vis');
    await page.locator('tbody a').first().click();
    expect(await text(page)).toContain('[personligt link]');
    await fold(page, 'Mailen kom retur');
    await told(page, 'Mailen er noteret som kommet retur');
    await press(page, 'Send igen');
    await told(page, 'Mailen sendes igen');
    await page.goto('/opgaver');
    await page.locator('form[action$="/faerdig"] button').first().click();
    await told(page, 'Opgaven er klaret');
    await page.goto('/opgaver?tilstand=done');
    await page.locator('form[action$="/aaben"] button').first().click();
    await told(page, 'Opgaven er åbnet igen');
  });

  it('shows who did what, and everything that is kept about a person', async () => {
    const page = secretariat;
    await page.goto('/indstillinger/revisionsspor');
    await page.selectOption('#action', 'agent.changed');
    await press(page, 'Vis');
    expect(await page.textContent('tbody')).toContain('Åse Holm');
    await page.goto('/agenter/30');
    await page.getByRole('link', { name: 'Personens oplysninger' }).click();
    expect(await text(page)).toContain('agent@vagtklar.test');
    expect(await page.getByRole('link', { name: 'Hent som fil' }).getAttribute('href')).toMatch(
      /data-export$/,
    );
    await page.goto('/privatliv');
    await page.getByRole('link', { name: 'Se alt, hvad vi har om dig' }).click();
    expect(await page.textContent('h1')).toBe('Dine oplysninger');
  });

  it('saves a report and removes it again', async () => {
    const page = secretariat;
    await page.goto('/rapporter');
    await page.selectOption('#municipality', '751');
    await page.selectOption('#state', 'completed');
    await press(page, 'Vis');
    await page.locator('summary', { hasText: 'Gem filtrene som rapport' }).click();
    await page.fill('#name', 'Færdige i Aarhus');
    await page.click('form[action="/rapporter/gemte"] button');
    await told(page, 'Rapporten er gemt');
    await page.goto('/rapporter');
    await page.getByRole('link', { name: 'Færdige i Aarhus' }).click();
    expect(await page.inputValue('#municipality')).toBe('751');
    expect(await page.inputValue('#state')).toBe('completed');
    const file = await page.getByRole('link', { name: 'Hent som Excel' }).getAttribute('href');
    const download = await page.request.get(file!);
    expect(download.status()).toBe(200);
    expect(download.headers()['content-type']).toContain('spreadsheetml');
    await press(page, 'Fjern');
    await told(page, 'Rapporten er fjernet');
  });

  it("sets a membership's last day by keyboard alone, and takes it away again", async () => {
    const page = await person(SECRETARIAT, true);
    await page.goto('/indstillinger/kommuner');
    await tabTo(page, 'a[href="/indstillinger/kommuner/791"]');
    expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/kommuner/791');
    await tabTo(page, 'input[id^="end-to-"]');
    await page.keyboard.type('12312099');
    await page.keyboard.press('Enter');
    await told(page, 'Medlemskabet er ændret');
    expect(await page.inputValue('input[id^="end-to-"]')).toBe('2099-12-31');
    await page.goto('/indstillinger/kommuner/791');
    await tabTo(page, 'input[id^="end-to-"]');
    // Each part of the date is emptied by itself.
    for (const key of ['Backspace', 'Tab', 'Backspace', 'Tab', 'Backspace', 'Enter'])
      await page.keyboard.press(key);
    await told(page, 'Medlemskabet er ændret');
    expect(await page.inputValue('input[id^="end-to-"]')).toBe('');
    await page.context().close();
    const api = await signIn({ url: world.url } as TestApp, SECRETARIAT, 'vagtklar-demo');
    const { items } = (
      await api.get<{ items: { code: string; memberTo: string | null }[] }>('/municipalities')
    ).body;
    expect(items.find(({ code }) => code === '791') ?? { memberTo: null }).toMatchObject({ memberTo: null });
  });

  it('raised no complaint of the browser but the forms that were sent with faults', () => {
    const meant = /status of 40[01]/;
    expect(world.complaints.filter((complaint) => !meant.test(complaint))).toEqual([]);
  });
});

/** The first link of a mail. */
function linkIn(mail: { text?: string }): string {
  return /http:\S+/.exec(mail.text!)![0];
}

/** Presses the first button of that name that can be seen. */
async function press(page: Page, name: string): Promise<void> {
  const named = page.locator('main').getByRole('button', { name });
  await named.and(page.locator(':visible')).first().click();
}

/** Opens what is folded away under a heading and presses the button in it. */
async function fold(page: Page, label: string, buttonName = label): Promise<void> {
  await (await unfold(page, label)).getByRole('button', { name: buttonName }).click();
}

/** Opens what is folded away under a heading. */
async function unfold(page: Page, label: string): Promise<Locator> {
  const folded = page.locator('main details', { has: page.locator('summary', { hasText: label }) }).first();
  await folded.locator('summary').click();
  return folded;
}

async function text(page: Page): Promise<string> {
  return (await page.textContent('main'))!;
}

/** The page says that it is done. */
async function told(page: Page, message: string): Promise<void> {
  await page.locator('.alert-success[role="status"]', { hasText: message }).waitFor();
}

/** The summary lists exactly these faults, each of which leads to its field. */
async function faulty(page: Page, ...messages: string[]): Promise<void> {
  const summary = page.locator('[data-module="error-summary"]');
  await summary.waitFor();
  expect(await summary.locator('li').allInnerTexts()).toEqual(messages);
  for (const link of await summary.locator('a').all())
    expect(await page.locator((await link.getAttribute('href'))!).count()).toBe(1);
}

/** Chooses a table as Excel writes it in Denmark, and has it checked. */
async function upload(page: Page, lines: string[]): Promise<void> {
  const buffer = Buffer.from(lines.join('\r\n'), 'latin1');
  await page.setInputFiles('#file', { name: 'agenter.csv', mimeType: 'text/csv', buffer });
  await press(page, 'Kontrollér filen');
  await page.getByRole('heading', { name: 'agenter.csv' }).waitFor();
}

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 150; n += 1) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} cannot be reached by Tab.`);
}
