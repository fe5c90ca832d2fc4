// Runs one kind of tests and closes with a counted line: `tests: N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [kind, ...rest] = process.argv.slice(2);
const kinds = {
  sqlite: { env: {}, args: ['--testPathIgnorePatterns', '/test/browser/'] },
  mariadb: {
    env: { TEST_DATABASE: 'mariadb' },
    args: ['--testPathIgnorePatterns', '/test/browser/', '/src/'],
  },
  browser: { env: {}, args: ['--runInBand', 'test/browser'] },
};
const chosen = kinds[kind];
if (!chosen) throw new Error(`Say which tests: ${Object.keys(kinds).join(', ')}`);

// Crash and browser tests start the built server.
const build = spawnSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' });
if (build.status !== 0) process.exit(1);

const folder = mkdtempSync(join(tmpdir(), 'vagtklar-results-'));
const outputFile = join(folder, 'results.json');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--json',
    `--outputFile=${outputFile}`,
    ...chosen.args,
    ...rest,
  ],
  { stdio: ['inherit', 'ignore', 'inherit'], env: { ...process.env, ...chosen.env } },
);
const results = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : undefined;
rmSync(folder, { recursive: true, force: true });
if (!results) {
  console.log('tests: 0 passed, 1 failed, 0 skipped');
  process.exit(1);
}
// A suite that cannot even be loaded holds no counted test, but is a failure all the same.
const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
console.log(`tests: ${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests} skipped`);
process.exit(status === 0 && failed === 0 ? 0 : 1);
