import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { PlanAge } from '../../src/modules/shifts/index.js';
import { PlanFeed } from '../../src/modules/shifts/feed/plan-feed.js';
import { PASSWORD } from '../support/api.js';
import { anAgent, buildWorld, type World } from '../support/builders.js';
import { Browser, type LoadedPage } from '../support/browser-less.js';
import { TestApp } from '../support/test-app.js';

const SETTINGS = '/indstillinger/vagtplan';

describe('fetching the shift plan', () => {
  let app: TestApp;
  let world: World;
  let browser: Browser;
  let host: Server;
  let url: string;
  let answer: (request: IncomingMessage, response: ServerResponse) => void;
  let agents: Record<string, any>[];

  beforeAll(async () => {
    app = await TestApp.start();
    app.clock.set('2026-03-02T08:00:00Z');
    world = await buildWorld(app);
    agents = [];
    for (let n = 0; n < 10; n += 1)
      agents.push(
        (
          await world.leader.post(
            '/agents',
            anAgent({ startOn: '2026-03-02', kind: 'existing', phoneSystemId: `F-${n}` }),
          )
        ).body,
      );
    host = createServer((request, response) => answer(request, response)).listen(0, '127.0.0.1');
    await once(host, 'listening');
    url = `http://127.0.0.1:${(host.address() as AddressInfo).port}/uge.csv`;
    browser = new Browser(app.url);
    await browser.submit(await browser.get('/log-ind'), '/log-ind', {
      email: 'sekretariat@ddh.test',
      password: PASSWORD,
    });
  });
  beforeEach(() => app.clock.advance(20_000));
  afterAll(async () => {
    host.close();
    await app.stop();
  });

  const csv = (rows: string[]) => ['Telefon-id;Dato;Fra;Til', ...rows].join('\r\n');
  const serve = (content: string, status = 200, headers: Record<string, string> = {}) => {
    answer = (_, response) => response.writeHead(status, headers).end(content);
  };
  const set = async (fields: Record<string, string>): Promise<LoadedPage> =>
    browser.submit(await browser.get(SETTINGS), SETTINGS, { covers: 'municipalities', ...fields });
  const run = () => app.get(PlanFeed).run();
  const tasks = async () =>
    (await world.secretariat.get('/tasks')).body['items'].map(({ kind }: { kind: string }) => kind);
  const shifts = async () => (await world.secretariat.get('/shifts?limit=200')).body['items'];
  const all = (time = '8;16') => agents.map((_, n) => `F-${n};10.03.2026;${time}`);

  it('needs an address that may be asked, and keeps the token sealed', async () => {
    for (const bad of ['http://example.dk/x.csv', 'https://192.168.0.1/x.csv', 'ftp://x', 'uge.csv', ''])
      expect(await set({ url: bad })).toMatchObject({ status: 400 });
    expect(await set({ url, token: 'hemmelig-token' })).toMatchObject({ status: 200, url: SETTINGS });
    const [row] = await app.rows<{ sealedToken: string }>('SELECT sealedToken FROM shift_plan');
    expect(row!.sealedToken).not.toContain('hemmelig');
    expect((await browser.get(SETTINGS)).text).not.toContain('hemmelig');
  });

  it('writes a harmless plan by itself', async () => {
    let told: string | undefined;
    answer = (request, response) => {
      told = request.headers.authorization;
      response.end(csv(all()));
    };
    await run();
    expect(told).toBe('Bearer hemmelig-token');
    expect(await shifts()).toHaveLength(10);
    expect((await shifts())[0]).toMatchObject({ source: 'feed' });
    expect(await tasks()).toEqual([]);
  });

  it('leaves single edits alone as long as the file is the same, which makes the plan no older', async () => {
    const [first] = await shifts();
    await world.secretariat.delete(`/shifts/${first.id}`);
    const before = await app.get(PlanAge).now();
    app.clock.advance(20_000);
    await run();
    expect(await shifts()).toHaveLength(9);
    expect((await app.get(PlanAge).now()).updatedAt! > before.updatedAt!).toBe(true);
    const imports = await app.count('shift_import');
    await run();
    expect(await app.count('shift_import')).toBe(imports);
  });

  it('waits for a person when more than a fifth would go', async () => {
    serve(csv(all('9;17').slice(0, 7)));
    await run();
    expect(await shifts()).toHaveLength(9);
    expect(await tasks()).toEqual(['shift_plan_waiting']);
    await run();
    expect(await tasks()).toEqual(['shift_plan_waiting']);
    const [waiting] = await app.rows<{ id: number }>("SELECT id FROM shift_import WHERE state = 'ready'");
    const done = await world.secretariat.post(`/shift-imports/${waiting!.id}/commits`);
    expect(done.body).toMatchObject({ state: 'committed', source: 'feed' });
    expect(await shifts()).toHaveLength(7);
    expect(await tasks()).toEqual([]);
  });

  it.each([
    ['a redirect', () => serve('', 302, { location: 'http://127.0.0.1:1/' }), 'shift_feed_redirected'],
    ['a refused token', () => serve('', 401), 'shift_feed_not_allowed'],
    ['an error', () => serve('', 500), 'shift_feed_bad_answer'],
    ['a page', () => serve('<html>Log ind</html>'), 'shift_plan_no_columns'],
    ['columns nobody knows', () => serve('Hvem;Hvad;Hvor\r\nF-1;x;y'), 'shift_feed_columns'],
    [
      'a line that breaks off',
      () => {
        answer = (request, response) => {
          response.writeHead(200, { 'content-length': '1000' }).write('Telefon-id;');
          setImmediate(() => request.destroy());
        };
      },
      'shift_feed_unreachable',
    ],
  ])('makes a task of %s, once, and settles it', async (_, fail, code) => {
    fail();
    await run();
    await run();
    expect(await tasks()).toEqual(['shift_plan_failed']);
    const [row] = await app.rows<{ failure: string }>('SELECT failure FROM shift_plan');
    expect(row!.failure).toBe(code);
    const page = await browser.get(SETTINGS);
    expect(page.text).toContain('Vagtplanen har ikke kunnet hentes');
    expect(page.text).not.toContain(`problem.${code}`);
    serve(csv(all('9;17').slice(0, 7)));
    await run();
    expect(await tasks()).toEqual([]);
  });

  it('does not hand the token to another server, and stops when told', async () => {
    await set({ url: url.replace('127.0.0.1', 'localhost') });
    const [row] = await app.rows<{ sealedToken: string | null }>('SELECT sealedToken FROM shift_plan');
    expect(row!.sealedToken).toBeNull();
    const page = await browser.get(SETTINGS);
    const stopped = await browser.submit(page, `${SETTINGS}/stop`);
    expect(stopped.url).toBe(SETTINGS);
    let asked = false;
    answer = (_, response) => {
      asked = true;
      response.end();
    };
    await run();
    expect(asked).toBe(false);
  });
});
