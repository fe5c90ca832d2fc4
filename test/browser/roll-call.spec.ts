import { decodeQR } from 'qr/decode.js';
import type { Page } from 'playwright-core';
import { instantAt, localDateOf } from '../../src/common/local-date.js';
import { readEnv } from '../../src/config/env.js';
import {
  checkInCode,
  checkInKey,
  CODE_WINDOW_MS,
} from '../../src/modules/onboarding-days/attendance/check-in.rules.js';
import { signIn, type Api } from '../support/api.js';
import { BrowserWorld } from '../support/browser-world.js';
import { anAgent } from '../support/builders.js';
import type { TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const SECRETARIAT = 'sekretariat@vagtklar.test';
const AGENT = 'agent@vagtklar.test';

describe('the roll call in a browser', () => {
  let world: BrowserWorld;
  let secretariat: Api;
  let dayId: number;

  beforeAll(async () => {
    world = await BrowserWorld.start();
    secretariat = await signIn({ url: world.url } as TestApp, SECRETARIAT, 'vagtklar-demo');
    const on = localDateOf(new Date());
    // The whole day, so that people check in at whatever hour the tests run.
    const { status, body } = await secretariat.post('/onboarding-days', {
      on,
      startsAt: instantAt(on, '00:00').toISOString(),
      endsAt: instantAt(on, '23:59').toISOString(),
      venue: 'DOKK1',
      address: 'Aarhus C',
      capacity: 100,
      bookBy: on,
    });
    expect(status).toBe(201);
    dayId = body['id'];
  });
  afterAll(() => world.stop());

  /** Agents with a seat on the day. */
  async function register(count: number): Promise<number[]> {
    const ids: number[] = [];
    for (let n = 0; n < count; n += 1) {
      const agent = anAgent({ municipalityCode: '751', startOn: localDateOf(new Date()) });
      const { status, body } = await secretariat.post('/agents', agent);
      expect(status).toBe(201);
      ids.push(body['id']);
    }
    return ids;
  }

  async function statusOf(agentId: number): Promise<string | undefined> {
    const { items } = (await secretariat.get(`/onboarding-days/${dayId}/attendance-list`)).body;
    return items.find((one: { agentId: number }) => one.agentId === agentId)?.attendance?.status;
  }

  const isMarked = (agentId: number, status: string) =>
    until(`agent ${agentId} is marked ${status}`, async () => (await statusOf(agentId)) === status);

  async function openRollCall(page: Page): Promise<void> {
    await page.goto(`/onboardingdage/${dayId}/fremmoede`);
    // The script has begun when it has put the button away.
    await page.waitForSelector('.vk-save', { state: 'hidden' });
  }

  const tap = (page: Page, agentId: number, status: string) =>
    page.locator(`label:has(#mark-${agentId}-${status})`).click();

  const says = (page: Page, text: string) => page.locator('#unsent', { hasText: text }).waitFor();

  it('saves each tap at once, counts, and shows who did it', async () => {
    const [agentId] = await register(1);
    const context = await world.context();
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    const before = Number(await page.textContent('[data-count="attended"]'));
    await tap(page, agentId!, 'attended');
    expect(await page.textContent('[data-count="attended"]')).toBe(String(before + 1));
    await says(page, 'Alt er gemt.');
    expect(await statusOf(agentId!)).toBe('attended');
    await page.locator(`#row-${agentId}`, { hasText: 'markeret af Karen Bech' }).waitFor();
    await context.close();
  });

  it('asks after a partial attendance whether the person has to come again', async () => {
    const [agentId] = await register(1);
    const context = await world.context();
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    const again = page.locator(`label[for="again-yes-${agentId}"]`);
    expect(await again.isVisible()).toBe(false);
    await tap(page, agentId!, 'partial');
    await again.click();
    await page.selectOption(`#reason-${agentId}`, 'transport');
    await page.fill(`#note-${agentId}`, 'Kom kl. 12');
    await page.press(`#note-${agentId}`, 'Tab');
    await until('everything about it is saved', async () => {
      const { items } = (await secretariat.get(`/onboarding-days/${dayId}/attendance-list`)).body;
      const { attendance } = items.find((one: { agentId: number }) => one.agentId === agentId);
      return (
        attendance?.note === 'Kom kl. 12' && attendance.mustAttendAgain && attendance.reason === 'transport'
      );
    });
    await context.close();
  });

  it('keeps what is tapped while the network is cut, says so, and sends it when it is back', async () => {
    const [a, b, c] = await register(3);
    const context = await world.context({ viewport: { width: 820, height: 1180 } });
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    await context.setOffline(true);
    await tap(page, a!, 'attended');
    await says(page, '1 mærke er ikke sendt endnu.');
    await tap(page, b!, 'no_show');
    await tap(page, c!, 'attended');
    await says(page, '3 mærker er ikke sendt endnu.');
    expect(await statusOf(a!)).toBeUndefined();
    await context.setOffline(false);
    await says(page, 'Alt er gemt.');
    expect([await statusOf(a!), await statusOf(b!), await statusOf(c!)]).toEqual([
      'attended',
      'no_show',
      'attended',
    ]);
    await context.close();
  });

  it('keeps them through a reload', async () => {
    const [a, b] = await register(2);
    const context = await world.context();
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    await page.route('**/attendances', (route) => route.abort());
    await tap(page, a!, 'attended');
    await tap(page, b!, 'excused');
    await says(page, '2 mærker er ikke sendt endnu.');
    await page.reload();
    await says(page, '2 mærker er ikke sendt endnu.');
    expect(await page.isChecked(`#mark-${b}-excused`)).toBe(true);
    expect(await statusOf(a!)).toBeUndefined();
    await page.unroute('**/attendances');
    await page.reload();
    await isMarked(a!, 'attended');
    await isMarked(b!, 'excused');
    await context.close();
  });

  it('keeps them for whoever has been signed out, until the next sign-in', async () => {
    const [agentId] = await register(1);
    const context = await world.context();
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    const other = await context.newPage();
    await other.goto('/opgaver');
    await other.click('form[action="/log-ud"] button');
    await other.waitForURL('**/log-ind*');
    await tap(page, agentId!, 'attended');
    await says(page, 'Du er logget ud.');
    expect(await statusOf(agentId!)).toBeUndefined();
    await page.locator('#unsent a').click();
    await page.fill('#email', SECRETARIAT);
    await page.fill('#password', 'vagtklar-demo');
    await page.click('form[action="/log-ind"] button');
    await page.waitForURL(`**/onboardingdage/${dayId}/fremmoede`);
    await isMarked(agentId!, 'attended');
    await context.close();
  });

  it('lets the later mark of two tablets win, whichever is sent later', async () => {
    const [agentId] = await register(1);
    const [first, second] = [await world.context(), await world.context()];
    const [one, two] = [
      await world.signIn(first, SECRETARIAT),
      await world.signIn(second, 'sekretariat.2@vagtklar.test'),
    ];
    await openRollCall(one);
    await openRollCall(two);
    await first.setOffline(true);
    await tap(one, agentId!, 'no_show');
    await says(one, '1 mærke er ikke sendt endnu.');
    await tap(two, agentId!, 'attended');
    await isMarked(agentId!, 'attended');
    await first.setOffline(false);
    await says(one, 'Alt er gemt.');
    expect(await statusOf(agentId!)).toBe('attended');
    // The tablet that was away shows what counts.
    await one.locator(`#mark-${agentId}-attended:checked`).waitFor({ state: 'attached' });
    await first.close();
    await second.close();
  });

  it('finds whoever came without a seat', async () => {
    const { body: agent } = await secretariat.post(
      '/agents',
      anAgent({ municipalityCode: '751', startOn: '2099-01-05', firstName: 'Østen', lastName: 'Uden Plads' }),
    );
    const context = await world.context();
    const page = await world.signIn(context, SECRETARIAT);
    await openRollCall(page);
    await page.fill('#q', 'østen uden');
    await page.press('#q', 'Enter');
    await page.getByRole('button', { name: 'Markér som mødt Østen Uden Plads' }).click();
    await isMarked(agent['id'], 'attended');
    await page.locator(`#row-${agent['id']}`, { hasText: 'Uden plads' }).waitFor();
    await context.close();
  });

  it('works without JavaScript', async () => {
    const [agentId] = await register(1);
    const context = await world.context({ javaScriptEnabled: false });
    const page = await world.signIn(context, SECRETARIAT);
    await page.goto(`/onboardingdage/${dayId}/fremmoede`);
    await tap(page, agentId!, 'attended');
    await page.getByRole('button', { name: 'Gem fremmøde' }).click();
    await page.getByText('Fremmødet er gemt.').waitFor();
    expect(await statusOf(agentId!)).toBe('attended');
    await context.close();
  });

  it('has targets for a finger on a tablet and a phone', async () => {
    await register(1);
    for (const width of [820, 360]) {
      const context = await world.context({ viewport: { width, height: 800 } });
      const page = await world.signIn(context, SECRETARIAT);
      await openRollCall(page);
      for (const target of await page.locator('.vk-mark').all()) {
        const box = await target.boundingBox();
        expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(44);
      }
      await context.close();
    }
  });

  describe('with the code on the wall', () => {
    /** What a phone reads that is held before the screen. */
    async function scan(page: Page): Promise<string> {
      await page.waitForFunction('document.querySelector("#code img")?.complete');
      const pixels = (await page.evaluate(`(() => {
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = 400;
        const context = canvas.getContext('2d');
        context.fillStyle = '#fff';
        context.fillRect(0, 0, 400, 400);
        context.drawImage(document.querySelector('#code img'), 20, 20, 360, 360);
        const { data } = context.getImageData(0, 0, 400, 400);
        return btoa(Array.from(data, (byte) => String.fromCharCode(byte)).join(''));
      })()`)) as string;
      return decodeQR({ width: 400, height: 400, data: Buffer.from(pixels, 'base64') });
    }

    it('checks in an agent who scans it, and refuses an old one', async () => {
      const [wall, phone] = [
        await world.context(),
        await world.context({ viewport: { width: 360, height: 740 } }),
      ];
      const screen = await world.signIn(wall, SECRETARIAT);
      const page = await world.signIn(phone, AGENT);
      // Three windows ago; the server of the test has the published secret of development.
      const key = checkInKey(readEnv({}).APP_SECRET);
      const old = checkInCode(key, dayId, new Date(Date.now() - 3 * CODE_WINDOW_MS));
      await page.goto(`/tjek-ind/${dayId}/${old}`);
      await page.getByText('Koden er for gammel, scan igen').waitFor();

      await screen.goto(`/onboardingdage/${dayId}/kode`);
      const address = new URL(await scan(screen));
      expect(address.pathname).toMatch(new RegExp(`^/tjek-ind/${dayId}/[0-9a-f]{12}$`));
      await page.goto(address.pathname);
      await page.getByRole('button', { name: 'Tjek ind' }).click();
      await page.getByText('Du er tjekket ind').waitFor();
      const { agentId } = (
        await (await signIn({ url: world.url } as TestApp, AGENT, 'vagtklar-demo')).get('/me')
      ).body;
      expect(await statusOf(agentId)).toBe('attended');
      await wall.close();
      await phone.close();
    });

    it('goes on changing on the screen, and goes away when it cannot be renewed', async () => {
      const context = await world.context();
      const page = await world.signIn(context, SECRETARIAT);
      await page.clock.install();
      await page.goto(`/onboardingdage/${dayId}/kode`);
      const first = await page.getAttribute('#code img', 'src');
      // The server's time is the real one: somebody sees to it that another code is shown meanwhile.
      await page.route(`**/onboardingdage/${dayId}/kode`, async (route) => {
        const answer = await route.fetch();
        await route.fulfill({
          response: answer,
          body: (await answer.text()).replaceAll(first!, '/assets/favicon.svg'),
        });
      });
      await page.clock.runFor(10_000);
      await page.waitForSelector('#code img[src="/assets/favicon.svg"]');
      await page.unroute(`**/onboardingdage/${dayId}/kode`);
      await context.setOffline(true);
      await page.clock.runFor(60_000);
      await page.getByText('Koden kan ikke hentes lige nu').waitFor();
      expect(await page.locator('#code img').count()).toBe(0);
      await context.close();
    });
  });

  it('raised no complaint of the browser but those about the network that was cut', () => {
    const meant = /ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 40[13]/;
    expect(world.complaints.filter((complaint) => !meant.test(complaint))).toEqual([]);
  });
});
