import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { z } from 'zod';
import { email } from '../common/fields.js';
import { command } from './command.js';
import { withApplication } from './with-application.js';

const USAGE = `import --kind agents|users|completions|attendances --file <table> --as <address> [--agents new|existing] [--commit yes]
      Checks a table (CSV or XLSX) on behalf of somebody in the secretariat and tells what is wrong in which row;
      with --commit yes the faultless rows are written. Agents are existing ones unless --agents new is given.`;

const options = z.object({
  kind: z.enum(['agents', 'users', 'completions', 'attendances']),
  file: z.string().min(1),
  as: email,
  agents: z.enum(['new', 'existing']).optional(),
  commit: z.enum(['yes', 'no']).default('no'),
});

/** Imports a table from the command line, by the same steps as the pages. */
export const importTable = command('import', USAGE, options, (chosen) =>
  withApplication((context) => run(context, chosen)),
);

async function run(context: INestApplicationContext, chosen: z.output<typeof options>): Promise<number> {
  const { ImportActors, ImportQueries, ImportRunner, ImportService } =
    await import('../modules/imports/index.js');
  const { PeopleQueries } = await import('../modules/identity/index.js');
  const { translator } = await import('../web/i18n/translate.js');
  const account = await context.get(PeopleQueries).accountByEmail(chosen.as);
  const actor = account && (await context.get(ImportActors).of(account.id));
  if (!actor?.roles.includes('secretariat'))
    throw new Error(`${chosen.as} is not somebody in the secretariat.`);
  const file = { fileName: basename(chosen.file), content: await readFile(chosen.file) };
  const call = { key: undefined, caller: 'cli', route: 'import', body: null };
  const kindOption: Record<string, string> = chosen.agents ? { kind: chosen.agents } : {};
  const service = context.get(ImportService);
  const importId = await service.upload(chosen.kind, file, kindOption, actor, call);
  const queries = context.get(ImportQueries);
  const faulty = await queries.rows(importId, { state: 'faulty', limit: 1000 }, translator('en'));
  for (const { errors } of faulty.items)
    for (const { row, field, message } of errors) console.log(`row ${row}, ${field}: ${message}`);
  if (chosen.commit === 'yes') {
    await service.commit(importId, actor);
    await context.get(ImportRunner).runAll();
  }
  const job = await queries.find(chosen.kind, importId, actor);
  console.log(
    `${job.total} rows: ${job.valid} faultless, ${job.invalid} faulty, ${job.done} written, ${job.failed} refused, ${job.mails} mails.`,
  );
  return job.invalid + job.failed > 0 ? 1 : 0;
}
