import { z } from 'zod';
import { pageQuery } from '../../common/pagination.js';
import { IMPORT_STATES } from './entities/import-job.entity.js';
import { ROW_STATES } from './entities/import-row.entity.js';
import { ROW_CHANGES } from './import-kinds.js';
import { ERRORS_SHOWN } from './import.queries.js';

const rowFault = z.object({ row: z.number(), field: z.string(), code: z.string(), message: z.string() });

/** An import as the API shows it. */
export const importView = z.object({
  id: z.number(),
  fileName: z.string(),
  state: z.enum(IMPORT_STATES).meta({
    description: '`mapping`: say what the columns mean; `committing`: ask again; `ready`: may be committed',
  }),
  total: z.number(),
  valid: z.number(),
  invalid: z.number(),
  skipped: z.number().meta({ description: 'rows that are no data, such as totals, or that are passed over' }),
  done: z.number(),
  failed: z.number(),
  changes: z
    .object({ new: z.number(), changed: z.number(), same: z.number() })
    .nullable()
    .meta({ description: 'how many faultless rows change what; null for kinds that do not tell' }),
  mails: z.number().meta({ description: 'how many mails the faultless rows cause' }),
  ignoredColumns: z.array(z.string()),
  header: z
    .object({
      row: z.number(),
      headings: z.array(z.string()),
      mapping: z.record(z.string(), z.number()).meta({ description: 'position by column, from 0' }),
      examples: z.array(z.array(z.string())),
    })
    .nullable(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  errors: z.array(rowFault).meta({ description: `the first ${ERRORS_SHOWN} faulty rows` }),
});

const rowState = z.enum(ROW_STATES).exclude(['raw']);

/** A row as the API shows it. */
export const importRowView = z.object({
  row: z.number(),
  state: rowState,
  resultId: z.number().nullable(),
  cells: z.record(z.string(), z.string()),
  note: z.object({ change: z.enum(ROW_CHANGES), messages: z.array(z.string()) }).nullable(),
  errors: z.array(rowFault),
});

/** Which rows a list holds. */
export const importRowQuery = z.strictObject({ state: rowState.optional(), ...pageQuery });

/** What the columns mean, by position from 0, and what was chosen beside the file. */
export const columnMapping = z.strictObject({
  columns: z.record(z.string().max(60), z.number().int().min(0).max(199)),
  options: z.record(z.string().max(60), z.string().max(100)).default({}),
});
