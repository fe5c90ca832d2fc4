import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { localDate } from '../common/fields.js';
import { command } from './command.js';
import { withApplication } from './with-application.js';

const USAGE = `export --to <file.csv|file.xlsx> [--municipality <code>] [--as-of <day>]
      Writes the completion report into a file.`;

const options = z.object({
  to: z.string().regex(/\.(csv|xlsx)$/, 'must end with .csv or .xlsx'),
  municipality: z
    .string()
    .regex(/^\d{3}$/)
    .optional(),
  'as-of': localDate.optional(),
});

/** Exports the completion report from the command line. */
export const exportReport = command('export', USAGE, options, (chosen) =>
  withApplication(async (context) => {
    const { CompletionExport } = await import('../modules/reports/index.js');
    const format = chosen.to.endsWith('.xlsx') ? 'xlsx' : 'csv';
    const filter = { municipality: chosen.municipality, asOf: chosen['as-of'] };
    const content = await context.get(CompletionExport).stream({ kind: 'all' }, filter, format, 'da');
    await pipeline(content, createWriteStream(chosen.to));
    console.log(`The report is in ${chosen.to}.`);
    return 0;
  }),
);
