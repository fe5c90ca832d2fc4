import { readdirSync, readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { readEnv } from '../../src/config/env.js';
import type { MailTemplate } from '../../src/modules/notifications/mail-order.js';
import { MailRenderer } from '../../src/modules/notifications/mail-renderer.js';
import { axeViolations } from '../support/axe.js';
import { BrowserWorld } from '../support/browser-world.js';

/** Every page, by who sees it; `:agent` and `:enrolment` are those of the demonstration's Anna. */
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
  ],
  'leder.751@vagtklar.test': [
    '/',
    '/agenter',
    '/agenter?q=findes-ikke',
    '/agenter/ny',
    '/agenter/30',
    '/rapporter',
    '/e-laering',
  ],
  'sekretariat@vagtklar.test': [
    '/',
    '/agenter',
    '/agenter/ny',
    '/e-laering',
    '/e-laering/ny',
    '/e-laering/1',
    '/rapporter?state=waived',
  ],
  'agent@vagtklar.test': ['/mit', '/laer/30'],
};
const LANGUAGES = ['da', 'en'];
/** A sentence that is missing shows its key. */
const catalogueKeys = Object.keys(JSON.parse(readFileSync('src/web/i18n/da.json', 'utf8')) as object);

describe('accessibility', () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    await world.mailTo('agent@vagtklar.test');
  });
  afterAll(() => world.stop());

  const cases = Object.keys(PAGES).flatMap((email) =>
    LANGUAGES.map((language) => [email || 'nobody', language, email] as const),
  );

  it.each(cases)(
    '%s in %s: nothing for axe to find, a title and one h1, 320 px wide works',
    async (_, language, email) => {
      const context = await world.context();
      await context.addCookies([{ name: 'vk_lang', value: language, url: world.url }]);
      const page = email ? await world.signIn(context, email) : await context.newPage();
      for (const path of PAGES[email]!) await check(page, path, language);
      if (email === '') await checkForms(context, language);
      await context.close();
    },
  );

  async function check(page: Page, path: string, language: string): Promise<void> {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(path);
    await inspect(page, `${path} (${language})`);
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    await page.setViewportSize({ width: 320, height: 700 });
    const overflow = await page.evaluate(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect({ path, overflow }).toEqual({ path, overflow: 0 });
    expect({ path, found: await axeViolations(page) }).toEqual({ path, found: [] });
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
    const text = (await page.textContent('body'))!;
    expect(catalogueKeys.filter((key) => text.includes(key))).toEqual([]);
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

/** A mail with values that are as long as they get in earnest. */
function renderMail(template: string, language: string): string {
  const renderer = new MailRenderer(readEnv({}));
  const day = {
    startsAt: new Date('2026-12-09T08:00:00Z'),
    venue: 'DOKK1',
    address: 'Hack Kampmanns Plads 2, 8000 Aarhus C',
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
      startOn: '2026-12-01',
      firstShiftOn: '2026-12-15',
      dueOn: '2026-12-15',
      welcomeOn: null,
      nextDay: day,
      courses: [course],
      ...course,
    },
    secretLinks: { link: 'https://vagtklar.test/v/token' },
  }).html;
}
