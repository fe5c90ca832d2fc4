import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { axeViolations } from '../support/axe.js';
import { PASSWORD } from '../support/api.js';
import { capturedMails, lastLink } from '../support/captured.js';
import { launchChromium } from '../support/chromium.js';
import { ReadingWorld, type ReadingAgent } from '../support/reading.js';

const PHONE = { viewport: { width: 360, height: 740 } };
const TEXT = '# Pas\n\n- Foto tages i borgerservice\n\n| Pas | Pris |\n| --- | --- |\n| Voksen | 893 kr |\n';
const NEW_TEXT = TEXT.replace('893 kr', '900 kr');

// The server runs in this process, on a clock that the test moves: digests go out on weekdays between 8 and 16.
describe('from a publication to an agent who is ready', () => {
  let world: ReadingWorld;
  let browser: Browser;
  let anna: ReadingAgent;
  let bo: ReadingAgent;
  let cy: ReadingAgent;

  beforeAll(async () => {
    // A Monday at 10.
    world = await ReadingWorld.start('2026-11-30T09:00:00Z');
    browser = await launchChromium();
    anna = await world.agent();
    bo = await world.agent();
    cy = await world.agent();
  });
  afterAll(async () => {
    await browser.close();
    await world.app.stop();
  });

  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({ baseURL: world.app.url, ...options });
    return context.newPage();
  }

  async function signIn(email: string): Promise<Page> {
    const page = await open();
    await page.goto('/log-ind');
    await page.fill('#email', email);
    await page.fill('#password', PASSWORD);
    await page.click('form[action="/log-ind"] button');
    await page.waitForURL((url) => url.pathname !== '/log-ind');
    return page;
  }

  /** Opens the link of the newest mail on a phone. */
  async function openMail(agent: ReadingAgent): Promise<Page> {
    const phone = await open(PHONE);
    await phone.goto(await lastLink(world.app, agent.email));
    await phone.locator('main form button[type="submit"]').click();
    await phone.waitForURL((url) => !url.pathname.startsWith('/v/'));
    return phone;
  }

  const main = (page: Page) => page.textContent('main');
  const shiftOf = (page: Page, agent: ReadingAgent) =>
    page.getByRole('row').filter({ has: page.locator(`a[href="/agenter/${agent.id}"]`) });
  const digestsTo = async ({ email }: ReadingAgent) =>
    (await capturedMails(world.app, email)).filter(({ subject }) => /læse/.test(subject ?? '')).length;

  /** The secretariat publishes the next version on the page, after a look at whom it reaches. */
  async function publishOnPage(guideId: number, body: string): Promise<void> {
    const secretariat = await signIn('sekretariat@ddh.test');
    await secretariat.goto(`/guides/${guideId}`);
    await secretariat.locator(`a[href="/guides/${guideId}/ny-version"]`).first().click();
    await secretariat.waitForURL('**/ny-version');
    await secretariat.fill('#changeNote', 'Ny pris for voksne.');
    await secretariat.fill('#body', body);
    await secretariat.click('button[value="vis"]');
    expect(await main(secretariat)).toContain('900 kr');
    await secretariat.click('button[value="udgiv"]');
    await secretariat.waitForURL((url) => url.pathname === `/guides/${guideId}`);
    expect(await main(secretariat)).toContain('Ny pris for voksne.');
    await secretariat.context().close();
  }

  it('the agent gets one digest, reads the difference on a phone and becomes ready; the board turns', async () => {
    const { id: firstId, guideId } = await world.publish({ title: 'Pas', url: undefined, body: TEXT });
    await world.read(anna, firstId);
    await world.plan(anna, '2026-12-03T07:00:00Z');
    const leader = await signIn('leder.751@ddh.test');
    await leader.goto('/vagtklar');
    expect(await shiftOf(leader, anna).textContent()).toContain('Klar');
    expect(await shiftOf(leader, anna).textContent()).not.toContain('Ikke klar');

    await publishOnPage(guideId, NEW_TEXT);
    await leader.reload();
    expect(await shiftOf(leader, anna).textContent()).toContain('Ikke klar');
    await world.runAt('2026-11-30T09:05:00Z');
    expect(await digestsTo(anna)).toBe(1);

    const phone = await openMail(anna);
    expect(new URL(phone.url()).pathname).toBe(`/guides/${guideId}`);
    expect(await phone.locator('.vk-diff del').textContent()).toContain('893');
    expect(await phone.locator('.vk-diff ins').textContent()).toContain('900');
    expect(await axeViolations(phone)).toEqual([]);
    // What is new comes before the whole text.
    const [news, whole] = await Promise.all(
      ['.vk-news', '.vk-guide-text'].map((part) => phone.locator(part).first().boundingBox()),
    );
    expect(news!.y).toBeLessThan(whole!.y);
    await phone.locator('form.vk-understood button[type="submit"]').click();
    await phone.waitForURL((url) => url.pathname === '/guides');
    await phone.goto('/mit');
    expect(await main(phone)).not.toContain('Ikke klar');

    await leader.reload();
    expect(await shiftOf(leader, anna).textContent()).not.toContain('Ikke klar');
    await world.runAt('2026-12-02T09:00:00Z');
    expect(await digestsTo(anna)).toBe(1);
    for (const page of [phone, leader]) await page.context().close();
  });

  it('a moved shift moves the due date', async () => {
    world.app.clock.set('2026-12-02T09:00:00Z');
    const shift = await world.plan(bo, '2026-12-04T07:00:00Z');
    await world.publish({ title: 'Flytning', url: 'https://guides.example/flytning' });
    await world.runAt('2026-12-02T09:05:00Z');
    const phone = await openMail(bo);
    await phone.goto('/mit');
    expect(await main(phone)).toContain('4. december');
    await world.move(shift, '2026-12-09T07:00:00Z');
    await phone.reload();
    expect(await main(phone)).toContain('9. december');
    expect(await main(phone)).not.toContain('4. december');
    await phone.context().close();
  });

  it('an override shows who and why, and lapses with its shift', async () => {
    const shift = await world.plan(cy, '2026-12-07T07:00:00Z');
    const leader = await signIn('leder.751@ddh.test');
    await leader.goto('/vagtklar');
    expect(await shiftOf(leader, cy).textContent()).toContain('Ikke klar');
    await shiftOf(leader, cy).locator(`a[href="/vagtklar/vagter/${shift.id}"]`).click();
    await leader.waitForURL(`**/vagtklar/vagter/${shift.id}`);
    await leader.locator('details.vk-confirm summary').click();
    await leader.selectOption('#reason', 'sits_with_colleague');
    const reason = await leader.locator('#reason option:checked').textContent();
    await leader.locator('details.vk-confirm form button[type="submit"]').click();
    await leader.getByText('Undtagelsen er givet').waitFor();
    await leader.goto('/vagtklar');
    const row = await shiftOf(leader, cy).textContent();
    expect(row).toContain('Klar ved undtagelse');
    expect(row).toContain(reason!.trim());
    const [name] = await world.app.rows<{ name: string }>(
      "SELECT CONCAT(firstName, ' ', lastName) AS name FROM person WHERE id = ?",
      [world.world.leaderId],
    );
    expect(row).toContain(name!.name);

    await world.move(shift, '2026-12-08T07:00:00Z');
    await leader.reload();
    expect(await shiftOf(leader, cy).textContent()).toContain('Ikke klar');
    await leader.context().close();
  });
});
