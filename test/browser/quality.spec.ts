import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { TalkClock } from '../../src/modules/quality/coaching/talk-clock.js';
import { axeViolations } from '../support/axe.js';
import { PASSWORD, signIn as apiOf } from '../support/api.js';
import { anAgent } from '../support/builders.js';
import { capturedMails, lastLink } from '../support/captured.js';
import { launchChromium } from '../support/chromium.js';
import { addCoach, type TestCoach } from '../support/coaching.js';
import { NoticeWorld, type NoticedAgent } from '../support/notices.js';
import { mailedCalendars } from '../support/onboarding.js';

const PHONE = { viewport: { width: 360, height: 740 } };
const SECRETARIAT = 'sekretariat@ddh.test';
const LEADER = 'leder.751@ddh.test';
const TEAMS = 'https://teams.microsoft.com/l/meetup-join/19%3ameeting_x';
const MONTHS = ['august 2026', 'september 2026', 'oktober 2026'];

// The server runs in this process, on a clock that the test moves: a month is closed on a Monday at 10, the agent is told on the
// Tuesday, the leader two working days later.
describe.each([
  { name: 'with JavaScript', javaScriptEnabled: true },
  { name: 'without JavaScript', javaScriptEnabled: false },
])('from three months of figures to a talk, $name', ({ javaScriptEnabled }) => {
  let world: NoticeWorld;
  let browser: Browser;
  let anna: NoticedAgent;
  let bo: NoticedAgent;
  let coach: TestCoach;
  let caseId: number;

  beforeAll(async () => {
    world = await NoticeWorld.start({}, '2026-11-09T09:00:00Z');
    browser = await launchChromium();
    anna = await register({ firstName: 'Anna', lastName: 'Hemmeligsen', phoneSystemId: '4711' });
    bo = await register({ firstName: 'Bo', lastName: 'Nyansat', phoneSystemId: '4712' });
    await register({ firstName: 'Cy', lastName: 'Sikkersen', phoneSystemId: '4713' });
    coach = await addCoach(world.app, await world.secretariat(), '615', ['leader']);
    await addCoach(world.app, await world.secretariat(), '751', ['leader']);
  });
  afterAll(async () => {
    await browser.close();
    await world.app.stop();
  });

  async function register(changes: Record<string, unknown>): Promise<NoticedAgent> {
    const input = anAgent({ kind: 'existing', startOn: '2025-01-06', ...changes });
    const { body, status } = await world.world.leader.post('/agents', input);
    expect(status).toBe(201);
    return body as NoticedAgent;
  }

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: world.app.url, javaScriptEnabled, ...options });
    return context.newPage();
  }

  /** Signs in on the page that is open, which leads to where somebody wanted to go. */
  async function enterPassword(page: Page, email: string): Promise<void> {
    await page.fill('#email', email);
    await page.fill('#password', PASSWORD);
    await page.click('form[action="/log-ind"] button');
    await page.waitForURL((url) => url.pathname !== '/log-ind');
  }

  async function signIn(email: string): Promise<Page> {
    const page = await open();
    await page.goto('/log-ind');
    await enterPassword(page, email);
    return page;
  }

  /** Follows the link of the newest mail on a phone: it asks for a sign-in, for which a link is mailed, and leads back. */
  async function followMail(email: string): Promise<Page> {
    const path = await lastLink(world.app, email);
    const phone = await open(PHONE);
    await phone.goto(path);
    await phone.fill('#link-email', email);
    await phone.click('form[action="/log-ind/link"] button');
    await phone.goto(await lastLink(world.app, email));
    await phone.click('main form button[type="submit"]');
    await phone.waitForURL((url) => url.pathname === path);
    return phone;
  }

  const main = async (page: Page) => (await page.textContent('main'))!.replace(/\s+/g, ' ');
  const newestMail = async (email: string) => (await capturedMails(world.app, email)).at(-1)!;

  /** Neither sideways scrolling nor anything that axe finds. */
  async function look(page: Page): Promise<void> {
    expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
    if (javaScriptEnabled) expect(await axeViolations(page)).toEqual([]);
  }

  /** What the phone system exports: a title, a table with a total, decimal commas. */
  function exported(): Buffer {
    const rows = MONTHS.flatMap((month) => [
      `4711;Anna Hemmeligsen;${month};131;40,5 %`,
      `4712;Bo Nyansat;${month};117;39,3 %`,
      `4713;Cy Sikkersen;${month};120;70 %`,
    ]);
    const heading = 'Telefonsystem-id;Agent;Måned;Besvarede kald;Straksafklaring %';
    return Buffer.from(['Straksafklaring pr. agent', heading, ...rows, ';I alt;;1104;'].join('\r\n'));
  }

  it('the secretariat imports the figures', async () => {
    const page = await signIn(SECRETARIAT);
    await page.goto('/kvalitet/import');
    await page.setInputFiles('#file', { name: 'tal.csv', mimeType: 'text/csv', buffer: exported() });
    await page.click('form[action="/kvalitet/import"] button');
    await page.waitForURL(/\/kvalitet\/import\/\d+$/);
    expect(await main(page)).toContain('9 nye');
    expect(await world.app.count('resolution_figure')).toBe(0);
    await page.click('form[action$="/gennemfoer"] button');
    await page.getByText('Importen er færdig').waitFor();
    expect(await world.app.count('resolution_figure')).toBe(9);
    await page.context().close();
  });

  it('looks through whom the rule hits, takes one out with a reason, and closes the month', async () => {
    const page = await signIn(SECRETARIAT);
    await page.goto('/kvalitet/maaneder');
    await page.locator('a[href="/kvalitet/maaneder/2026-10"]').first().click();
    await page.waitForURL('**/kvalitet/maaneder/2026-10');
    expect(await main(page)).toContain('2 agenter rammes af reglen, 2 er sat til at få besked.');
    expect(await page.locator('tr', { hasText: 'Anna Hemmeligsen' }).textContent()).toContain('53 af 131');
    expect(await main(page)).not.toContain('Cy Sikkersen');
    for (const mail of await page.locator('pre.vk-mail').allTextContents())
      expect(mail).not.toMatch(/Hemmeligsen|%|131/);

    await page.locator(`label[for="tick-${bo.id}"]`).click();
    await page.click('button[value="confirm"]');
    // Without a reason nobody is taken out.
    expect(await page.locator('.form-error-message').count()).toBe(1);
    await page.selectOption(`#reason-${bo.id}`, 'new_on_the_phones');
    await page.click('button[value="confirm"]');
    await page.waitForURL('**/valg');
    expect(await main(page)).toContain('1 agent og 1 leder får besked.');
    expect(await main(page)).toContain('Bo Nyansat: Ny på telefonerne');
    expect(await world.app.count('quality_case')).toBe(0);

    await page.click('form[action$="/luk"] button');
    await page.waitForURL((url) => url.pathname === '/kvalitet/maaneder/2026-10');
    expect(await main(page)).toContain('Kan fortrydes indtil 10. november 2026');
    await page.locator('summary', { hasText: 'Fortryd lukningen' }).click();
    expect(await page.locator('form[action$="/fortryd"] button').isVisible()).toBe(true);
    await look(page);
    expect(await world.sent()).toEqual([]);
    [{ id: caseId }] = (await world.app.rows<{ id: number }>(
      "SELECT id FROM quality_case WHERE state = 'pending'",
    )) as [{ id: number }];
    await page.context().close();
  });

  it('the agent is told first, signs in by a fresh link and sees the own figures', async () => {
    await world.runAt('2026-11-10T10:00:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`]);
    expect(`${(await newestMail(anna.email)).text}`).not.toMatch(/Hemmeligsen|%|\b(53|131|50)\b/);
    const phone = await followMail(anna.email);
    expect(new URL(phone.url()).pathname).toBe('/mit/tal');
    const text = await main(phone);
    expect(text).toContain('53 af 131');
    expect(text).toContain('Din leder får en orientering tidligst 12. november 2026');
    expect(await phone.locator('form[action="/mit/tal/forkert"]').count()).toBe(1);
    await look(phone);
    // The leader knows of nothing yet.
    const leader = await signIn(LEADER);
    expect((await leader.goto(`/kvalitet/sager/${caseId}`))!.status()).toBe(404);
    for (const page of [phone, leader]) await page.context().close();
  });

  it('then the leader is invited to a talk by a mail that tells nothing', async () => {
    await world.runAt('2026-11-12T11:00:00Z');
    expect(await world.sent()).toEqual([`quality-agent ${anna.email}`, `quality-leader ${LEADER}`]);
    const mail = await newestMail(LEADER);
    expect(`${mail.subject} ${mail.text} ${mail.html}`).not.toMatch(/Anna|Hemmeligsen|53|131|40,5/);
    const leader = await open();
    await leader.goto(await lastLink(world.app, LEADER));
    expect(new URL(leader.url()).pathname).toBe('/log-ind');
    await enterPassword(leader, LEADER);
    expect(new URL(leader.url()).pathname).toBe(`/kvalitet/sager/${caseId}`);
    const text = await main(leader);
    for (const part of ['Anna Hemmeligsen', '53 af 131', 'Hvad kan ligge bag?', 'Begynd med at spørge'])
      expect(text).toContain(part);
    await look(leader);
    await leader.goto('/kvalitet');
    expect(await main(leader)).toContain('Anna Hemmeligsen');
    await leader.context().close();
  });

  it('the secretariat offers a talk with somebody from elsewhere; the agent says yes by the link', async () => {
    const secretariat = await signIn(SECRETARIAT);
    await secretariat.goto(`/kvalitet/sager/${caseId}`);
    await secretariat.click(`a[href="/kvalitet/sager/${caseId}/sparring"]`);
    await secretariat.waitForURL('**/sparring');
    // Only the coach of another municipality can be chosen.
    const choices = await secretariat.locator('#coachId option:not([value=""])').allTextContents();
    expect([choices.length, choices[0]]).toEqual([1, expect.stringContaining('Horsens')]);
    await secretariat.fill('#on', '2026-11-18');
    await secretariat.fill('#time', '13:00');
    await secretariat.fill('#link', TEAMS);
    await secretariat.click(`form[action="/kvalitet/sager/${caseId}/sparring"] button[type="submit"]`);
    await secretariat.waitForURL('**/kvalitet/sparring/*');
    expect(await main(secretariat)).toContain('Samtalen er tilbudt');

    const offer = await newestMail(anna.email);
    expect(offer.text).toContain('frivillig');
    expect(offer.text).not.toMatch(/53|131|40,5|straksafklaring/i);
    const phone = await followMail(anna.email);
    expect(await main(phone)).toContain('18. november 2026 kl. 13.00');
    await look(phone);
    await phone.click('form[action$="/ja"] button');
    await phone.getByText('Kalenderaftalen er sendt til dig').waitFor();
    expect(await main(phone)).toContain(TEAMS);
    await look(phone);

    for (const address of [anna.email, coach.email]) {
      const calendars = await mailedCalendars(world.app, address);
      expect(calendars).toHaveLength(1);
      expect(calendars[0]!.method).toBe('REQUEST');
      expect(calendars[0]!.entries[0]!.start.toISOString()).toBe('2026-11-18T12:00:00.000Z');
      expect(calendars[0]!.entries[0]!.description).toContain(TEAMS);
      const booked = await newestMail(address);
      expect(booked.attachments.map(({ mimeType }) => mimeType)).toContain('text/calendar');
    }
    for (const page of [secretariat, phone]) await page.context().close();
  });

  it('the coach sees that talk alone, and says afterwards that it was held', async () => {
    const page = await signIn(coach.email);
    await page.goto('/kvalitet/sparring');
    const links = await page.locator('main a[href^="/kvalitet/sparring/"]').all();
    expect(links).toHaveLength(1);
    await links[0]!.click();
    await page.waitForURL(/\/kvalitet\/sparring\/\d+$/);
    const path = new URL(page.url()).pathname;
    expect(await main(page)).toContain('53');
    await look(page);
    for (const elsewhere of [
      `/kvalitet/agenter/${anna.id}`,
      `/agenter/${anna.id}`,
      `/kvalitet/agenter/${bo.id}`,
    ])
      expect((await page.goto(elsewhere))!.status()).toBe(404);
    await page.goto('/kvalitet');
    expect(await main(page)).not.toMatch(/Hemmeligsen|Nyansat/);
    await page.context().close();

    // The day after.
    world.app.clock.set('2026-11-19T09:00:00Z');
    await world.app.get(TalkClock).run();
    expect(await lastLink(world.app, coach.email)).toBe(path);
    const after = await open();
    await after.goto(path);
    await enterPassword(after, coach.email);
    await after.click('button[name="state"][value="held"]');
    await after.getByText('Tak. Det er noteret.').waitFor();
    expect((await after.goto(path))!.status()).toBe(404);
    const { body } = await (await apiOf(world.app, SECRETARIAT)).get('/coaching-talks');
    expect(body['items']).toMatchObject([{ state: 'held' }]);
    await after.context().close();
  });
});
