// The readiness board at the size of a whole country: how long a page of one municipality and 14 days takes, what publishing a
// guide to everybody does to others, and how much memory the server takes. Never part of the tests.
//   node bench/readiness.mjs [--agents=100000] [--tenth]   after `npm run build`
// With BENCH_MARIADB_URL (a server, without a database) on MariaDB, the whole and a tenth; on SQLite a tenth. `--tenth` leaves the
// whole out. The figures stand in docs/bench.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mysqlDatabases, sqliteDatabases } from './databases.mjs';
import { startProduct } from './servers.mjs';

const option = (name) => process.argv.find((text) => text.startsWith(`--${name}=`))?.split('=')[1];
const AGENTS = Number(option('agents') ?? 100_000);
const REQUESTS = Number(option('requests') ?? 30);
const SHIFTS_EACH = 20;
const GUIDES = 50;
const VERSIONS_EACH = 10;
const MUNICIPALITIES = 40;
/** So many agents a statement while seeding. */
const CHUNK = 10_000;
const DAY_MS = 86_400_000;

const today = new Date(new Date().setUTCHours(7, 0, 0, 0));
const instant = (date) => `'${date.toISOString().replace('T', ' ').replace('Z', '')}'`;
const daysFromNow = (days) => new Date(today.getTime() + days * DAY_MS);

/** What the two databases write differently. */
const DIALECTS = {
  MariaDB: {
    numbers: (from, to) => `(SELECT CAST(seq AS SIGNED) AS n FROM seq_${from}_to_${to}) k`,
    plus: (days, hours) =>
      `DATE_ADD(CAST(${instant(today)} AS DATETIME(3)), INTERVAL (${days}) * 24 + ${hours} HOUR)`,
    begin: ['SET unique_checks = 0', 'SET foreign_key_checks = 0'],
    after: (tables) => [`ANALYZE TABLE ${tables.join(', ')}`],
  },
  SQLite: {
    numbers: (from, to) =>
      `(WITH RECURSIVE q(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM q WHERE n < ${to}) SELECT n FROM q) k`,
    plus: (days, hours) =>
      `strftime('%Y-%m-%d %H:%M:%f', ${instant(today)}, ((${days}) * 24 + ${hours}) || ' hours')`,
    begin: ['PRAGMA synchronous = OFF', 'PRAGMA foreign_keys = OFF'],
    after: () => ['ANALYZE'],
  },
};

/** Fills the tables straight: agents with their employment, guides, the plan, receipts and what follows from them. */
async function seed(databases, url, agents) {
  const sql = DIALECTS[databases.name];
  const [first] = await databases.run(url, [
    `SELECT (SELECT MAX(id) FROM person) AS person, (SELECT MAX(id) FROM agent) AS agent,
            (SELECT MIN(id) FROM course WHERE audience = 'agent' AND requiredBeforeFirstShift = 1) AS course,
            (SELECT COALESCE(MAX(id), 0) FROM guide) AS guide, (SELECT COALESCE(MAX(id), 0) FROM guide_version) AS version,
            (SELECT MIN(id) FROM person WHERE emailKey = 'leder.751@vagtklar.test') AS leader`,
  ]);
  const codes = await databases.run(url, [
    `SELECT code FROM municipality ORDER BY CASE WHEN code = '751' THEN 0 ELSE 1 END, code LIMIT ${MUNICIPALITIES}`,
  ]);
  const municipality = `CASE n % ${MUNICIPALITIES} ${codes.map(({ code }, n) => `WHEN ${n} THEN '${code}'`).join(' ')} END`;
  const at = instant(daysFromNow(-400));
  const person = `${first.person} + n`;
  const agent = `${first.agent} + n`;
  // The demonstration's own guides are being spread when it is started, and would be measured with ours.
  const emptied = [
    'read_receipt',
    'reading_requirement',
    'guide_audience',
    'guide_version',
    'guide',
    'shift',
  ];
  await databases.run(url, [
    ...sql.begin,
    ...emptied.map((table) => `DELETE FROM ${table}`),
    ...guides(first, at),
  ]);
  for (let from = 1; from <= agents; from += CHUNK) {
    const to = Math.min(agents, from + CHUNK - 1);
    const numbers = sql.numbers(from, to);
    const perAgent = (count) => `${numbers}, ${sql.numbers(1, count).replace(/ k$/, ' j')}`;
    await databases.run(url, [
      ...sql.begin,
      'BEGIN',
      `INSERT INTO person (id, firstName, lastName, nameSortKey, email, emailKey, language, isDemo, createdAt, version)
        SELECT ${person}, CONCAT('Fornavn ', n % 300), CONCAT('Efternavn ', (n * 7919) % 100003),
          CONCAT('efternavn ', (n * 7919) % 100003, ' fornavn ', n % 300), CONCAT('seed.', n, '@aarhus.test'),
          CONCAT('seed.', n, '@aarhus.test'), 'da', 0, ${at}, 1 FROM ${numbers}`,
      `INSERT INTO agent (id, personId, onboardingAttendedOn, createdAt, version)
        SELECT ${agent}, ${person}, CASE WHEN n % 11 = 0 THEN NULL ELSE '2026-01-15' END, ${at}, 1 FROM ${numbers}`,
      `INSERT INTO employment (agentId, openAgentId, municipalityCode, leaderId, kind, startOn, effectiveFromOn, createdAt)
        SELECT ${agent}, ${agent}, ${municipality}, ${first.leader}, CASE WHEN n % 7 = 0 THEN 'new' ELSE 'existing' END,
          '2025-01-12', '2025-01-05', ${at} FROM ${numbers}`,
      `INSERT INTO enrolment (reference, personId, courseId, state, facts, enrolledOn, createdAt, version)
        SELECT CONCAT('seed', n), ${person}, ${first.course}, CASE WHEN n % 13 = 0 THEN 'not_started' ELSE 'completed' END,
          '{}', '2025-01-05', ${at}, 1 FROM ${numbers} WHERE n % 7 = 0`,
      receipts(first, agent, perAgent),
      requirements(first, agent, perAgent),
      'COMMIT',
    ]);
  }
  // Planned week by week, as plans are, so that the shifts of an agent lie far from each other.
  for (let i = 0; i < SHIFTS_EACH; i += 1) {
    const day = `(n * 11 + ${i * 18}) % 364 - 300`;
    await databases.run(url, [
      ...sql.begin,
      'BEGIN',
      `INSERT INTO shift (agentId, startsAt, endsAt, source, createdAt, updatedAt, version)
        SELECT ${agent}, ${sql.plus(day, 'n % 8')}, ${sql.plus(day, 'n % 8 + 6')}, 'import', ${at}, ${at}, 1
          FROM ${sql.numbers(1, agents)}`,
      'COMMIT',
    ]);
  }
  const tables =
    'person agent employment enrolment guide_version read_receipt reading_requirement shift'.split(' ');
  await databases.run(url, sql.after(tables));
}

/** Fifty guides of ten versions; the last of each is in force, the one before ended when it began. */
function guides(first, at) {
  const statements = [];
  for (let guide = 1; guide <= GUIDES; guide += 1) {
    statements.push(
      `INSERT INTO guide (id, title, createdAt, createdByPersonId, version) VALUES (${first.guide + guide}, 'Guide ${guide}', ${at}, ${first.leader}, 1)`,
    );
    for (let number = 1; number <= VERSIONS_EACH; number += 1) {
      const begins = daysFromNow(guide - 2 - GUIDES - (VERSIONS_EACH - number) * 30);
      const ends = number === VERSIONS_EACH ? null : new Date(begins.getTime() + 30 * DAY_MS);
      const isPruned = ends !== null && ends < daysFromNow(-30);
      statements.push(
        `INSERT INTO guide_version (id, guideId, number, title, changeNote, url, isMinor, urgency, minutes, audienceKind, effectiveFrom,
            publishedAt, publishedByPersonId, answeredFrom, countsFrom, appliesUntil, spreadAt, spreadUpTo, prunedAt, announcedAt)
          VALUES (${first.version + (guide - 1) * VERSIONS_EACH + number}, ${first.guide + guide}, ${number}, 'Guide ${guide}', 'Nyt gebyr',
            'https://guides.example/${guide}', 0, 'normal', 5, 'all', ${instant(begins)}, ${instant(begins)}, ${first.leader}, ${number},
            ${instant(begins)}, ${ends ? instant(ends) : 'NULL'}, ${instant(begins)}, 2000000000, ${isPruned ? instant(today) : 'NULL'}, ${at})`,
      );
    }
  }
  return statements;
}

/** A hundred an agent: nine in ten of those in force, all of the ones before, and five of those before that. */
function receipts(first, agent, perAgent) {
  const guide = 'CASE WHEN j.n <= 50 THEN j.n WHEN j.n <= 100 THEN j.n - 50 ELSE j.n - 100 END';
  const number = 'CASE WHEN j.n <= 50 THEN 10 WHEN j.n <= 100 THEN 9 ELSE 8 END';
  return `INSERT INTO read_receipt (agentId, versionId, guideId, number, readAt)
    SELECT x.a, ${first.version} + (x.g - 1) * ${VERSIONS_EACH} + x.v, ${first.guide} + x.g, x.v, ${instant(daysFromNow(-3))}
      FROM (SELECT ${agent.replace('n', 'k.n')} AS a, k.n AS k, ${guide} AS g, ${number} AS v FROM ${perAgent(105)}) x
     WHERE NOT (x.v = 10 AND (x.k + x.g) % 10 = 0)`;
}

/** Of each version that is in force, and of those that ended within the last 30 days. */
function requirements(first, agent, perAgent) {
  const kept = [];
  for (let guide = 1; guide <= GUIDES; guide += 1) if (guide - 2 - GUIDES >= -30) kept.push(guide);
  const least = kept[0] ?? GUIDES;
  const guide = `CASE WHEN j.n <= ${GUIDES} THEN j.n ELSE j.n - ${GUIDES} + ${least - 1} END`;
  return `INSERT INTO reading_requirement (agentId, versionId, dueAt, readAt)
    SELECT x.a, ${first.version} + (x.g - 1) * ${VERSIONS_EACH} + x.v, ${instant(daysFromNow(-1))},
           CASE WHEN x.v = 10 AND (x.k + x.g) % 10 = 0 THEN NULL ELSE ${instant(daysFromNow(-3))} END
      FROM (SELECT ${agent.replace('n', 'k.n')} AS a, k.n AS k, ${guide} AS g, CASE WHEN j.n <= ${GUIDES} THEN 10 ELSE 9 END AS v
              FROM ${perAgent(GUIDES + kept.length)}) x`;
}

const at = (times, share) =>
  times.toSorted((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];

async function timed(request) {
  const from = performance.now();
  const answer = await request();
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status} ${text.slice(0, 300)}`);
  return { ms: performance.now() - from, text };
}

async function measure(request, count = REQUESTS) {
  for (let n = 0; n < 5; n += 1) await timed(request);
  const times = [];
  for (let n = 0; n < count; n += 1) times.push((await timed(request)).ms);
  return { p50: at(times, 0.5), p95: at(times, 0.95) };
}

async function signIn(url, email) {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'vagtklar-demo' }),
  });
  return (await answer.json()).accessToken;
}

/** Publishes a guide to everybody as the service leaves it, and reads and writes until it has been spread. */
async function publish(databases, url, server, secretariat, leader) {
  const [{ guide, person }] = await databases.run(url, [
    'SELECT MAX(id) AS guide, MIN(createdByPersonId) AS person FROM guide',
  ]);
  const now = instant(new Date());
  await databases.run(url, [
    `INSERT INTO guide (id, title, createdAt, createdByPersonId, version) VALUES (${guide + 1}, 'Til alle', ${now}, ${person}, 1)`,
    `INSERT INTO guide_version (guideId, number, title, changeNote, url, isMinor, urgency, minutes, audienceKind, effectiveFrom,
        publishedAt, publishedByPersonId, answeredFrom, countsFrom, spreadUpTo, announcedAt)
      VALUES (${guide + 1}, 1, 'Til alle', 'Ny', 'https://guides.example/alle', 0, 'normal', 5, 'all', ${now}, ${now}, ${person}, 1, ${now}, 0, ${now})`,
  ]);
  const started = performance.now();
  let isSpread = false;
  const boards = [];
  const writes = [];
  const others = [
    until(
      () => isSpread,
      async () => boards.push((await timed(server.page(secretariat))).ms),
    ),
    until(
      () => isSpread,
      async (n) => writes.push((await timed(server.register(leader, n))).ms),
    ),
  ];
  while (!isSpread) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const [{ left }] = await databases.run(url, [
      'SELECT COUNT(*) AS `left` FROM guide_version WHERE spreadAt IS NULL',
    ]);
    isSpread = Number(left) === 0;
    if (performance.now() - started > 300_000)
      throw new Error('The guide was not spread within five minutes.');
  }
  const seconds = (performance.now() - started) / 1000;
  await Promise.all(others);
  return { seconds, boards, writes };
}

async function until(isOver, work) {
  for (let n = 0; !isOver(); n += 1) await work(n);
}

/** The measured product. */
function asMeasured(server) {
  const get = (path) => (token) => () =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
  return Object.assign(server, {
    page: get('/vagtklar?municipality=751'),
    list: get('/api/v1/readiness?municipality=751'),
    notReady: get('/api/v1/readiness?municipality=751&state=not_ready'),
    report: get('/api/v1/reports/readiness?municipality=751'),
    csv: get('/api/v1/readiness?municipality=751&format=csv'),
    everybody: get('/vagtklar'),
    register: (token, n) => () =>
      fetch(`${server.url}/api/v1/agents`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({
          firstName: 'Bente',
          lastName: `Prøve ${n}`,
          email: `bench.${process.pid}.${Date.now()}.${n}@aarhus.test`,
          startOn: daysFromNow(7).toISOString().slice(0, 10),
        }),
      }),
  });
}

async function bench(databases, agents, folder) {
  const url = await databases.make(`readiness_${agents}`);
  const own = join(folder, `${databases.name}-${agents}`);
  await (await startProduct(url, own)).stop();
  const seedFrom = performance.now();
  await seed(databases, url, agents);
  const seedSeconds = (performance.now() - seedFrom) / 1000;
  const server = asMeasured(await startProduct(url, own, { BACKGROUND_WORK: 'true' }));
  try {
    const secretariat = await signIn(server.url, 'sekretariat@vagtklar.test');
    const leader = await signIn(server.url, 'leder.751@vagtklar.test');
    const rows = {
      'page, one municipality': await measure(server.page(secretariat)),
      'page, as its leader': await measure(server.page(leader)),
      'API, one municipality': await measure(server.list(secretariat)),
      'API, not ready only': await measure(server.notReady(secretariat)),
      'CSV, one municipality': await measure(server.csv(secretariat), Math.min(10, REQUESTS)),
      'report, one municipality': await measure(server.report(secretariat)),
      'page, all municipalities': await measure(server.everybody(secretariat), Math.min(5, REQUESTS)),
    };
    const { text } = await timed(server.report(secretariat));
    const shifts = JSON.parse(text).items.reduce((sum, item) => sum + item.shifts, 0);
    const published = await publish(databases, url, server, secretariat, leader);
    return { name: databases.name, agents, shifts, seedSeconds, rows, published, memory: server.memory() };
  } finally {
    await server.stop();
  }
}

function print(results) {
  const ms = (value) => value.toFixed(0);
  const places = results.map(({ name, agents }) => `${name}, ${agents.toLocaleString('en')} agents`);
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
  line(['p50 / p95 in ms', ...places]);
  line(['---', ...places.map(() => '---')]);
  for (const what of Object.keys(results[0].rows))
    line([what, ...results.map(({ rows }) => `${ms(rows[what].p50)} / ${ms(rows[what].p95)}`)]);
  const pair = (times) => (times.length > 0 ? `${ms(at(times, 0.5))} / ${ms(at(times, 0.95))}` : '–');
  line(['page while a guide is spread', ...results.map(({ published }) => pair(published.boards))]);
  line(['registration meanwhile', ...results.map(({ published }) => pair(published.writes))]);
  line(['publishing to all, s', ...results.map(({ published }) => published.seconds.toFixed(1))]);
  line(['shifts on the board', ...results.map(({ shifts }) => shifts.toLocaleString('en'))]);
  line([
    'resident memory at the end / peak, MiB',
    ...results.map(({ memory }) => `${memory.now} / ${memory.peak}`),
  ]);
  line(['seeding, s', ...results.map(({ seedSeconds }) => seedSeconds.toFixed(0))]);
}

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-readiness-'));
const server = process.env['BENCH_MARIADB_URL'];
const mariadb = server && mysqlDatabases(server);
try {
  const results = [];
  results.push(await bench(sqliteDatabases(folder), AGENTS / 10, folder));
  if (mariadb) results.push(await bench(mariadb, AGENTS / 10, folder));
  if (mariadb && !process.argv.includes('--tenth')) results.push(await bench(mariadb, AGENTS, folder));
  print(results);
} finally {
  if (mariadb && !process.argv.includes('--keep')) await mariadb.drop();
  rmSync(folder, { recursive: true, force: true });
}
