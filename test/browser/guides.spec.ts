import type { Page } from 'playwright-core';
import { signIn, type Api } from '../support/api.js';
import { BrowserWorld } from '../support/browser-world.js';
import type { TestApp } from '../support/test-app.js';

const PHONE = { viewport: { width: 360, height: 700 } };

describe('guides in a browser', () => {
  let world: BrowserWorld;
  let api: Api;

  beforeAll(async () => {
    world = await BrowserWorld.start();
    api = await signIn({ url: world.url } as TestApp, 'sekretariat@vagtklar.test', 'vagtklar-demo');
  });
  afterAll(() => world.stop());

  async function version(guideId: number, body: string): Promise<void> {
    const { status } = await api.post(`/guides/${guideId}/versions`, {
      title: 'Pas til tvillinger',
      changeNote: 'Nyt gebyr.',
      body,
      effectiveFrom: '2026-01-01',
      audience: { kind: 'all' },
    });
    expect(status).toBe(201);
  }

  /** Fills in what the form asks for and goes on to the preview. */
  async function write(page: Page, body: string): Promise<void> {
    await page.fill('#changeNote', 'Nyt gebyr.');
    await page.fill('#body', body);
    await page.check('#audience-municipalities');
    await page.check('#municipality-751');
    await page.click('button[value="vis"]');
  }

  it('are written, shown before they are published, and read on a phone with what changed first', async () => {
    const office = await world.signIn(await world.context(), 'sekretariat@vagtklar.test');
    await office.goto('/guides/ny');
    await office.fill('#title', 'Pas til tvillinger');
    await office.click('main form button[type="submit"]');
    await office.waitForURL('**/ny-version');
    // Only what is meant is asked for.
    expect(await office.isVisible('#municipalities')).toBe(false);
    await write(office, 'To pas koster 356 kr.\n\nRing til politiet.');
    expect(await office.textContent('.font-lead')).toMatch(/\d+ agenter bliver bedt om at læse/);
    await office.click('button[value="ret"]');
    expect(await office.inputValue('#body')).toBe('To pas koster 356 kr.\n\nRing til politiet.');
    expect(await office.isChecked('#municipality-751')).toBe(true);
    await office.click('button[value="vis"]');
    await office.click('button[value="udgiv"]');
    await office.waitForURL(/\/guides\/\d+(\?done=\w+)?$/);
    const guideId = Number(/\/guides\/(\d+)/.exec(office.url())![1]);
    await office.context().close();

    const phone = await world.signIn(await world.context(PHONE), 'agent@vagtklar.test');
    await phone.goto('/guides');
    await phone.click(`.vk-guides a[href="/guides/${guideId}/versioner/1"]`);
    await phone.click('text=Læst og forstået');
    await phone.waitForURL(/\/guides(\?done=guide_read)?$/);
    await version(guideId, 'To pas koster 384 kr.\n\nRing til politiet.\n\nHusk samtykke.');
    await phone.goto('/guides');
    await phone.click(`.vk-guides a[href="/guides/${guideId}/versioner/2"]`);
    expect(await phone.locator('.vk-news del').allTextContents()).toEqual(['356']);
    expect(await phone.locator('.vk-news ins').allTextContents()).toEqual(['384', 'Husk samtykke.']);
    // What changed stands on the first screen, the button below the whole text.
    const top = async (selector: string) => (await phone.locator(selector).first().boundingBox())!.y;
    expect(await top('.vk-news ins')).toBeLessThan(PHONE.viewport.height);
    expect(await top('.vk-guide-text')).toBeGreaterThan(await top('.vk-news'));
    expect(await top('.vk-understood button')).toBeGreaterThan(await top('.vk-guide-text'));
    await phone.click('.vk-understood button');
    await phone.waitForURL(/\/guides(\?done=guide_read)?$/);
    expect(await phone.locator(`.vk-guides a[href^="/guides/${guideId}/"]`).count()).toBe(0);
    await phone.context().close();
  });

  it('run nothing and fetch nothing from elsewhere, whatever stands in them', async () => {
    const { body: guide } = await api.post('/guides', { title: 'Ondt' });
    await version(
      guide['id'],
      '<script>document.title = "ramt"</script>\n\n![x](https://evil.test/a.png)\n\n<img src=x onerror="document.title=\'ramt\'">\n\n' +
        '[klik](javascript:document.title="ramt")\n\n| <svg onload="document.title=\'ramt\'"> |\n|---|\n| x |',
    );
    const page = await world.signIn(await world.context(), 'agent@vagtklar.test');
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(new URL(request.url()).host));
    await page.goto(`/guides/${guide['id']}`);
    expect(await page.title()).toBe('Pas til tvillinger – Vagtklar');
    expect(await page.locator('.vk-guide-text :is(script, svg, img, [onerror], [onload])').count()).toBe(0);
    expect(await page.locator('.vk-guide-text a').count()).toBe(0);
    expect([...new Set(fetched)]).toEqual([new URL(world.url).host]);
    await page.context().close();
  });

  it('raise no complaint of the browser', () => {
    expect(world.complaints).toEqual([]);
  });
});
