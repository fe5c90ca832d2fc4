import { existsSync, readFileSync } from 'node:fs';
import { readEnv, EnvError } from '../../src/config/env.js';
import { openApiDocument } from '../../src/http/openapi.js';
import { Api } from '../support/api.js';
import { anAgent, buildWorld } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { routeTable } from '../support/route-table.js';
import { TestApp } from '../support/test-app.js';

describe('operations', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it('answers health and metrics, without anything personal in the metrics', async () => {
    const { leader } = await buildWorld(app);
    const { body } = await leader.post('/agents', anAgent());
    expect(await (await fetch(`${app.url}/health/live`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${app.url}/health/ready`)).json()).toEqual({ status: 'ok' });
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('vagtklar_mails{state="queued"} 2');
    expect(metrics).toContain('route="/api/v1/agents",status="201"');
    expect(metrics).not.toContain(body['email']);
  });

  it('sends the security headers', async () => {
    const { headers } = await fetch(`${app.url}/log-ind`);
    const policy = headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    const cookie = headers.getSetCookie()[0]!;
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });

  it('limits anonymous requests, but not those of people who are signed in', async () => {
    const limited = await TestApp.start({ ANONYMOUS_REQUESTS_PER_MINUTE: '5' });
    try {
      const { leader } = await buildWorld(limited);
      for (let n = 0; n < 20; n += 1) expect((await leader.get('/me')).status).toBe(200);
      const statuses: number[] = [];
      for (let n = 0; n < 5; n += 1) statuses.push((await fetch(`${limited.url}/log-ind`)).status);
      expect(statuses.at(-1)).toBe(429);
      expect((await fetch(`${limited.url}/health/live`)).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });

  it('has a complete OpenAPI document, and the committed one is the same', () => {
    const document = openApiDocument(app.app);
    const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations as object).map(
        (method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`,
      ),
    );
    const routes = routeTable(app)
      .map((route) => `${route.method} ${route.path}`)
      .filter((route) => / \/(api|health)\//.test(route));
    expect(documented.sort()).toEqual(routes.sort());
    for (const operations of Object.values(document.paths))
      for (const operation of Object.values(operations as Record<string, { responses: object }>))
        expect(Object.keys(operation.responses).length).toBeGreaterThan(1);
    const file = new URL('../../docs/openapi.json', import.meta.url);
    expect(existsSync(file)).toBe(true);
    expect(JSON.parse(JSON.stringify(document))).toEqual(JSON.parse(readFileSync(file, 'utf8')));
  });

  it('speaks the language that was chosen, and remembers it', async () => {
    const browser = new Browser(app.url);
    const danish = await browser.get('/log-ind');
    expect(danish.text).toContain('<html lang="da">');
    const english = await browser.submit(danish, '/sprog');
    expect(english.text).toContain('<html lang="en">');
    expect((await browser.get('/log-ind')).text).toContain('Sign in');
    const problem = await new Api(app).get('/me', { 'accept-language': 'en-GB,en;q=0.9' });
    expect(problem.body['detail']).toBe('Sign in and try again.');
  });
});

describe('the configuration', () => {
  it('names all faults at once', () => {
    const read = () =>
      readEnv({ PORT: 'x', DATABASE_URL: 'postgres://a', MAIL_FROM: 'nobody', TZ_NAME: 'Mars' });
    expect(read).toThrow(EnvError);
    expect(read).toThrow(/4 fault/);
  });

  it('refuses production without its own secret and address, with demo data or a shared content host', () => {
    expect(() => readEnv({ NODE_ENV: 'production', DEMO_DATA: 'small' })).toThrow(
      /APP_SECRET[\s\S]*PUBLIC_URL[\s\S]*DEMO_DATA/,
    );
    const production = {
      NODE_ENV: 'production',
      APP_SECRET: 'x'.repeat(40),
      PUBLIC_URL: 'https://vagtklar.dk',
    };
    expect(() => readEnv({ ...production, CONTENT_URL: 'https://vagtklar.dk:8443' })).toThrow(
      /another host name/,
    );
    expect(readEnv({ ...production, CONTENT_URL: 'https://indhold.vagtklar.dk' }).isProduction).toBe(true);
  });

  it('is listed whole in .env.example, with the defaults', () => {
    const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
    const source = readFileSync(new URL('../../src/config/env.ts', import.meta.url), 'utf8');
    const names = [...source.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1]!);
    for (const name of new Set(names)) expect(example).toMatch(new RegExp(`^#? ?${name}=`, 'm'));
    const settings = Object.fromEntries(
      [...example.matchAll(/^([A-Z_]+)=(.*)$/gm)].map((match) => [match[1]!, match[2]!]),
    );
    expect(readEnv(settings)).toEqual(readEnv({}));
  });
});
