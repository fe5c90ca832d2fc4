// The full sizes of the tests that hurry through `npm test`: crashes, races, two instances. Notes the figures in docs/soak.md.
// --only=crash|races|seat-races|seat-model|closing-crash|closing-model|requirement-model|requirement-races|two-instances,
// --kills=200, --rounds=10, --seat-rounds=1000, --seat-actions=10000, --closing-kills=100, --closing-histories=2000,
// --requirement-actions=5000, --requirement-rounds=500, --seconds=300, --sqlite (no MariaDB)
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const argument = (name, otherwise) =>
  process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;
const kills = argument('kills', '200');
const rounds = Number(argument('rounds', '10'));
const seconds = argument('seconds', '300');
const seatRounds = argument('seat-rounds', '1000');
const seatActions = argument('seat-actions', '10000');
const requirementActions = argument('requirement-actions', '5000');
const requirementRounds = argument('requirement-rounds', '500');
const closingKills = argument('closing-kills', '100');
const closingHistories = argument('closing-histories', '2000');
const databases = process.argv.includes('--sqlite') ? ['sqlite'] : ['sqlite', 'mariadb'];

const RACES = 'registrations of 100|overlapping transactions|after a deadlock|than the pool has';
/** Each kind: its heading in docs/soak.md, the databases it runs on, its size and what it runs. */
const kinds = {
  crash: {
    heading: '## Crashes',
    databases,
    size: kills,
    run: (database) =>
      figuresOf(jest(database, ['test/e2e/crash'], { CRASH_KILLS: kills, CRASH_REPORT: '1' })),
  },
  races: {
    heading: '## Races',
    databases,
    size: String(rounds),
    run: races,
  },
  'seat-races': {
    heading: '## Races for seats',
    databases,
    size: seatRounds,
    run: (database) =>
      figuresOf(
        jest(database, ['test/integration/seat-races'], { SEAT_ROUNDS: seatRounds, SOAK_REPORT: '1' }),
      ),
  },
  'seat-model': {
    heading: '## Seats against a model',
    databases,
    size: seatActions,
    run: (database) =>
      figuresOf(
        jest(database, ['test/integration/seat-model'], { SEAT_ACTIONS: seatActions, SOAK_REPORT: '1' }),
      ),
  },
  'closing-crash': {
    heading: '## Crashes while a month is closed',
    databases,
    size: closingKills,
    run: (database) =>
      figuresOf(
        jest(database, ['test/e2e/closing-crash'], { CLOSING_KILLS: closingKills, SOAK_REPORT: '1' }),
      ),
  },
  'closing-model': {
    heading: '## Closing of months against a model',
    databases,
    size: closingHistories,
    run: (database) =>
      figuresOf(
        jest(database, ['test/integration/closing-model'], {
          CLOSING_HISTORIES: closingHistories,
          SOAK_REPORT: '1',
        }),
      ),
  },
  'requirement-model': {
    heading: '## Requirements against a model',
    databases,
    size: requirementActions,
    run: (database) =>
      figuresOf(
        jest(database, ['test/integration/requirements.spec'], {
          REQUIREMENT_ACTIONS: requirementActions,
          SOAK_REPORT: '1',
        }),
      ),
  },
  'requirement-races': {
    heading: '## Races for requirements',
    databases,
    size: requirementRounds,
    run: (database) =>
      figuresOf(
        jest(database, ['test/integration/requirement-races'], {
          REQUIREMENT_ROUNDS: requirementRounds,
          SOAK_REPORT: '1',
        }),
      ),
  },
  'two-instances': {
    heading: '## Two instances',
    databases: databases.filter((database) => database === 'mariadb'),
    size: `${seconds} s`,
    run: (database) =>
      figuresOf(
        jest(database, ['test/e2e/two-instances'], { TWO_INSTANCES_SECONDS: seconds, SOAK_REPORT: '1' }),
      ),
  },
};

const only = argument('only');
if (only && !kinds[only]) throw new Error(`--only takes one of: ${Object.keys(kinds).join(', ')}`);
if (spawnSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' }).status !== 0) process.exit(1);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
let isFine = true;
for (const [name, kind] of Object.entries(kinds))
  if (!only || only === name) for (const database of kind.databases) soak(kind, database);
process.exit(isFine ? 0 : 1);

function soak(kind, database) {
  const started = Date.now();
  const { figures, stderr, held } = kind.run(database);
  isFine &&= held;
  const cells = [
    new Date().toISOString().slice(0, 10),
    commit,
    database,
    kind.size,
    figures,
    held ? 'held' : 'broken',
    `${Math.round((Date.now() - started) / 1000)} s`,
  ];
  const row = `| ${cells.join(' | ')} |`;
  console.log(row);
  if (!held) console.log(stderr);
  note(kind.heading, row);
}

function jest(database, args, env = {}) {
  return spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', ...args],
    {
      encoding: 'utf8',
      maxBuffer: 1e8,
      env: { ...process.env, ...env, ...(database === 'mariadb' && { TEST_DATABASE: 'mariadb' }) },
    },
  );
}

function figuresOf({ status, stderr }) {
  return { figures: /figures: (.*)/.exec(stderr)?.[1] ?? 'no figures', stderr, held: status === 0 };
}

/** The races have one size; what finds more of them is to run them again and again. */
function races(database) {
  const args = ['test/integration/registration', 'test/integration/unit-of-work', '-t', RACES];
  const runs = Array.from({ length: rounds }, () => jest(database, args));
  const broken = runs.filter(({ status }) => status !== 0);
  const held = rounds - broken.length;
  return {
    figures: `${held} of ${rounds} times 1,000 registrations of 100 e-mails gave 100 agents and no error`,
    stderr: broken.map(({ stderr }) => stderr).join('\n'),
    held: broken.length === 0,
  };
}

/** Adds a row at the end of the table under a heading. */
function note(heading, row) {
  const lines = readFileSync('docs/soak.md', 'utf8').split('\n');
  const from = lines.indexOf(heading);
  const next = lines.findIndex((line, index) => index > from && line.startsWith('## '));
  const end = next === -1 ? lines.length : next;
  const last = lines.slice(0, end).findLastIndex((line) => line.startsWith('|'));
  lines.splice(last + 1, 0, row);
  writeFileSync('docs/soak.md', lines.join('\n'));
  spawnSync('npx', ['prettier', '--write', '--log-level', 'warn', 'docs/soak.md'], { stdio: 'ignore' });
}
