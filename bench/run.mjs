// Registrations and signed webhooks a second and the completion report of 100,000 agents over real HTTP, round by round beside
// a bare Fastify and driver that send the same statements; on the embedded database and, with BENCH_MARIADB_URL (a server,
// without a database), on MariaDB. Never part of the tests: the figures depend on the machine, the ratios less so.
//   --quick  about a minute, with 10,000 agents     --save  writes docs/bench.md
import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format } from 'prettier';
import { mysqlDatabases, seedAgents, seedLaunches, sqliteDatabases } from './databases.mjs';
import { uploadPackages } from './uploads.mjs';
import { startBare, startProduct } from './servers.mjs';

const MARK = '<!-- measured by other benches -->';
const isQuick = process.argv.includes('--quick');
const AGENTS = isQuick ? 10_000 : 100_000;
const ROUNDS = isQuick ? 2 : 4;
const ROUND_MS = isQuick ? 1_200 : 3_000;
const WARM_UP_MS = isQuick ? 1_200 : 6_000;
const WIDTH = 32;

const load = fork(new URL('./load.mjs', import.meta.url).pathname, { stdio: 'inherit' });

/** One round of load on a server. */
async function round(place, what, ms, more = {}) {
  const cpuBefore = place.server.cpu();
  const url = what === 'commits' ? place.server.contentUrl : place.server.url;
  load.send({ url, what, ms, width: WIDTH, from: place.next, ...place.keys, ...more });
  const [answer] = await once(load, 'message');
  if (answer.error) throw new Error(answer.error);
  place.next = answer.next;
  const { times, seconds } = answer;
  return { times, seconds, cpu: place.server.cpu() - cpuBefore };
}

/** Rounds on several servers in turn, so that what else the machine does meets all of them. */
async function compare(places, what, more) {
  const results = places.map(() => []);
  // The report is one statement; what answers many small requests takes a while to be compiled.
  const warmUpMs = what === 'report' ? WARM_UP_MS / 3 : WARM_UP_MS;
  for (const place of places) await round(place, what, warmUpMs, more);
  for (let n = 0; n < ROUNDS; n += 1)
    for (const [index, place] of places.entries())
      results[index].push(await round(place, what, ROUND_MS, more));
  return results.map((rounds, index) => ({ ...summary(rounds), peak: places[index].server.memory().peak }));
}

function summary(rounds) {
  const times = rounds.flatMap((one) => one.times).sort((a, b) => a - b);
  const at = (share) => times[Math.floor(times.length * share)];
  const sum = (pick) => rounds.reduce((total, one) => total + pick(one), 0);
  return {
    // The median round: one that something else on the machine disturbed does not count.
    perSecond: median(rounds.map((one) => one.times.length / one.seconds)),
    p50: at(0.5),
    p99: at(0.99),
    cpuMs: sum((one) => one.cpu) / times.length,
  };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Makes a database with the demonstration's people and gives the keys to it. */
async function prepare(databases, name, folder) {
  const url = await databases.make(name);
  const server = await startProduct(url, folder);
  const post = async (path, body, headers = {}) => {
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const signIn = async (email) =>
    (await post('/auth/login', { email, password: 'vagtklar-demo' })).accessToken;
  const token = await signIn('leder.751@vagtklar.test');
  const secretariat = await signIn('sekretariat@vagtklar.test');
  // Every registration finds a seat, as nearly always.
  await databases.run(url, ['UPDATE onboarding_day SET capacity = 1000000']);
  const { key, secret } = await post(
    '/connections',
    { name: 'Bench', shape: 'own' },
    { authorization: `Bearer ${secretariat}` },
  );
  return { url, server, next: 0, keys: { token, secretariat, key, secret } };
}

/** The bare server in place of the product, on a database that the product has made. */
async function asBare(place) {
  const server = await startBare(place.url, { [place.keys.key]: place.keys.secret });
  return { ...place, server };
}

async function readReferences(databases, place, count) {
  const rows = await databases.run(place.url, [`SELECT reference FROM enrolment ORDER BY id`]);
  const step = Math.max(1, Math.floor(rows.length / count));
  place.keys.references = rows.filter((_, index) => index % step === 0).map((row) => row.reference);
}

/** Reads the whole CSV, counts its lines, and how much memory the server had before and at its peak. */
async function exportCsv(place) {
  place.server.forgetPeak();
  const before = place.server.memory().now;
  const cpuBefore = place.server.cpu();
  const started = performance.now();
  const answer = await fetch(`${place.server.url}/api/v1/reports/completions?format=csv`, {
    headers: { authorization: `Bearer ${place.keys.secretariat}` },
  });
  let lines = 0;
  for await (const part of answer.body) for (const byte of part) if (byte === 10) lines += 1;
  const ms = performance.now() - started;
  if (lines < AGENTS) throw new Error(`The export holds ${lines} lines.`);
  return { ms, lines, before, peak: place.server.memory().peak, cpu: place.server.cpu() - cpuBefore };
}

async function compareExports(places) {
  const results = places.map(() => []);
  for (const place of places) await exportCsv(place);
  for (let n = 0; n < (isQuick ? 2 : 3); n += 1)
    for (const [index, place] of places.entries()) results[index].push(await exportCsv(place));
  return results.map((runs) => ({
    ms: median(runs.map((run) => run.ms)),
    cpu: median(runs.map((run) => run.cpu)),
    before: runs[0].before,
    peak: Math.max(...runs.map((run) => run.peak)),
    lines: runs[0].lines,
  }));
}

async function bench(databases, folder, report) {
  const started = [];
  const keep = (place) => (started.push(place.server), place);
  try {
    const [full, empty, other] = [
      keep(await prepare(databases, 'full', folder)),
      keep(await prepare(databases, 'empty', folder)),
      await prepare(databases, 'bare', folder),
    ];
    await other.server.stop();
    const bare = keep(await asBare(other));
    const seedingFrom = performance.now();
    await seedAgents(databases, full.url, AGENTS);
    report.seeded(databases.name, performance.now() - seedingFrom);
    const bareFull = await asBare(full);
    try {
      const more = { query: '?limit=50', width: 4 };
      const page = await compare([full, bareFull], 'report', more);
      report.rate('completion report, first page', databases.name, page);
      report.csv(databases.name, await compareExports([full, bareFull]));
    } finally {
      await bareFull.server.stop();
    }
    const names = {
      registrations: 'registration',
      webhooks: 'signed webhook',
      commits: 'commit of the player',
    };
    for (const what of Object.keys(names)) {
      for (const place of [empty, bare, full]) {
        if (what === 'commits') place.keys.tokens = await seedLaunches(databases, place.url, 2 * WIDTH);
        else await readReferences(databases, place, 2000);
      }
      const [product, limit, atFull] = await compare([empty, bare, full], what);
      report.rate(names[what], databases.name, [product, limit]);
      report.full(names[what], databases.name, product, atFull);
    }
    report.upload(databases.name, await uploadPackages(empty, isQuick ? 20 : 100));
  } finally {
    for (const server of started) await server.stop();
    await databases.drop();
  }
}

/** Collects the lines of the tables, and prints each as soon as it is known. */
function makeReport() {
  const lines = { rates: [], full: [], csv: [], upload: [], seeds: [] };
  const add = (table, cells) => {
    const line = `| ${cells.join(' | ')} |`;
    lines[table].push(line);
    console.log(line);
  };
  const rate = (value) => (value < 100 ? value.toFixed(1) : String(Math.round(value)));
  return {
    lines,
    seeded(database, ms) {
      lines.seeds.push(`${database} ${(ms / 1000).toFixed(1)} s`);
      console.log(`seeded ${AGENTS} agents: ${lines.seeds.at(-1)}`);
    },
    rate: (what, database, [product, bare]) =>
      add('rates', [
        what,
        database,
        rate(product.perSecond),
        rate(bare.perSecond),
        (product.perSecond / bare.perSecond).toFixed(2),
        `${product.p50.toFixed(1)} / ${bare.p50.toFixed(1)}`,
        `${product.p99.toFixed(1)} / ${bare.p99.toFixed(1)}`,
        `${product.cpuMs.toFixed(2)} / ${bare.cpuMs.toFixed(2)}`,
        `${product.peak} / ${bare.peak}`,
      ]),
    full: (what, database, empty, full) =>
      add('full', [
        what,
        database,
        rate(empty.perSecond),
        rate(full.perSecond),
        (full.perSecond / empty.perSecond).toFixed(2),
        `${empty.cpuMs.toFixed(2)} / ${full.cpuMs.toFixed(2)}`,
      ]),
    upload: (database, { megabytes, files, seconds, before, peak }) =>
      add('upload', [
        database,
        megabytes,
        files,
        seconds.map((one) => one.toFixed(1)).join(', '),
        `${before} → ${peak}`,
      ]),
    csv: (database, [product, bare]) =>
      add('csv', [
        database,
        product.lines - 1,
        (product.ms / 1000).toFixed(2),
        (bare.ms / 1000).toFixed(2),
        (product.ms / bare.ms).toFixed(2),
        `${product.before} → ${product.peak}`,
        `${bare.before} → ${bare.peak}`,
      ]),
  };
}

const HEADS = {
  rates: [
    'what',
    'database',
    'product/s',
    'bare/s',
    'ratio',
    'p50 ms',
    'p99 ms',
    'CPU ms a request',
    'peak RSS MiB',
  ],
  full: ['what', 'database', 'empty/s', `${AGENTS} agents/s`, 'ratio', 'CPU ms a request'],
  upload: ['database', 'MB', 'files', 'seconds, one after the other', 'RSS MiB'],
  csv: ['database', 'rows', 'product s', 'bare s', 'times', 'product RSS MiB', 'bare RSS MiB'],
};
const table = (name, lines) =>
  [`| ${HEADS[name].join(' | ')} |`, `|${' --- |'.repeat(HEADS[name].length)}`, ...lines].join('\n');

function document({ lines }) {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  return `# Bench

\`npm run bench\` (with \`BENCH_MARIADB_URL=mysql://user@server:3306\` also on MariaDB; \`--quick\` for a minute, \`--save\` writes this
page). Last run: ${new Date().toISOString().slice(0, 10)}, commit ${commit}, ${WIDTH} connections, ${ROUNDS} rounds of
${ROUND_MS / 1000} s each in turn, Node ${process.versions.node}, client and database on the same two cores.

_Bare_ is a plain Fastify with the driver (\`bench/bare-server.mjs\`) that sends the statements the work cannot do without, in the
same transactions and with the same durability, one commit each and with the driver's own settings. Ratios above 1 on SQLite come
from shared commits (ADR 0010) and a larger page cache. Pairs are product / bare.

## Rates

${table('rates', lines.rates)}

## With ${AGENTS} agents against an empty database

${table('full', lines.full)}

Seeding took: ${lines.seeds.join(', ')}.

## The whole report as CSV

Resident memory before the first export and at the peak of all of them.

${table('csv', lines.csv)}

## Uploading a package

Receiving, checking and unpacking; resident memory before the first upload and at the peak of all of them.

${table('upload', lines.upload)}
`;
}

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-bench-'));
const report = makeReport();
try {
  const url = process.env.BENCH_MARIADB_URL;
  if (process.env.BENCH_ONLY !== 'MariaDB') await bench(sqliteDatabases(folder), folder, report);
  if (url && process.env.BENCH_ONLY !== 'SQLite') await bench(mysqlDatabases(url), folder, report);
  for (const name of Object.keys(HEADS)) console.log(`\n${table(name, report.lines[name])}`);
  if (process.argv.includes('--save')) {
    const page = new URL('../docs/bench.md', import.meta.url);
    // What other benches have measured stands behind the mark.
    const [, others = ''] = readFileSync(page, 'utf8').split(MARK);
    const text = `${document(report)}\n${MARK}${others}`;
    writeFileSync(page, await format(text, { parser: 'markdown', printWidth: 110 }));
  }
} finally {
  load.kill();
  rmSync(folder, { recursive: true, force: true });
}
