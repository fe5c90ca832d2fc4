// The full sizes of the crash tests, on both databases; notes the figures in docs/soak.md.
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const kills = process.argv.find((arg) => arg.startsWith('--kills='))?.slice(8) ?? '200';
const databases = process.argv.includes('--sqlite') ? ['sqlite'] : ['sqlite', 'mariadb'];
if (spawnSync('npm', ['run', 'build', '--silent'], { stdio: 'inherit' }).status !== 0) process.exit(1);

const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const date = new Date().toISOString().slice(0, 10);
let isFine = true;
for (const database of databases) {
  const started = Date.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', 'test/e2e/crash'],
    {
      encoding: 'utf8',
      env: {
        ...process.env,
        CRASH_KILLS: kills,
        CRASH_REPORT: '1',
        ...(database === 'mariadb' && { TEST_DATABASE: 'mariadb' }),
      },
    },
  );
  const figures = /crash figures: (.*)/.exec(stderr)?.[1] ?? 'no figures';
  const outcome = status === 0 ? 'held' : 'broken';
  isFine &&= status === 0;
  const row = `| ${date} | ${commit} | ${database} | ${kills} | ${figures} | ${outcome} | ${Math.round((Date.now() - started) / 1000)} s |\n`;
  console.log(row);
  if (status !== 0) console.log(stderr);
  writeFileSync('docs/soak.md', readFileSync('docs/soak.md', 'utf8') + row);
}
process.exit(isFine ? 0 : 1);
