import type { Page } from 'playwright-core';
import { localDateOf } from '../../src/common/local-date.js';
import { formatLongDate } from '../../src/web/format.js';
import { signIn, type Api } from '../support/api.js';
import { axeViolations } from '../support/axe.js';
import { BrowserWorld } from '../support/browser-world.js';
import type { TestApp } from '../support/test-app.js';

interface Day {
  id: number;
  on: string;
  venue: string;
  seatsTaken: number;
  capacity: number;
}

describe('onboarding days in a browser: autopilot from registration to attendance', () => {
  let world: BrowserWorld;
  let api: Api;
  let days: Day[];
  beforeAll(async () => {
    world = await BrowserWorld.start();
    api = await signIn({ url: world.url } as TestApp, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    const ahead = (await api.get(`/onboarding-days?from=${localDateOf(new Date())}`)).body['items'];
    // One of the demonstration's days is full.
    days = ahead.filter((day: Day) => day.seatsTaken < day.capacity);
  });
  afterAll(() => world.stop());

  /** Registers in the web form; gives the path of the agent's page. */
  async function register(leader: Page, lastName: string, email: string): Promise<string> {
    await leader.goto('/agenter/ny');
    await leader.fill('#firstName', 'Signe');
    await leader.fill('#lastName', lastName);
    await leader.fill('#email', email);
    await leader.fill('#startOn', localDateOf(new Date()));
    await leader.getByRole('button', { name: 'Registrér agent' }).click();
    await leader.waitForURL(/agenter\/\d+/);
    return new URL(leader.url()).pathname;
  }

  /** How often a leader was told of seats. */
  async function leaderMails(): Promise<number> {
    const path = '/mails?to=leder.751@vagtklar.test&template=onboarding-seat-leader';
    return (await api.get(path)).body['items'].length;
  }

  const text = (page: Page) => page.textContent('main');
  const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name });

  /** The agent opens the mail on a phone and moves to the second day. */
  async function moveByLink(email: string, javaScriptEnabled: boolean): Promise<Page> {
    const link = /http:\S+\/v\/\S+/.exec((await world.mailTo(email)).text!)![0];
    const phone = await world.context({ viewport: { width: 360, height: 740 }, javaScriptEnabled });
    const agent = await phone.newPage();
    await agent.goto(link);
    await agent.getByRole('button', { name: 'Kom i gang' }).click();
    await agent.waitForURL('**/mit');
    await agent.locator('a[href="/mit/onboardingdag"]').click();
    await agent.waitForURL('**/mit/onboardingdag');
    expect(await text(agent)).toContain('Hack Kampmanns Plads 2');
    if (javaScriptEnabled) expect(await axeViolations(agent)).toEqual([]);
    const other = row(agent, 'Flyt mig hertil').first();
    await other.locator('summary').click();
    expect(await other.textContent()).toContain('gives videre med det samme');
    await other.getByRole('button', { name: 'Flyt mig hertil' }).click();
    await agent.getByText('Du får en mail med kalenderaftalen.').waitFor();
    return agent;
  }

  it.each([
    ['with script', true],
    ['without script', false],
  ])('%s', async (_, javaScriptEnabled) => {
    const [first, second] = days as [Day, Day];
    const lastName = javaScriptEnabled ? 'Plads' : 'Uden-Script';
    const email = `signe.${lastName.toLowerCase()}@aarhus.test`;
    const context = await world.context({ javaScriptEnabled });
    const leader = await world.signIn(context, 'leder.751@vagtklar.test');
    const agentPath = await register(leader, lastName, email);
    const agentId = Number(agentPath.split('/').at(-1));
    expect(await text(leader)).toContain(`${formatLongDate(first.on, 'da')}, ${first.venue}`);
    const before = await leaderMails();

    const secretariat = await world.signIn(
      await world.context({ javaScriptEnabled }),
      'sekretariat@vagtklar.test',
    );
    await secretariat.getByRole('link', { name: 'Onboardingdage' }).click();
    await secretariat.locator(`a[href="/onboardingdage/${first.id}"]`).click();
    await secretariat.waitForURL(`**/onboardingdage/${first.id}`);
    expect(await row(secretariat, `Signe ${lastName}`).textContent()).toContain('Aarhus');

    const agent = await moveByLink(email, javaScriptEnabled);
    await secretariat.reload();
    expect(await row(secretariat, `Signe ${lastName}`).count()).toBe(0);
    await secretariat.goto(`/onboardingdage/${second.id}`);
    expect(await row(secretariat, `Signe ${lastName}`).count()).toBe(1);
    expect(await leaderMails()).toBe(before + 1);

    await api.call('PUT', `/api/v1/onboarding-days/${second.id}/attendances`, [
      { agentId, status: 'attended' },
    ]);
    await agent.goto('/mit');
    const step = agent.locator('.vk-steps li').filter({ hasText: 'Onboardingdag' });
    expect(await step.textContent()).toContain('Færdig');
    await leader.goto(agentPath);
    await leader.getByRole('link', { name: 'Se og flyt pladsen på onboardingdagen' }).click();
    await leader.waitForURL(`**/onboardingdage/agent/${agentId}`);
    expect(await text(leader)).toContain('Mødt');
    await Promise.all([context, secretariat.context(), agent.context()].map((one) => one.close()));
  });

  it('works by keyboard alone: find an agent, book, take off again', async () => {
    const context = await world.context();
    const leader = await world.signIn(context, 'leder.751@vagtklar.test');
    const agentPath = await register(leader, 'Tastatur', 'signe.tastatur@aarhus.test');
    const [, second, third] = days as [Day, Day, Day];
    await leader.goto(`/onboardingdage/${second.id}`);
    await tabTo(leader, '#q');
    await leader.keyboard.type('tastatur');
    await leader.keyboard.press('Enter');
    await leader.waitForURL(`**/onboardingdage/${second.id}?q=tastatur`);
    await tabTo(leader, 'td summary');
    expect(await leader.evaluate('getComputedStyle(document.activeElement).outlineStyle')).not.toBe('none');
    await leader.keyboard.press('Enter');
    await tabTo(leader, `form[action="/onboardingdage/${second.id}/tilmeld"] button`);
    await leader.keyboard.press('Enter');
    await leader.getByText('Agenten er tilmeldt og får en mail.').waitFor();
    await leader.goto(`/onboardingdage/agent/${agentPath.split('/').at(-1)}`);
    await tabTo(leader, '.vk-actions summary');
    await leader.keyboard.press('Space');
    await tabTo(leader, '.vk-actions details button');
    await leader.keyboard.press('Enter');
    await leader.getByText('Agenten er meldt fra.').waitFor();
    // The agent must attend, and is not sent back to a day that was given up.
    expect(await text(leader)).toContain(formatLongDate(third.on, 'da'));
    await context.close();
  });

  it('raised no complaint of the browser', () => {
    expect(world.complaints).toEqual([]);
  });
});

/** Presses Tab until the element has the focus. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let n = 0; n < 80; n += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
  }
  throw new Error(`Tab never came to ${selector}.`);
}
