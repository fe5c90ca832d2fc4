// A shift plan of a million rows, over real HTTP: how long it takes to its preview and to its end, how much memory the server
// needs for it, and how long others wait meanwhile. `node bench/shift-import.mjs [rows] [mariadb]` after `npm run build`;
// with BENCH_MARIADB_URL=mysql://user@server:3306 also on MariaDB, or only there.
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import writeExcelFile from 'write-excel-file/node';
import { mysqlDatabases, seedAgents, sqliteDatabases } from './databases.mjs';
import { startProduct } from './servers.mjs';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const AGENTS = Math.max(1, Math.min(10_000, ROWS / 100));
const SHEET_ROWS = Math.min(50_000, ROWS);
const DAY_MS = 86_400_000;
/** A sign-in lasts a quarter of an hour, and a large import may take longer. */
const SIGNED_IN_MS = 600_000;

const folder = await mkdtemp(join(tmpdir(), 'vagtklar-bench-'));
const mariadb = process.env.BENCH_MARIADB_URL;
const places = process.argv[3] === 'mariadb' ? [] : [sqliteDatabases(folder)];
if (mariadb) places.push(mysqlDatabases(mariadb));
for (const databases of places) {
  try {
    await measure(databases);
  } finally {
    await databases.drop();
  }
}
await rm(folder, { recursive: true });

async function measure(databases) {
  const url = await databases.make('shifts');
  const server = await startProduct(url, folder);
  try {
    const api = await signIn(server);
    // What seeding refers to.
    await api('POST', '/connections', JSON.stringify({ name: 'Bench', shape: 'own' }), {
      'content-type': 'application/json',
    });
    await seedAgents(databases, url, AGENTS);
    await databases.run(url, [`UPDATE agent SET phoneSystemId = CONCAT('BENCH-', id)`]);
    const agents = await databases.run(url, [
      `SELECT phoneSystemId AS id FROM agent ORDER BY id DESC LIMIT ${AGENTS}`,
    ]);
    for (const [name, shift] of [
      ['first', 0],
      ['same again', 0],
      ['half moved', 60],
    ]) {
      const file = await plan(agents, shift);
      console.log(
        databases.name,
        'CSV',
        name,
        JSON.stringify(await importPlan(server, api, createReadStream(file), 'text/csv', name === 'first')),
      );
    }
    const sheet = await workbook(agents);
    const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    console.log(databases.name, 'XLSX', JSON.stringify(await importPlan(server, api, sheet, type, true)));
  } finally {
    await server.stop();
  }
}

async function signIn(server) {
  let accessToken;
  let signedInAt = -Infinity;
  const token = async () => {
    if (performance.now() - signedInAt < SIGNED_IN_MS) return accessToken;
    const answer = await fetch(`${server.url}/api/v1/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'sekretariat@vagtklar.test', password: 'vagtklar-demo' }),
    });
    ({ accessToken } = await answer.json());
    signedInAt = performance.now();
    return accessToken;
  };
  return async (method, path, body, headers = {}) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await token()}`, ...headers },
      ...(body && { body, duplex: 'half' }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
}

/** Rows of one agent after the other would be too easy: they come day by day. */
async function plan(agents, movedBy) {
  const file = join(folder, 'plan.csv');
  const out = createWriteStream(file);
  out.write('Telefon-id;Dato;Fra;Til\r\n');
  for (let n = 0; n < ROWS; n += 1) {
    const date = new Date(Date.UTC(2027, 0, 1) + Math.floor(n / agents.length) * DAY_MS)
      .toISOString()
      .slice(0, 10);
    const start = 480 + (n % 2 ? movedBy : 0);
    if (!out.write(`${agents[n % agents.length].id};${date};${clock(start)};${clock(start + 450)}\r\n`))
      await new Promise((resolve) => out.once('drain', resolve));
  }
  await new Promise((resolve) => out.end(resolve));
  return file;
}

async function workbook(agents) {
  const rows = Array.from({ length: SHEET_ROWS }, (_, n) => [
    { value: agents[n % agents.length].id, type: String },
    {
      value: new Date(Date.UTC(2028, 0, 1 + Math.floor(n / agents.length))),
      type: Date,
      format: 'dd-mm-yyyy',
    },
    { value: '08:00', type: String },
    { value: '15:30', type: String },
  ]);
  const head = ['Telefon-id', 'Dato', 'Fra', 'Til'].map((value) => ({ value, type: String }));
  return writeExcelFile([head, ...rows]).toBuffer();
}

async function importPlan(server, api, body, type, writes) {
  server.forgetPeak();
  const before = server.memory().now;
  const others = watch(api);
  const started = performance.now();
  const seconds = () => Number(((performance.now() - started) / 1000).toFixed(1));
  let job = await api('POST', '/shift-imports', body, { 'content-type': type });
  job = await follow(api, job, ['reading', 'comparing']);
  const result = {
    rows: job.total,
    preview: seconds(),
    ...job.differences,
    mib: { before, preview: server.memory().peak },
  };
  if (job.state !== 'ready') throw new Error(JSON.stringify(job));
  if (writes || job.changes > 0) {
    job = await follow(api, await api('POST', `/shift-imports/${job.id}/commits`), ['committing']);
    Object.assign(result, { written: seconds(), state: job.state });
    result.mib.written = server.memory().peak;
  }
  return { ...result, othersMs: await others() };
}

async function follow(api, job, states) {
  for (let now = job; ; now = await api('GET', `/shift-imports/${job.id}`)) {
    if (!states.includes(now.state)) return now;
    await wait(500);
  }
}

/** How long somebody else waits who looks at the plan meanwhile. */
function watch(api) {
  const times = [];
  let ends = false;
  const asking = (async () => {
    while (!ends) {
      const started = performance.now();
      await api('GET', '/shifts?from=2027-01-10&limit=50');
      times.push(performance.now() - started);
      await wait(100);
    }
  })();
  return async () => {
    ends = true;
    await asking;
    times.sort((a, b) => a - b);
    const at = (share) => Math.round(times[Math.floor((times.length - 1) * share)]);
    return { median: at(0.5), p99: at(0.99), most: at(1) };
  };
}

function clock(minutes) {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
