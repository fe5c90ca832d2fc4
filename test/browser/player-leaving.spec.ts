import type { Page } from 'playwright-core';
import { BrowserWorld } from '../support/browser-world.js';
import { scorm12MultiPackage, scorm12Package, scorm2004Package } from '../support/packages.js';
import { PlayerWorld } from '../support/player-world.js';
import { until } from '../support/until.js';

describe('leaving the player', () => {
  let world: BrowserWorld;
  let player: PlayerWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
    player = await PlayerWorld.over(world);
  });
  afterAll(() => world.stop());

  const stateIs = (courseId: number, state: string) =>
    until(`the enrolment is ${state}`, async () => (await player.enrolment(courseId)).state === state);

  /** What the content finds when it is opened again. */
  async function bookmarkOf(page: Page, enrolmentId: number): Promise<string | null> {
    await player.open(page, enrolmentId);
    return (await player.content(page)).textContent('#bookmark');
  }

  it.each([
    ['SCORM 1.2', scorm12Package],
    ['SCORM 2004', scorm2004Package],
  ])('keeps a completion of %s when the tab is closed at once', async (_, zip) => {
    const { courseId, enrolmentId } = await player.course(await zip());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    // The content only sets values; nothing but the closing of the tab sends them.
    await content.evaluate(() => {
      const { API, API_1484_11: newer } = (globalThis as unknown as { parent: unknown }).parent as Record<
        string,
        Record<string, CallableFunction>
      >;
      if (newer) newer['SetValue']!('cmi.completion_status', 'completed');
      else API!['LMSSetValue']!('cmi.core.lesson_status', 'completed');
    });
    await page.close();
    await stateIs(courseId, 'completed');
    await context.close();
  });

  it('keeps where the learner is when the browser goes back', async () => {
    const { enrolmentId } = await player.course(await scorm12Package());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await content.click('#progress');
    await page.goBack();
    await page.waitForURL(`${world.url}/laer/${enrolmentId}`);
    expect(await bookmarkOf(page, enrolmentId)).toBe('page-2');
    await context.close();
  });

  it('says that nothing is saved while the network is away, and saves when it is back', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm12Package());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await player.saved(page);
    await context.setOffline(true);
    await content.click('#complete');
    await content.click('#progress');
    await page.waitForSelector('#saved[data-state="waiting"]');
    expect(await page.textContent('#saved')).toBe('Ikke gemt. Prøver igen.');
    expect((await player.enrolment(courseId)).state).toBe('in_progress');
    await context.setOffline(false);
    await player.saved(page);
    // `progress` said incomplete after `complete`: what was reached stays.
    expect((await player.enrolment(courseId)).state).toBe('completed');
    await context.close();
  });

  it('keeps what a long text hides from the last message, which a browser sends only up to 64 kB', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm2004Package());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    const long = 'æ'.repeat(40_000);
    await content.evaluate((text) => {
      const api = (
        (globalThis as unknown as { parent: unknown }).parent as Record<
          string,
          Record<string, CallableFunction>
        >
      )['API_1484_11']!;
      api['SetValue']!('cmi.suspend_data', text);
      api['SetValue']!('cmi.exit', 'suspend');
      api['Commit']!('');
    }, long);
    await player.saved(page);
    await content.evaluate(() => {
      const api = (
        (globalThis as unknown as { parent: unknown }).parent as Record<
          string,
          Record<string, CallableFunction>
        >
      )['API_1484_11']!;
      api['SetValue']!('cmi.completion_status', 'completed');
    });
    await page.close();
    await stateIs(courseId, 'completed');
    const again = await world.signIn(context, 'agent@vagtklar.test');
    await player.open(again, enrolmentId);
    expect((await (await player.content(again)).textContent('#suspend'))?.length).toBe(long.length);
    await context.close();
  });

  it('opens the units of a package from a menu, and is through when all of them are', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm12MultiPackage());
    const context = await world.context({ viewport: { width: 360, height: 740 } });
    const page = await player.play(context, enrolmentId);
    expect(await (await player.content(page)).textContent('h1')).toBe('Første del');
    await (await player.content(page)).click('#complete');
    await page.focus('#menu-button');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await until('the second unit is open', async () => {
      const heading = await (await player.content(page)).textContent('h1').catch(() => '');
      return heading === 'Anden del';
    });
    expect((await player.enrolment(courseId)).state).toBe('in_progress');
    await (await player.content(page)).click('#pass');
    await page.waitForSelector('#notice-through:not([hidden])');
    expect((await player.enrolment(courseId)).state).toBe('completed');
    await context.close();
  });

  it('does not save for somebody who has signed out elsewhere, and does after the next sign-in', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm12Package());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await player.saved(page);

    const other = await context.newPage();
    await other.goto('/mit');
    await other.click('form[action="/log-ud"] button');
    await other.waitForURL('**/log-ind*');
    await content.click('#complete');
    await page.waitForSelector('#notice-signed-out:not([hidden])');
    expect((await player.enrolment(courseId)).state).toBe('in_progress');
    const address = await page.getAttribute('#notice-signed-out a', 'href');
    await other.goto(address!);
    await other.fill('#email', 'agent@vagtklar.test');
    await other.fill('#password', 'vagtklar-demo');
    await other.click('form[action="/log-ind"] button');
    await other.getByRole('button', { name: 'Lad vinduet gemme' }).click();
    await page.bringToFront();
    await player.saved(page);
    expect((await player.enrolment(courseId)).state).toBe('completed');
    await context.close();
  });

  it('loses nothing when the server is killed in the middle', async () => {
    const { courseId, enrolmentId } = await player.course(await scorm12Package());
    const context = await world.context();
    const page = await player.play(context, enrolmentId);
    const content = await player.content(page);
    await content.click('#progress');
    await player.saved(page);
    await world.killServer();
    await content.click('#pass');
    await page.waitForSelector('#saved[data-state="waiting"]');
    await world.restartServer();
    await player.saved(page);
    expect(await player.enrolment(courseId)).toMatchObject({ state: 'completed', success: 'passed' });
    await context.close();
  });

  it('tells a window that another one has taken over', async () => {
    const { enrolmentId } = await player.course(await scorm12Package());
    const context = await world.context();
    const first = await player.play(context, enrolmentId);
    const second = await context.newPage();
    await player.open(second, enrolmentId);
    await (await player.content(first)).click('#progress');
    await first.waitForSelector('#notice-superseded:not([hidden])');
    await context.close();
  });
});
