import type { BrowserContext, Page } from 'playwright-core';
import { BrowserWorld } from '../support/browser-world.js';
import { packageZip } from '../support/packages.js';
import { PlayerWorld } from '../support/player-world.js';
import { freePort } from '../support/server-process.js';
import { TlsFront } from '../support/tls-front.js';

const MAIN = 'vagtklar.test';
const CONTENT = 'laering.vagtklar.test';

/** What a hostile package tries; each answers with what it got. */
const ATTEMPTS = {
  cookies: `document.cookie`,
  read: `fetch(main + '/api/v1/me', { credentials: 'include' }).then((r) => r.text(), (e) => 'refused: ' + e)`,
  frame: `new Promise((resolve) => { const f = document.createElement('iframe'); f.src = main + '/mit';
    f.onload = () => { try { resolve('read: ' + f.contentDocument.body.textContent); } catch { resolve('closed'); } };
    setTimeout(() => resolve('closed'), 3000); document.body.append(f); })`,
  signOut: `fetch(main + '/log-ud', { method: 'POST', mode: 'no-cors', credentials: 'include', body: new URLSearchParams({}) })
    .then(() => 'sent', (e) => 'refused: ' + e)`,
  plant: `(() => { for (const name of ['__Host-vk_session', 'vk_session', '__Host-vk_form', 'vk_form', '__Host-vk_lang', 'vk_lang'])
    for (const rest of ['', '; Domain=vagtklar.test', '; Domain=vagtklar.test; Secure', '; Secure'])
      document.cookie = name + '=planted; Path=/' + rest; return document.cookie; })()`,
  other: `fetch(parent.location.origin + '/laer/' + 'A'.repeat(43) + '/gem', { method: 'POST', body: '{}' }).then((r) => String(r.status))`,
  worker: `navigator.serviceWorker.register('worker.js').then(() => 'registered', (e) => 'refused: ' + e)`,
  elsewhere: `fetch('https://elsewhere.test/').then(() => 'sent', (e) => 'refused: ' + e)`,
};

const page = `<!doctype html><meta charset="utf-8"><p id="state">ready</p><script>
const main = 'https://${MAIN}:' + location.port;
window.attempts = { ${Object.entries(ATTEMPTS)
  .map(([name, code]) => `${name}: () => ${code}`)
  .join(',\n')} };
const api = parent.API; api.LMSInitialize('');
</script>`;

describe('a hostile package', () => {
  let world: BrowserWorld;
  let player: PlayerWorld;
  let front: TlsFront;
  let context: BrowserContext;
  let shell: Page;
  const main = () => `https://${MAIN}:${port}`;
  let port: number;

  beforeAll(async () => {
    port = await freePort();
    world = await BrowserWorld.start(
      { PUBLIC_URL: `https://${MAIN}:${port}`, CONTENT_URL: `https://${CONTENT}:${port}` },
      [`--host-resolver-rules=MAP *.test 127.0.0.1, MAP ${MAIN} 127.0.0.1`],
    );
    const [mainPort, contentPort] = [world.url, world.contentUrl].map((url) => Number(new URL(url).port));
    front = await TlsFront.start(port, { [MAIN]: mainPort!, [CONTENT]: contentPort! });
    player = await PlayerWorld.over(world);
    const zip = await packageZip({ files: { 'main.html': page, 'worker.js': 'self.onfetch = () => {};' } });
    const { enrolmentId } = await player.course(zip);
    context = await world.context({ ignoreHTTPSErrors: true, baseURL: main() });
    shell = await world.signIn(context, 'agent@vagtklar.test');
    await shell.goto(`${main()}/laer/${enrolmentId}`);
    await shell.locator('form button[value="go_on"]').click();
    await shell.waitForURL((url) => url.hostname === CONTENT);
  });
  afterAll(async () => {
    await front.stop();
    await world.stop();
  });

  async function attempt(name: keyof typeof ATTEMPTS): Promise<string> {
    const content = await player.content(shell);
    return content.evaluate(
      async (which) =>
        String(
          await (globalThis as unknown as { attempts: Record<string, () => unknown> }).attempts[which]!(),
        ),
      name,
    );
  }

  it('reads none of the cookies of the product', async () => {
    const cookies = await context.cookies(main());
    expect(cookies.map((cookie) => cookie.name)).toContain('__Host-vk_session');
    expect(await attempt('cookies')).not.toContain('vk_session');
  });

  it('cannot call the API as the user, nor frame a page', async () => {
    expect(await attempt('read')).toMatch(/^refused/);
    expect(await attempt('frame')).toBe('closed');
  });

  it('cannot do anything as the user by a request whose answer it does not need', async () => {
    expect(await attempt('signOut')).toMatch(/^(sent|refused)/);
    const other = await context.newPage();
    await other.goto(`${main()}/mit`);
    expect(new URL(other.url()).pathname).toBe('/mit');
    await other.close();
  });

  it('cannot set a cookie that the product takes', async () => {
    await attempt('plant');
    const taken = (await context.cookies(main())).filter((cookie) => cookie.value === 'planted');
    expect(taken.filter((cookie) => cookie.name.startsWith('__Host-'))).toEqual([]);
    const other = await context.newPage();
    await other.goto(`${main()}/mit`);
    expect(new URL(other.url()).pathname).toBe('/mit');
    expect(await other.getAttribute('html', 'lang')).toBe('da');
    await other.close();
  });

  it('cannot reach another enrolment, register a service worker or call another host', async () => {
    expect(await attempt('other')).toBe('401');
    expect(await attempt('worker')).toMatch(/^refused/);
    expect(await attempt('elsewhere')).toMatch(/^refused/);
  });
});
