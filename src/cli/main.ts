import { EnvError } from '../config/env.js';
import { backup } from './backup.js';
import { UsageError, type Command } from './command.js';
import { createUser } from './create-user.js';
import { exportReport } from './export-report.js';
import { importTable } from './import-table.js';
import { restore } from './restore.js';
import { retention } from './retention.js';

const commands: Command[] = [createUser, importTable, exportReport, retention, backup, restore];

const USAGE = `Usage: npm run cli -- <command>\n\n${commands.map(({ usage }) => `  ${usage}\n`).join('\n')}`;

/** Runs a command; the exit code tells whether it went well. */
async function main([name, ...args]: string[]): Promise<number> {
  const wanted = commands.find((command) => command.name === name);
  if (wanted) return wanted.run(args);
  console.error(USAGE);
  return name === undefined || name === 'help' ? 0 : 2;
}

main(process.argv.slice(2))
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    if (error instanceof UsageError) console.error(`${error.message}\n\n${USAGE}`);
    else console.error(error instanceof EnvError ? error.message : `Not done: ${(error as Error).message}`);
    process.exit(error instanceof UsageError ? 2 : 1);
  });
