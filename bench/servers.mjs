// Starts and measures servers.
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

export const APP_SECRET = 'a-secret-for-the-bench-and-nothing-else-0123456789';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The product on a database, with the demonstration's people. */
export async function startProduct(databaseUrl, folder, settings = {}) {
  const [port, contentPort] = [await freePort(), await freePort()];
  const child = await start(['--max-old-space-size=512', 'dist/main.js'], {
    DATABASE_URL: databaseUrl,
    MAIL_DIR: `${folder}/mail`,
    DEMO_DATA: 'small',
    LOG_LEVEL: 'fatal',
    PORT: String(port),
    CONTENT_PORT: String(contentPort),
    CONTENT_DIR: `${folder}/content`,
    APP_SECRET,
    BACKGROUND_WORK: 'false',
    ...settings,
  });
  return server(child, `http://127.0.0.1:${port}`, `http://127.0.0.1:${contentPort}`);
}

/** The bare server on a database that the product has made. */
export async function startBare(databaseUrl, secrets) {
  const child = await start(['bench/bare-server.mjs'], {
    BARE: JSON.stringify({ url: databaseUrl, secrets, appSecret: APP_SECRET }),
  });
  return server(child, /http:\S+/.exec(child.line)[0]);
}

async function start(args, env) {
  const child = spawn(process.execPath, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.includes('is ready')) continue;
    child.line = line;
    break;
  }
  child.stdout.resume();
  return child;
}

function server(child, url, contentUrl = url) {
  const { pid } = child;
  return {
    url,
    /** Where the player's messages go. */
    contentUrl,
    /** Milliseconds of CPU so far; the kernel counts in hundredths of a second. */
    cpu() {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /, '')
        .split(' ');
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    /** Resident memory now and at its peak, in MiB. */
    memory() {
      const status = readFileSync(`/proc/${pid}/status`, 'utf8');
      const mib = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1024);
      return { now: mib('VmRSS'), peak: mib('VmHWM') };
    },
    /** Lets the peak be counted anew. */
    forgetPeak: () => writeFileSync(`/proc/${pid}/clear_refs`, '5'),
    async stop() {
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await gone;
    },
  };
}
