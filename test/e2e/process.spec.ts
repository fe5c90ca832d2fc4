import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Api, signIn } from '../support/api.js';
import { anAgent } from '../support/builders.js';
import { ServerProcess } from '../support/server-process.js';
import { createTestDatabase } from '../support/test-database.js';
import type { TestApp } from '../support/test-app.js';

const run = promisify(execFile);

describe('the built server', () => {
  it('starts from an empty database with demo data, serves, finishes what is under way and ends', async () => {
    const database = await createTestDatabase();
    const server = await ServerProcess.start(database);
    const app = { url: server.url } as TestApp;
    for (const email of ['sekretariat', 'leder.751', 'leder.615', 'leder.791', 'agent'])
      expect((await (await signIn(app, `${email}@vagtklar.test`, 'vagtklar-demo')).get('/me')).status).toBe(
        200,
      );
    const secretariat = await signIn(app, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    const { totals } = (await secretariat.get('/reports/completions')).body;
    expect(totals.total).toBe(30);
    const underWay = Promise.all(
      Array.from({ length: 20 }, () => secretariat.get('/reports/completions?format=csv')),
    );
    const answers = await underWay;
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(await server.stop()).toBe(0);

    // A second start finds everything as it was and adds nothing.
    const again = await ServerProcess.start(database);
    const later = await signIn({ url: again.url } as TestApp, 'sekretariat@vagtklar.test', 'vagtklar-demo');
    expect((await later.get('/reports/completions')).body['totals']).toEqual(totals);
    await again.stop();
    await database.drop();
  });

  it('logs requests by their pattern, and nobody by name, address or token', async () => {
    const database = await createTestDatabase();
    const server = await ServerProcess.start(database, { LOG_LEVEL: 'trace' });
    const leader = await signIn({ url: server.url } as TestApp, 'leder.751@vagtklar.test', 'vagtklar-demo');
    const { body } = await leader.post(
      '/agents',
      anAgent({ firstName: 'Hemmelig', email: 'hemmelig@aarhus.test' }),
    );
    await leader.get(`/agents?q=hemmelig`);
    await leader.post('/agents', { email: 'hemmelig', firstName: 5 });
    await fetch(`${server.url}/v/et-hemmeligt-token`);
    await fetch(`${server.url}/api/v1/agents/1/calendar.ics?token=et-hemmeligt-token`);
    await fetch(`${server.url}/api/v1/onboarding-days.ics?token=et-hemmeligt-token`);
    expect(body['firstName']).toBe('Hemmelig');
    await server.stop();
    const log = server.said();
    expect(log).toContain('"route":"/v/:token"');
    expect(log).toContain('"route":"/api/v1/agents"');
    expect(log).not.toMatch(/hemmelig/i);
    expect(log).not.toContain(leader.token);
    await database.drop();
  });

  it('says all faults of its configuration at once and does not start', async () => {
    const failing = run(process.execPath, ['dist/main.js'], {
      env: { PORT: 'x', MAIL_FROM: 'y', LOG_LEVEL: 'z' },
    });
    await expect(failing).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('3 fault(s)') });
  });

  it('refuses production on a database with demo accounts', async () => {
    const database = await createTestDatabase();
    await (await ServerProcess.start(database)).stop();
    const production = {
      NODE_ENV: 'production',
      DEMO_DATA: 'none',
      APP_SECRET: 'a'.repeat(40),
      PUBLIC_URL: 'http://localhost:1',
    };
    await expect(ServerProcess.start(database, production)).rejects.toThrow('demonstration accounts');
    await database.drop();
  });

  it('makes the first user from the command line, beside a running server', async () => {
    const database = await createTestDatabase();
    const server = await ServerProcess.start(database);
    const cli = (...args: string[]) =>
      run(process.execPath, ['dist/cli/main.js', ...args], {
        env: { PATH: process.env['PATH'] ?? '', DATABASE_URL: database.url },
      });
    const user = [
      '--email',
      'ny@aarhus.test',
      '--first-name',
      'Ny',
      '--last-name',
      'Bruger',
      '--municipality',
      '751',
    ];
    const { stdout } = await cli('create-user', ...user);
    expect(stdout).toContain('ny@aarhus.test');
    await expect(cli('create-user', ...user)).rejects.toMatchObject({ code: 1 });
    await expect(cli('create-user', '--email', 'x')).rejects.toMatchObject({ code: 2 });
    const secretariat = await signIn(
      { url: server.url } as TestApp,
      'sekretariat@vagtklar.test',
      'vagtklar-demo',
    );
    const { items } = (await secretariat.get('/mails?to=ny@aarhus.test')).body;
    expect(items).toMatchObject([{ template: 'invitation' }]);
    expect((await new Api({ url: server.url }).get('/me')).status).toBe(401);
    await server.stop();
    await database.drop();
  });
});
