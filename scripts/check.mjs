// Everything that must be right before a change is done, in the order in which it fails fastest. Closes with one counted line.
import { spawnSync } from 'node:child_process';

/** @type {[string, string, string[]][]} */
const steps = [
  ['format', 'npx', ['prettier', '--check', '--log-level', 'warn', '.']],
  ['lint', 'npm', ['run', 'lint', '--silent']],
  ['types', 'npm', ['run', 'types', '--silent']],
  ['module boundaries', 'npm', ['run', 'boundaries', '--silent']],
  ['tests on SQLite', 'npm', ['test', '--silent']],
  ['migrations in sync', 'npm', ['run', 'migration:check', '--silent']],
  ['tests on MariaDB', 'npm', ['run', 'test:mariadb', '--silent']],
  ['browser tests', 'npm', ['run', 'test:browser', '--silent']],
];

const totals = { passed: 0, failed: 0, skipped: 0 };
/** @type {string[]} */
const broken = [];
for (const [name, command, args] of steps) {
  const started = Date.now();
  const { status, stdout } = spawnSync(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const counted = /^tests: (\d+) passed, (\d+) failed, (\d+) skipped$/m.exec(stdout);
  if (counted) {
    totals.passed += Number(counted[1]);
    totals.failed += Number(counted[2]);
    totals.skipped += Number(counted[3]);
  } else if (status !== 0) console.log(stdout);
  if (status !== 0) broken.push(name);
  const outcome = counted?.[0] ?? (status === 0 ? 'ok' : 'failed');
  const seconds = Math.round((Date.now() - started) / 1000);
  console.log(`${name}: ${outcome} (${seconds} s)`);
}
if (broken.length > 0) console.log(`Not in order: ${broken.join(', ')}`);
// A step that fails without counting (format, lint, …) is a failure of the whole all the same.
const failed = Math.max(totals.failed, broken.length);
console.log(`tests: ${totals.passed} passed, ${failed} failed, ${totals.skipped} skipped`);
process.exit(broken.length === 0 ? 0 : 1);
