// Registrations and signed webhooks a second over real HTTP, on the embedded database and, with BENCH_MARIADB_URL (an empty
// database), on MariaDB. Never part of the tests: the figures depend on the machine.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Webhook } from 'standardwebhooks';

const REGISTRATIONS = Number(process.env.BENCH_REGISTRATIONS ?? 2000);
const WEBHOOKS = Number(process.env.BENCH_WEBHOOKS ?? 5000);

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function startServer(databaseUrl, folder) {
  const port = await freePort();
  const child = spawn(process.execPath, ['dist/main.js'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      DATABASE_URL: databaseUrl,
      MAIL_DIR: join(folder, 'mail'),
      DEMO_DATA: 'small',
      LOG_LEVEL: 'fatal',
      PORT: String(port),
      BACKGROUND_WORK: 'false',
    },
  });
  for await (const line of createInterface({ input: child.stdout })) if (line.includes('is ready')) break;
  child.stdout.resume();
  return { child, url: `http://127.0.0.1:${port}/api/v1` };
}

/** Runs `total` calls, `width` at a time; milliseconds of each. */
async function measure(total, width, call) {
  const times = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: width }, async () => {
      while (next < total) {
        const n = next++;
        const from = performance.now();
        await call(n);
        times.push(performance.now() - from);
      }
    }),
  );
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)].toFixed(1);
  return {
    perSecond: Math.round((total / (performance.now() - started)) * 1000),
    p50: at(0.5),
    p99: at(0.99),
  };
}

async function bench(name, databaseUrl, folder) {
  const { child, url } = await startServer(databaseUrl, folder);
  const post = async (path, body, headers = {}) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const answer = await fetch(url + path, {
      method: 'POST',
      body: text,
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const signIn = async (email) => ({
    authorization: `Bearer ${(await post('/auth/login', { email, password: 'vagtklar-demo' })).accessToken}`,
  });
  const leader = await signIn('leder.751@vagtklar.test');
  const host = await post(
    '/connections',
    { name: 'Bench', shape: 'own' },
    await signIn('sekretariat@vagtklar.test'),
  );
  const agent = (n) => ({
    firstName: 'Bench',
    lastName: `Agent ${n}`,
    email: `bench.${n}@aarhus.test`,
    startOn: '2099-01-05',
  });
  const registrations = await measure(REGISTRATIONS, 16, (n) => post('/agents', agent(n), leader));

  const page = await (await fetch(`${url}/enrolments?limit=200`, { headers: leader })).json();
  const webhook = new Webhook(host.secret);
  const webhooks = await measure(WEBHOOKS, 32, (n) => {
    const { reference } = page.items[n % page.items.length];
    const text = JSON.stringify({
      type: 'course.progressed',
      occurredAt: new Date().toISOString(),
      enrolment: reference,
    });
    const at = new Date();
    return post(`/webhooks/completions/${host.key}`, text, {
      'webhook-id': `bench-${n}`,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': webhook.sign(`bench-${n}`, at, text),
    });
  });
  child.kill('SIGTERM');
  for (const [what, figures] of Object.entries({ registrations, webhooks }))
    console.log(`| ${name} | ${what} | ${figures.perSecond} | ${figures.p50} | ${figures.p99} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-bench-'));
console.log('| database | what | per second | p50 ms | p99 ms |\n| --- | --- | --- | --- | --- |');
await bench('SQLite', `sqlite:${join(folder, 'bench.db')}`, folder);
if (process.env.BENCH_MARIADB_URL) await bench('MariaDB', process.env.BENCH_MARIADB_URL, folder);
rmSync(folder, { recursive: true, force: true });
