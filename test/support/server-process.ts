import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestDatabase } from './test-database.js';

/** A port of the loopback interface that nobody uses right now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The built server as a process of its own, with demo data, so that it can be killed. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Where its content host is. */
    readonly contentUrl: string,
    private readonly lines: string[],
  ) {}

  /** Everything the process has written so far. */
  said(): string {
    return this.lines.join('');
  }

  static async start(database: TestDatabase, settings: Record<string, string> = {}): Promise<ServerProcess> {
    const port = settings['PORT'] ?? String(await freePort());
    const contentPort = settings['CONTENT_PORT'] ?? String(await freePort());
    const child = spawn(process.execPath, ['dist/main.js'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'] ?? '',
        DATABASE_URL: database.url,
        MAIL_DIR: join(database.folder, 'mail'),
        CONTENT_DIR: join(database.folder, 'content'),
        DEMO_DATA: 'small',
        LOG_LEVEL: 'fatal',
        PORT: port,
        CONTENT_PORT: contentPort,
        ANONYMOUS_REQUESTS_PER_MINUTE: '1000000',
        ...settings,
      },
    });
    const lines: string[] = [];
    child.stdout.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    await ready(child);
    return new ServerProcess(child, `http://localhost:${port}`, `http://127.0.0.1:${contentPort}`, lines);
  }

  /** Ends it at once, wherever it is (SIGKILL). */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGKILL');
    await once(this.child, 'exit');
  }

  /** Stops it where it is, as a paused machine would (SIGSTOP). */
  freeze(): void {
    this.child.kill('SIGSTOP');
  }

  /** Lets it go on (SIGCONT). */
  thaw(): void {
    this.child.kill('SIGCONT');
  }

  /** Asks it to end (SIGTERM), and gives the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null) return this.child.exitCode;
    this.child.kill('SIGTERM');
    const [code] = (await once(this.child, 'exit')) as [number | null];
    return code;
  }
}

/** Waits for the line that says so, or fails with everything the process said. */
async function ready(child: ChildProcess): Promise<void> {
  let said = '';
  child.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for await (const line of createInterface({ input: child.stdout! })) {
    if (line.includes('is ready at')) {
      child.stdout!.resume();
      return;
    }
    said += line;
  }
  throw new Error(`The server did not start: ${said}`);
}
