import { localDateOf } from '../../src/common/local-date.js';
import { UnitOfWork } from '../../src/database/unit-of-work.js';
import { MailDispatcher } from '../../src/modules/notifications/index.js';
import { Api, PASSWORD, signIn } from '../support/api.js';
import { addPerson, anAgent, buildWorld, unique } from '../support/builders.js';
import { Browser } from '../support/browser-less.js';
import { lastLink } from '../support/captured.js';
import { TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;

describe('signing in', () => {
  let app: TestApp;
  let anonymous: Api;

  beforeAll(async () => {
    app = await TestApp.start();
    await buildWorld(app);
    anonymous = new Api(app);
  });
  afterAll(() => app.stop());

  const newUser = async (roles: ('leader' | 'secretariat')[] = ['leader']) => {
    const email = `bruger.${unique()}@ddh.test`;
    await app.get(UnitOfWork).run((tx) => addPerson(app, tx, email, roles, '751'));
    return email;
  };
  const login = (email: string, password = PASSWORD) => anonymous.post('/auth/login', { email, password });

  it('gives a token that opens what the role may see', async () => {
    const { status, body } = await login(await newUser());
    expect(status).toBe(200);
    expect(body).toMatchObject({
      expiresIn: 900,
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
    });
    const me = await new Api(app, body['accessToken']).get('/me');
    expect(me.body).toMatchObject({ roles: ['leader'], municipalityCodes: ['751'] });
  });

  it('refuses a wrong password and an unknown address with the same words', async () => {
    const wrong = await login(await newUser(), 'not the password');
    const unknown = await login(`nobody.${unique()}@ddh.test`, 'not the password');
    expect(wrong.status).toBe(401);
    expect(unknown.text).toBe(wrong.text);
  });

  it.each([
    {},
    { email: 'x' },
    { email: { $ne: 1 }, password: 0 },
    { email: 'a@b.dk', password: 'x', role: 'secretariat' },
  ])('names the fault of %j', async (body) => {
    expect((await anonymous.post('/auth/login', body)).status).toBe(400);
  });

  it('throttles guessing at one account, tells when to come back, and then lets the owner in', async () => {
    const email = await newUser();
    for (let n = 0; n < 10; n += 1) expect((await login(email, 'wrong')).status).toBe(401);
    const blocked = await login(email);
    expect(blocked).toMatchObject({ status: 429, body: { code: 'too_many_sign_ins' } });
    expect(Number(blocked.headers.get('retry-after'))).toBeGreaterThan(0);
    app.clock.advance(HOUR);
    expect((await login(email)).status).toBe(200);
  });

  it('does not let one address lock an account for all others', async () => {
    const email = await newUser();
    for (let n = 0; n < 70; n += 1) await login(email, 'wrong');
    const [row] = await app.rows<{ most: number }>('SELECT MAX(failures) AS most FROM sign_in_counter');
    expect(row!.most).toBeGreaterThan(50);
    for (let n = 0; n < 20; n += 1) await anonymous.post('/auth/links', { email });
    // From the same address nothing goes any more, but the account's own counter stands far below its limit of 50.
    const counters = await app.rows<{ failures: number }>(
      'SELECT failures FROM sign_in_counter ORDER BY id DESC LIMIT 6',
    );
    expect(counters.map((counter) => counter.failures)).toContain(10);
    expect((await login(email)).status).toBe(429);
    app.clock.advance(HOUR);
  });

  it('counts guesses that come all at once', async () => {
    const email = await newUser();
    const answers = await Promise.all(Array.from({ length: 30 }, () => login(email, 'wrong')));
    expect(answers.filter((answer) => answer.status === 401).length).toBe(10);
  });

  it('rotates refresh tokens, and ends the session when one is used twice', async () => {
    const { body: first } = await login(await newUser());
    const { body: second } = await anonymous.post('/auth/refresh', { refreshToken: first['refreshToken'] });
    expect((await new Api(app, second['accessToken']).get('/me')).status).toBe(200);
    expect((await anonymous.post('/auth/refresh', { refreshToken: first['refreshToken'] })).status).toBe(401);
    expect((await new Api(app, second['accessToken']).get('/me')).status).toBe(401);
    expect((await anonymous.post('/auth/refresh', { refreshToken: second['refreshToken'] })).status).toBe(
      401,
    );
  });

  it('gives one pair when a refresh token is used by many at once', async () => {
    const { body } = await login(await newUser());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        anonymous.post('/auth/refresh', { refreshToken: body['refreshToken'] }),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
  });

  it('ends with the access token, with signing out, and with a wrong signature', async () => {
    const api = await signIn(app, await newUser());
    const [head, payload] = api.token!.split('.');
    expect((await new Api(app, `${head}.${payload}.AAAA`).get('/me')).status).toBe(401);
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    expect((await new Api(app, `${none}.${payload}.`).get('/me')).status).toBe(401);
    expect((await api.post('/auth/logout')).status).toBe(204);
    expect((await api.get('/me')).status).toBe(401);
    const other = await signIn(app, await newUser());
    app.clock.advance(HOUR);
    expect((await other.get('/me')).status).toBe(401);
  });

  it('mails a sign-in link that works once, for 15 minutes, and only by the button', async () => {
    const email = await newUser();
    expect((await anonymous.post('/auth/links', { email })).status).toBe(202);
    const path = await lastLink(app, email);
    for (let n = 0; n < 3; n += 1) expect((await fetch(app.url + path)).status).toBe(200);
    const browser = new Browser(app.url);
    const page = await browser.get(path);
    const home = await browser.submit(page, path);
    expect(home.url).toBe('/');
    const again = await new Browser(app.url).visitAndSubmit(path);
    expect(again.status).toBe(200);
    expect(again.text).toContain('Linket virker ikke længere');

    await anonymous.post('/auth/links', { email });
    const late = await lastLink(app, email);
    app.clock.advance(16 * 60_000);
    expect((await new Browser(app.url).get(late)).text).toContain('Linket virker ikke længere');
  });

  it('answers alike whether there is an account or not, and mails at most five links an hour', async () => {
    const email = await newUser();
    const known = await anonymous.post('/auth/links', { email });
    const unknown = await anonymous.post('/auth/links', { email: `nobody.${unique()}@ddh.test` });
    expect(unknown.text).toBe(known.text);
    expect(unknown.status).toBe(known.status);
    for (let n = 0; n < 7; n += 1) await anonymous.post('/auth/links', { email });
    expect(await app.count('mail', `toAddress = '${email}'`)).toBe(5);
  });

  it('lets a new password be chosen by a reset link, which ends every other session', async () => {
    const email = await newUser();
    const before = await signIn(app, email);
    await anonymous.post('/auth/password-resets', { email });
    const path = await lastLink(app, email);
    const browser = new Browser(app.url);
    const weak = await browser.submit(await browser.get(path), path, {
      password: 'short',
      repeated: 'short',
    });
    expect(weak.text).toContain('Skriv mindst 12 tegn');
    const different = await browser.submit(weak, path, {
      password: 'a good long password',
      repeated: 'another long one',
    });
    expect(different.text).toContain('ikke ens');
    const home = await browser.submit(different, path, {
      password: 'a good long password',
      repeated: 'a good long password',
    });
    expect(home.text).toContain('Din adgangskode er gemt');
    expect((await before.get('/me')).status).toBe(401);
    expect((await login(email)).status).toBe(401);
    expect((await login(email, 'a good long password')).status).toBe(200);
  });

  it('invites a leader, who chooses a password and comes in', async () => {
    const email = `ny.leder.${unique()}@ddh.test`;
    const user = { firstName: 'Ny', lastName: 'Leder', email, roles: ['leader'], municipalityCode: '791' };
    // The clock moves in these tests, so everybody signs in anew.
    const leader = await signIn(app, 'leder.751@ddh.test');
    const secretariat = await signIn(app, 'sekretariat@ddh.test');
    expect((await leader.post('/users', user)).status).toBe(403);
    expect((await secretariat.post('/users', user)).status).toBe(201);
    expect((await secretariat.post('/users', user)).body['code']).toBe('email_taken');
    const path = await lastLink(app, email);
    const browser = new Browser(app.url);
    await browser.submit(await browser.get(path), path, { password: PASSWORD, repeated: PASSWORD });
    const me = (await (await signIn(app, email)).get('/me')).body;
    expect(me).toMatchObject({ roles: ['leader'], municipalityCodes: ['791'] });
    const [municipality] = await app.rows<{ primaryLeaderId: number }>(
      "SELECT primaryLeaderId FROM municipality WHERE code = '791'",
    );
    expect(municipality!.primaryLeaderId).toBe(me['personId']);
  });

  describe('by the personal link of a mail', () => {
    const register = async () => {
      const leader = await signIn(app, 'leder.751@ddh.test');
      const { body } = await leader.post('/agents', anAgent());
      await app.get(MailDispatcher).run();
      return { agent: body, path: await lastLink(app, body['email'] as string) };
    };

    it('is not begun by opening it, and reaches learning only', async () => {
      const { agent, path } = await register();
      const sessions = await app.count('session');
      for (let n = 0; n < 5; n += 1) await fetch(app.url + path);
      expect(await app.count('session')).toBe(sessions);
      const browser = new Browser(app.url);
      const mine = await browser.visitAndSubmit(path);
      expect(mine.url).toBe('/mit');
      expect(mine.text).toContain('Du er ikke klar til din første vagt endnu');
      expect((await browser.get('/rapporter')).status).toBe(403);
      expect((await browser.get(`/api/v1/agents/${agent['id']}`)).status).toBe(200);
      expect((await browser.get('/api/v1/onboarding-days')).status).toBe(403);
    });

    it('works again within 30 days, and offers a fresh one after that', async () => {
      const { agent, path } = await register();
      for (let n = 0; n < 2; n += 1)
        expect((await new Browser(app.url).visitAndSubmit(path)).url).toBe('/mit');
      app.clock.advance(31 * 24 * HOUR);
      const browser = new Browser(app.url);
      const expired = await browser.get(path);
      expect(expired.text).toContain('Linket var gyldigt i 30 dage');
      const renewed = await browser.submit(expired, `${path}/nyt-link`);
      expect(renewed.text).toContain('Vi har sendt et nyt link');
      const fresh = await lastLink(app, agent['email'] as string);
      expect(fresh).not.toBe(path);
      expect((await new Browser(app.url).visitAndSubmit(fresh)).url).toBe('/mit');
    });

    it('can be withdrawn by the leader, with the sessions it opened', async () => {
      const { agent, path } = await register();
      const browser = new Browser(app.url);
      expect((await browser.visitAndSubmit(path)).url).toBe('/mit');
      const leader = new Browser(app.url);
      const login = await leader.get('/log-ind');
      await leader.submit(login, '/log-ind', { email: 'leder.751@ddh.test', password: PASSWORD });
      const page = await leader.get(`/agenter/${agent['id']}`);
      const done = await leader.submit(page, `/agenter/${agent['id']}/link/tilbagekald`);
      expect(done.text).toContain('virker ikke længere');
      expect((await browser.get('/mit')).url).toBe('/log-ind');
      expect((await new Browser(app.url).get(path)).text).toContain('trukket tilbage');
    });

    it('lives 30 days from the day on which it is mailed', async () => {
      const leader = await signIn(app, 'leder.751@ddh.test');
      const welcomeOn = localDateOf(new Date(app.clock.now().getTime() + 45 * 24 * HOUR));
      const { body } = await leader.post('/agents', anAgent({ welcomeOn }));
      app.clock.advance(46 * 24 * HOUR);
      const path = await lastLink(app, body['email'] as string);
      expect((await new Browser(app.url).visitAndSubmit(path)).url).toBe('/mit');
    });

    it('says the same about every token that never was', async () => {
      expect((await new Browser(app.url).get('/v/nothing')).text).toContain('Linket findes ikke');
    });
  });
});

describe('forms', () => {
  it('are refused without the token, with a foreign one, and from a foreign page', async () => {
    const app = await TestApp.start();
    try {
      await buildWorld(app);
      const browser = new Browser(app.url);
      const page = await browser.get('/log-ind');
      const fields = { email: 'leder.751@ddh.test', password: PASSWORD };
      expect((await browser.post('/log-ind', fields)).status).toBe(403);
      expect((await browser.post('/log-ind', { ...fields, _csrf: 'f'.repeat(64) })).status).toBe(403);
      const other = await new Browser(app.url).get('/log-ind');
      expect((await browser.post('/log-ind', { ...fields, _csrf: other.csrf })).status).toBe(403);
      const foreign = { origin: 'https://evil.test' };
      expect((await browser.post('/log-ind', { ...fields, _csrf: page.csrf }, foreign)).status).toBe(403);
      const own = { origin: 'http://localhost:3000' };
      expect((await browser.post('/log-ind', { ...fields, _csrf: page.csrf }, own)).status).toBe(303);
      expect((await browser.post('/agenter/ny', anAgent() as Record<string, string>)).status).toBe(403);
    } finally {
      await app.stop();
    }
  });

  it('do not lead to another site after signing in', async () => {
    const app = await TestApp.start();
    try {
      await buildWorld(app);
      for (const til of ['//evil.test', 'https://evil.test', '/\\evil.test', 'javascript:alert(1)']) {
        const browser = new Browser(app.url);
        const page = await browser.get(`/log-ind?til=${encodeURIComponent(til)}`);
        const fields = { email: 'leder.751@ddh.test', password: PASSWORD, _til: til, _csrf: page.csrf };
        expect((await browser.post('/log-ind', fields)).location).toBe('/');
      }
    } finally {
      await app.stop();
    }
  });
});
