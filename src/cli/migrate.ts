import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../config/env.js';
import { projectRoot } from '../config/paths.js';
import { entities } from '../data-model.js';
import { openDatabase } from '../database/open-database.js';

/** `run` brings the schema up to date, `check` tells whether entities and migrations agree, `generate` writes what lacks. */
async function main(command: string | undefined, name: string | undefined): Promise<number> {
  // A check needs no data, and so no database of the operator's.
  const scratch = command === 'check' ? await mkdtemp(join(tmpdir(), 'vagtklar-schema-')) : undefined;
  const env = readEnv(scratch ? { DATABASE_URL: `sqlite:${join(scratch, 'empty.db')}` } : process.env);
  const database = await openDatabase(env, { entities, exclusive: command === 'run' });
  try {
    if (command === 'run') return report(0, 'The schema is up to date.');
    const { upQueries, downQueries } = await database.reader.driver.createSchemaBuilder().log();
    if (upQueries.length === 0) return report(0, 'Entities and migrations agree.');
    if (command === 'check') return report(1, upQueries.map(({ query }) => query).join('\n'));
    const stamp = Date.now();
    const file = `${projectRoot}migrations/${stamp}-${name ?? 'change'}.ts`;
    await writeFile(file, draft(stamp, upQueries, downQueries));
    return report(
      0,
      `Wrote ${file}. Rewrite it with the Table API, so that it runs on SQLite and MySQL alike.`,
    );
  } finally {
    await database.close();
    if (scratch) await rm(scratch, { recursive: true, force: true });
  }
}

function report(code: number, message: string): number {
  console.log(message);
  return code;
}

function lines(queries: { query: string }[]): string {
  return queries.map(({ query }) => `    await runner.query(${JSON.stringify(query)});`).join('\n');
}

function draft(stamp: number, up: { query: string }[], down: { query: string }[]): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A draft: the statements of one database. */
export class Change${stamp} implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
${lines(up)}
  }

  async down(runner: QueryRunner): Promise<void> {
${lines(down)}
  }
}
`;
}

main(process.argv[2], process.argv[3])
  .then((code) => process.exit(code))
  .catch((error: unknown) => {
    console.error((error as Error).message);
    process.exit(1);
  });
