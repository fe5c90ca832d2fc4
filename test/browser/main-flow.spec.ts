import type { Page } from 'playwright-core';
import { signIn, Api } from '../support/api.js';
import type { TestApp } from '../support/test-app.js';
import { BrowserWorld } from '../support/browser-world.js';
import { completed, signedHeaders } from '../support/webhook.js';

describe('from registration to completion, in a browser', () => {
  let world: BrowserWorld;
  beforeAll(async () => {
    world = await BrowserWorld.start();
  });
  afterAll(() => world.stop());

  /** The e-learning host reports the course whose address the agent's page shows, twice. */
  async function hostReports(launchUrl: string): Promise<string[]> {
    const reference = new URL(launchUrl).searchParams.get('enrolment')!;
    const app = { url: world.url } as TestApp;
    const secretariat = await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    const { body } = await secretariat.post('/connections', { name: 'Articulate', shape: 'own' });
    const text = JSON.stringify(completed(reference, { success: 'passed' }));
    const send = () =>
      new Api(app).post(
        `/webhooks/completions/${body['key']}`,
        text,
        signedHeaders(body['secret'], text, `m-${reference}`),
      );
    return [(await send()).body['status'], (await send()).body['status']];
  }

  async function follow(page: Page, email: string, javaScriptEnabled: boolean): Promise<void> {
    const mail = await world.mailTo(email);
    expect(mail.subject).toContain('tag e-læringen før din første vagt');
    const link = /http:\S+\/v\/\S+/.exec(mail.text!)![0];
    const phone = await world.context({ viewport: { width: 360, height: 740 }, javaScriptEnabled });
    const agent = await phone.newPage();
    await agent.goto(link);
    await agent.getByRole('button', { name: 'Kom i gang' }).click();
    await agent.waitForURL('**/mit');
    expect(await agent.textContent('main')).toContain('Du er ikke klar til din første vagt endnu');
    await agent.getByRole('link', { name: 'Gå til e-læringen' }).click();
    const launch = await agent.getByRole('link', { name: 'Åbn e-læringen' }).getAttribute('href');
    expect(await hostReports(launch!)).toEqual(['applied', 'duplicate']);
    await agent.goto('/mit');
    expect(await agent.textContent('main')).toContain('Du er klar til din første vagt');
    await phone.close();

    await page.reload();
    expect(await page.textContent('h1')).toContain('Klar til vagt');
    await page.goto('/rapporter?state=completed');
    expect(await page.textContent('table >> nth=1')).toContain('Flow');
  }

  it('works with script', async () => {
    const context = await world.context();
    const leader = await world.signIn(context, 'leder.751@vagtklar.test');
    await leader.goto('/agenter/ny');
    expect(await leader.textContent('main')).toContain(
      'Den første vagt kommer først, når e-læringen er gennemført',
    );
    await leader.fill('#firstName', 'Freja');
    await leader.fill('#lastName', 'Flow');
    await leader.fill('#email', 'freja.flow@aarhus.test');
    await leader.getByRole('button', { name: 'Registrér agent' }).click();
    // The start date was forgotten: said at the field and in the summary, which takes the focus; nothing is lost.
    expect(await leader.textContent('.form-error-message')).toContain('Skriv den dag, agenten starter.');
    expect(await leader.evaluate('document.activeElement.dataset.module')).toBe('error-summary');
    expect(await leader.inputValue('#email')).toBe('freja.flow@aarhus.test');
    await leader.getByRole('link', { name: 'Skriv den dag, agenten starter.' }).click();
    expect(await leader.evaluate('document.activeElement.id')).toBe('startOn');
    await leader.fill('#startOn', '2099-01-05');
    await leader.getByRole('button', { name: 'Registrér agent' }).dblclick();
    await leader.waitForURL(/agenter\/\d+/);
    expect(await leader.textContent('.alert-success')).toContain('Velkomstmailen er på vej');
    await follow(leader, 'freja.flow@aarhus.test', true);
    await context.close();
  });

  it('works without script', async () => {
    const context = await world.context({ javaScriptEnabled: false });
    const leader = await world.signIn(context, 'leder.751@vagtklar.test');
    await leader.getByRole('link', { name: 'Registrér ny agent' }).click();
    await leader.fill('#firstName', 'Uden');
    await leader.fill('#lastName', 'Flow-Script');
    await leader.fill('#email', 'uden.flow@aarhus.test');
    await leader.fill('#startOn', '2099-01-05');
    await leader.getByText('Flere oplysninger').click();
    await leader.fill('#phone', '12 34 56 78');
    await leader.getByRole('button', { name: 'Registrér agent' }).click();
    await leader.waitForURL(/agenter\/\d+/);
    await follow(leader, 'uden.flow@aarhus.test', false);
    await context.close();
  });

  it('works by keyboard alone, with the focus visible', async () => {
    const context = await world.context();
    const page = await context.newPage();
    await page.goto('/log-ind');
    await tabTo(page, '#email');
    await page.keyboard.type('leder.751@vagtklar.test');
    await page.keyboard.press('Tab');
    await page.keyboard.type('vagtklar-demo');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toContain('skipnav');
    await tabTo(page, 'a[href="/agenter/ny"]');
    const outline = await page.evaluate('getComputedStyle(document.activeElement).outlineStyle');
    expect(outline).not.toBe('none');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/agenter/ny');
    for (const [field, value] of [
      ['#firstName', 'Tast'],
      ['#lastName', 'Atur'],
      ['#email', 'tast.atur@aarhus.test'],
      ['#startOn', '01052099'],
    ] as const) {
      await tabTo(page, field);
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/agenter\/\d+/);
    expect(await page.textContent('h1')).toContain('Tast Atur');
    await context.close();
  });

  it('raised no complaint of the browser but the form that was sent with a fault', () => {
    const meant = /agenter\/ny: .*status of 400/;
    expect(world.complaints.filter((complaint) => !meant.test(complaint))).toEqual([]);
  });
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 60; n += 1) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} cannot be reached by Tab.`);
}
