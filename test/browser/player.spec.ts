import { axeViolations } from '../support/axe.js';
import { BrowserWorld } from '../support/browser-world.js';
import {
  scorm12MultiPackage,
  scorm12Package,
  scorm2004FourthPackage,
  scorm2004Package,
} from '../support/packages.js';
import { PlayerWorld } from '../support/player-world.js';

describe('the player', () => {
  let world: BrowserWorld;
  let player: PlayerWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    player = await PlayerWorld.over(world);
  });
  afterAll(() => world.stop());

  it.each([
    ['SCORM 1.2', scorm12Package],
    ['SCORM 2004, 3rd edition', scorm2004Package],
    ['SCORM 2004, 4th edition', scorm2004FourthPackage],
  ])('plays %s, goes on where the learner left off, and knows when it is completed', async (_, zip) => {
    const { courseId, enrolmentId } = await player.course(await zip());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await player.saved(page);
    expect(await player.enrolment(courseId)).toMatchObject({ state: 'in_progress' });
    await page.click('#exit');
    await page.waitForURL(`${world.url}/laer/${enrolmentId}`);

    await player.open(page, enrolmentId);
    const again = await player.content(page);
    expect(await again.textContent('#bookmark')).not.toBe('');
    await again.click('#pass');
    await page.waitForSelector('#notice-through:not([hidden])');
    expect(await player.enrolment(courseId)).toMatchObject({
      state: 'completed',
      success: 'passed',
      scoreScaled: 0.9,
      source: 'player',
    });
    await page.click('#notice-through [data-action="leave"]');
    await page.waitForURL(`${world.url}/laer/${enrolmentId}`);
    expect(await page.textContent('main')).toContain('Du har gennemført e-læringen');
    await context.close();
  });

  it('shows pages that everyone can use, in both languages and on a phone', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm12MultiPackage());
    const context = await world.context({ viewport: { width: 320, height: 640 } });
    const page = await world.signIn(context, 'agent@vagtklar.test');
    const secretary = await world.signIn(await world.context(), 'sekretariat@vagtklar.test');
    const check = async (which: typeof page, name: string) => {
      expect({ name, found: await axeViolations(which) }).toEqual({ name, found: [] });
      const [wide, seen] = (await which.evaluate(
        '[document.documentElement.scrollWidth, window.innerWidth]',
      )) as number[];
      expect({ name, fits: wide! <= seen! }).toEqual({ name, fits: true });
    };
    for (const language of ['da', 'en']) {
      await page.goto(`/laer/${enrolmentId}`);
      if ((await page.getAttribute('html', 'lang')) !== language)
        await page.click('form[action="/sprog"] button');
      await check(page, `${language} course`);
      await player.open(page, enrolmentId);
      await player.content(page);
      await page.click('#menu-button');
      await check(page, `${language} player`);
      await page.click('#exit');
      await page.waitForURL(`${world.url}/laer/${enrolmentId}`);
    }
    await secretary.goto(`/e-laering/${courseId}`);
    await check(secretary, 'versions');
    await secretary.getByRole('button', { name: 'Prøv' }).first().click();
    await secretary.waitForURL((url) => url.origin === world.contentUrl);
    await (await player.content(secretary)).click('#complete');
    await player.saved(secretary);
    await secretary.click('#exit');
    await secretary.waitForURL('**/e-laering/forsoeg/*');
    await check(secretary, 'trial');
    expect(await secretary.textContent('main')).toContain('blev prøvet');
    await secretary.goto(`/e-laering/${courseId}/deltagere`);
    await check(secretary, 'participants');
    await context.close();
  });

  it('takes a package by a form, dropped or chosen, with script and without', async () => {
    const zip = await scorm12Package();
    for (const javaScriptEnabled of [true, false]) {
      const context = await world.context({ javaScriptEnabled });
      const page = await world.signIn(context, 'sekretariat@vagtklar.test');
      await page.goto('/e-laering/1');
      await page.setInputFiles('#file', {
        name: 'indhold.zip',
        mimeType: 'application/zip',
        buffer: Buffer.from('none'),
      });
      await page.getByRole('button', { name: 'Upload pakken' }).click();
      await page.waitForSelector('[data-module="error-summary"]');
      expect(await page.textContent('[data-module="error-summary"]')).toMatch(/zip/i);
      await page.setInputFiles('#file', { name: 'indhold.zip', mimeType: 'application/zip', buffer: zip });
      await page.getByRole('button', { name: 'Upload pakken' }).click();
      await page.waitForSelector('.alert-success');
      expect(await page.textContent('main')).toContain('SCORM 1.2, 1 enhed');
      await context.close();
    }
  });
});
