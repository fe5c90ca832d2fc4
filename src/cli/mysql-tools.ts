import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** What a `mysql://` address says. */
export interface MysqlAddress {
  host: string;
  port: string;
  user: string;
  password: string;
  database: string;
}

/** Reads a `mysql://` or `mariadb://` address. */
export function mysqlAddress(url: string): MysqlAddress {
  const { hostname, port, username, password, pathname } = new URL(url);
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port || '3306',
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    database: decodeURIComponent(pathname.slice(1)),
  };
}

/** A call of one of the database's own tools. */
export interface ToolCall {
  address: MysqlAddress;
  /** The names it may have; the first that is there is taken. */
  tools: readonly string[];
  args: string[];
  /** Open files for what goes in and what comes out. */
  input?: number;
  output?: number;
}

/** Runs a tool; address and password go through a file that only we can read, since others see a command line. */
export async function runTool(call: ToolCall): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'vagtklar-'));
  try {
    const file = join(folder, 'client.cnf');
    await writeFile(file, optionFile(call.address), { mode: 0o600 });
    for (const tool of call.tools)
      if (await ran(tool, [`--defaults-extra-file=${file}`, ...call.args], call, folder)) return;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  throw new Error(
    `Neither of ${call.tools.join(', ')} is installed here. Install the client tools of MariaDB or MySQL, or run the ` +
      'command where they are (docs/operations.md, "Backup and restore").',
  );
}

/** @returns false when there is no such tool; @throws Error with what the tool said when it failed */
async function ran(tool: string, args: string[], call: ToolCall, home: string): Promise<boolean> {
  const child = spawn(tool, args, {
    stdio: [call.input ?? 'ignore', call.output ?? 'ignore', 'pipe'],
    // Not the operator's own ~/.my.cnf, which would win over our file.
    env: { PATH: process.env['PATH'], HOME: home },
  });
  const said = text(child.stderr!);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) throw new Error(`${tool} failed: ${(await said).trim()}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

function optionFile({ host, port, user, password }: MysqlAddress): string {
  const lines = Object.entries({ host, port, user, password, protocol: 'TCP' }).map(
    ([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`,
  );
  return `[client]\n${lines.join('\n')}\n`;
}
