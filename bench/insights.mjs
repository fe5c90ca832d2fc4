// Insights at the size of a whole country: how long each takes when it is reckoned anew and when it is served again, how long others
// wait meanwhile, and how much memory the server takes. Never part of the tests.
//   node bench/insights.mjs [--agents=100000] [--tenth]   after `npm run build`
// With BENCH_MARIADB_URL (a server, without a database) on MariaDB, the whole and a tenth; on SQLite a tenth. `--tenth` leaves the
// whole out. The figures stand in docs/bench.md.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mysqlDatabases, sqliteDatabases } from './databases.mjs';
import { startProduct } from './servers.mjs';

const option = (name) => process.argv.find((text) => text.startsWith(`--${name}=`))?.split('=')[1];
const AGENTS = Number(option('agents') ?? 100_000);
const ROUNDS = Number(option('rounds') ?? 3);
const MONTHS = 36;
const GUIDES = 10;
const MUNICIPALITIES = 98;
/** Somebody else asks so often meanwhile: often enough to see how long others wait, and little to do beside. */
const PAUSE_MS = 25;
/** So many agents a statement while seeding. */
const CHUNK = 10_000;
const KEYS = [
  'onboarding-resolution',
  'high-resolution',
  'before-after-onboarding',
  'elearning-resolution',
  'guides-resolution',
  'claimed-real',
  'wellbeing-onboarding',
  'time-to-ready',
];

const instant = (date) => `'${date.toISOString().replace('T', ' ').replace('Z', '')}'`;
const daysFromNow = (days) => new Date(Date.now() + days * 86_400_000);
/** The month so many months before the present one. */
const monthBefore = (count) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7);
};

/** What the two databases write differently. */
const DIALECTS = {
  MariaDB: {
    numbers: (from, to) => `(SELECT CAST(seq AS SIGNED) AS n FROM seq_${from}_to_${to}) k`,
    plus: (from, days) => `DATE_ADD(CAST(${from} AS DATETIME(3)), INTERVAL (${days}) DAY)`,
    begin: ['SET unique_checks = 0', 'SET foreign_key_checks = 0'],
    after: (tables) => [`ANALYZE TABLE ${tables.join(', ')}`],
  },
  SQLite: {
    numbers: (from, to) =>
      `(WITH RECURSIVE q(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM q WHERE n < ${to}) SELECT n FROM q) k`,
    plus: (from, days) => `strftime('%Y-%m-%d %H:%M:%f', ${from}, (${days}) || ' days')`,
    begin: ['PRAGMA synchronous = OFF', 'PRAGMA foreign_keys = OFF'],
    after: () => ['ANALYZE'],
  },
};

/** Fills the tables straight: agents with their employment, e-learning, days, figures of three years and guides that were due. */
async function seed(databases, url, agents) {
  const sql = DIALECTS[databases.name];
  const [first] = await databases.run(url, [
    `SELECT (SELECT MAX(id) FROM person) AS person, (SELECT MAX(id) FROM agent) AS agent,
            (SELECT MIN(id) FROM course WHERE audience = 'agent' AND requiredBeforeFirstShift = 1) AS course,
            (SELECT MIN(id) FROM person WHERE emailKey = 'leder.751@vagtklar.test') AS leader`,
  ]);
  const codes = await databases.run(url, [
    `SELECT code FROM municipality ORDER BY code LIMIT ${MUNICIPALITIES}`,
  ]);
  const municipality = `CASE n % ${MUNICIPALITIES} ${codes.map(({ code }, n) => `WHEN ${n} THEN '${code}'`).join(' ')} END`;
  const at = instant(daysFromNow(-200));
  const agent = `${first.agent} + n`;
  const attended = Array.from({ length: 30 }, (_, n) => `WHEN ${n} THEN '${monthBefore(n + 2)}-12'`).join(
    ' ',
  );
  await databases.run(url, [
    ...sql.begin,
    'DELETE FROM resolution_figure',
    'DELETE FROM resolution_month',
    'DELETE FROM reading_requirement',
    ...guides(first, at),
  ]);
  for (let from = 1; from <= agents; from += CHUNK) {
    const numbers = sql.numbers(from, Math.min(agents, from + CHUNK - 1));
    await databases.run(url, [
      ...sql.begin,
      'BEGIN',
      `INSERT INTO person (id, firstName, lastName, nameSortKey, email, emailKey, language, isDemo, createdAt, version)
        SELECT ${first.person} + n, 'Fornavn', CONCAT('Efternavn ', n), CONCAT('efternavn ', n), CONCAT('seed.', n, '@aarhus.test'),
          CONCAT('seed.', n, '@aarhus.test'), 'da', 0, ${at}, 1 FROM ${numbers}`,
      `INSERT INTO agent (id, personId, onboardingAttendedOn, createdAt, version)
        SELECT ${agent}, ${first.person} + n, CASE WHEN n % 11 = 0 THEN NULL ELSE CASE n % 30 ${attended} END END, ${at}, 1 FROM ${numbers}`,
      `INSERT INTO employment (agentId, openAgentId, municipalityCode, leaderId, kind, startOn, effectiveFromOn, createdAt)
        SELECT ${agent}, ${agent}, ${municipality}, ${first.leader}, CASE WHEN n % 3 = 0 THEN 'new' ELSE 'existing' END,
          CONCAT(2018 + n % 6, '-0', 1 + n % 9, '-01'), '2018-01-01', ${at} FROM ${numbers}`,
      `INSERT INTO enrolment (reference, personId, courseId, state, scoreScaled, facts, enrolledOn, completedAt, createdAt, version)
        SELECT CONCAT('seed', n), ${first.person} + n, ${first.course}, CASE WHEN n % 13 = 0 THEN 'not_started' ELSE 'completed' END,
          0.5 + (n % 50) / 100.0, '{}', '2018-01-01', CASE WHEN n % 13 = 0 THEN NULL ELSE ${sql.plus(at, 'n % 60')} END, ${at}, 1
          FROM ${numbers}`,
      `INSERT INTO reading_requirement (agentId, versionId, dueAt, readAt)
        SELECT ${agent.replace('n', 'k.n')}, v.id, ${instant(daysFromNow(-60))},
          CASE WHEN (k.n + v.id) % 9 = 0 THEN NULL ELSE ${instant(daysFromNow(-62))} END
          FROM ${numbers}, guide_version v WHERE v.title = 'Seed'`,
      'COMMIT',
    ]);
  }
  // Month by month, as figures are imported, so that those of an agent lie far from each other.
  for (let i = MONTHS; i >= 1; i -= 1) {
    const share = `(45 + (n * 7 + ${i} * 13) % 25 + CASE WHEN n % 11 > 0 AND n % 30 + 2 > ${i} THEN 6 ELSE 0 END) / 100.0`;
    await databases.run(url, [
      ...sql.begin,
      'BEGIN',
      `INSERT INTO resolution_month (month, importedAt, changedAt) VALUES ('${monthBefore(i)}', ${at}, ${at})`,
      `INSERT INTO resolution_figure (agentId, month, answered, resolved, warmTransferred, handlingSeconds, changedAt)
        SELECT ${agent}, '${monthBefore(i)}', 30 + (n * 11 + ${i} * 17) % 90, FLOOR((30 + (n * 11 + ${i} * 17) % 90) * ${share}), 2, 300, ${at}
          FROM ${sql.numbers(1, agents)}`,
      'COMMIT',
    ]);
  }
  const tables = 'person agent employment enrolment reading_requirement resolution_figure resolution_month';
  await databases.run(url, sql.after(tables.split(' ')));
}

/** Versions that everybody was to read. */
function guides(first, at) {
  return Array.from({ length: GUIDES }, (_, n) => [
    `INSERT INTO guide (id, title, createdAt, createdByPersonId, version) VALUES (${900_000 + n}, 'Seed', ${at}, ${first.leader}, 1)`,
    `INSERT INTO guide_version (guideId, number, title, changeNote, url, isMinor, urgency, minutes, audienceKind, effectiveFrom,
        publishedAt, publishedByPersonId, answeredFrom, countsFrom, spreadAt, spreadUpTo, announcedAt)
      VALUES (${900_000 + n}, 1, 'Seed', 'Ny', 'https://guides.example', 0, 'normal', 5, 'all', ${at}, ${at}, ${first.leader}, 1, ${at},
        ${at}, 2000000000, ${at})`,
  ]).flat();
}

/** How long a request took, and the longest that another one waited meanwhile. */
async function timed(server, token, path) {
  let isOver = false;
  let longest = 0;
  const other = (async () => {
    while (!isOver) {
      const from = performance.now();
      await (await fetch(`${server.url}/health/live`, { headers: { connection: 'close' } })).text();
      longest = Math.max(longest, performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  })();
  const from = performance.now();
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${token}` } });
  const body = await answer.text();
  const seconds = (performance.now() - from) / 1000;
  isOver = true;
  await other;
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${body.slice(0, 300)}`);
  return { seconds, longest, body: JSON.parse(body) };
}

async function signIn(url, email) {
  const answer = await fetch(`${url}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password: 'vagtklar-demo' }),
  });
  return (await answer.json()).accessToken;
}

async function bench(databases, agents, folder) {
  const url = await databases.make(`insights_${agents}`);
  const own = join(folder, `${databases.name}-${agents}`);
  await (await startProduct(url, own)).stop();
  const seedFrom = performance.now();
  await seed(databases, url, agents);
  const seedSeconds = (performance.now() - seedFrom) / 1000;
  const server = await startProduct(url, own);
  try {
    const token = await signIn(server.url, 'sekretariat@vagtklar.test');
    const rows = {};
    for (const key of KEYS) {
      const anew = [];
      let cached;
      for (let round = 0; round < ROUNDS; round += 1) {
        await databases.run(url, ['UPDATE insight_result SET fingerprint = NULL']);
        anew.push(await timed(server, token, `/api/v1/insights/${key}`));
        cached = await timed(server, token, `/api/v1/insights/${key}`);
      }
      const middle = anew.toSorted((a, b) => a.seconds - b.seconds)[Math.floor(ROUNDS / 2)];
      rows[key] = {
        anew: middle.seconds,
        longest: middle.longest,
        cached: cached.seconds,
        sentence: middle.body.sentence,
      };
      console.error(databases.name, agents, key, rows[key]);
    }
    return { name: databases.name, agents, seedSeconds, rows, memory: server.memory() };
  } finally {
    await server.stop();
  }
}

function print(results) {
  const places = results.map(({ name, agents }) => `${name}, ${agents.toLocaleString('en')} agents`);
  const line = (cells) => console.log(`| ${cells.join(' | ')} |`);
  line(['anew / again / others wait, s', ...places]);
  line(['---', ...places.map(() => '---')]);
  for (const key of KEYS)
    line([
      key,
      ...results.map(({ rows }) => {
        const { anew, cached, longest } = rows[key];
        return `${anew.toFixed(2)} / ${cached.toFixed(2)} / ${(longest / 1000).toFixed(2)}`;
      }),
    ]);
  line([
    'resident memory at the end / peak, MiB',
    ...results.map(({ memory }) => `${memory.now} / ${memory.peak}`),
  ]);
  line(['seeding, s', ...results.map(({ seedSeconds }) => seedSeconds.toFixed(0))]);
}

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-insights-'));
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
