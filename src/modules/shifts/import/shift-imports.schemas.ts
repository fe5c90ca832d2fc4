import { z } from 'zod';
import { pageQuery } from '../../../common/pagination.js';
import { SHIFT_IMPORT_STATES } from '../entities/shift-import.entity.js';
import { PLAN_COVERS } from '../entities/shift-plan.entity.js';
import { CHANGE_KINDS } from './shift-import-changes.js';
import { SHIFT_COLUMNS, type ShiftColumn } from './shift-columns.rules.js';

const position = z.number().int().min(0).max(199);
const columns = Object.fromEntries(SHIFT_COLUMNS.map((column) => [column, position.optional()])) as Record<
  ShiftColumn,
  z.ZodOptional<typeof position>
>;

/** What the columns mean, by position from 0. */
export const shiftMapping = z.strictObject({
  columns: z.strictObject(columns),
  covers: z.enum(PLAN_COVERS).default('municipalities'),
});

const rowFault = z.object({ row: z.number(), field: z.string(), code: z.string(), message: z.string() });

/** An import as the API shows it. */
export const shiftImportView = z.object({
  id: z.number(),
  source: z.enum(['upload', 'feed']),
  fileName: z.string(),
  format: z.enum(['csv', 'xlsx', 'ics']),
  state: z.enum(SHIFT_IMPORT_STATES).meta({
    description:
      '`mapping`: say what the columns mean; `reading`, `comparing`: ask again; `ready`: may be committed',
  }),
  total: z.number().meta({ description: 'rows of the file' }),
  valid: z.number(),
  invalid: z.number(),
  unknown: z.number().meta({ description: 'rows of agents nobody knows' }),
  duplicates: z.number().meta({ description: 'rows that say again what another has said' }),
  differences: z.object({ new: z.number(), moved: z.number(), gone: z.number(), same: z.number() }),
  changes: z.number(),
  done: z.number().meta({ description: 'changes that are written' }),
  covers: z.enum(PLAN_COVERS).meta({
    description:
      'whose shifts are gone when the file does not have them: those of its agents, or of all in their municipalities',
  }),
  coversFrom: z.string().nullable(),
  coversTo: z.string().nullable(),
  header: z
    .object({
      row: z.number(),
      headings: z.array(z.string()),
      mapping: z.record(z.string(), z.number()),
      examples: z.array(z.array(z.string())),
    })
    .nullable(),
  refusal: z.object({ code: z.string(), message: z.string() }).nullable(),
  unknownAgents: z.array(z.object({ agent: z.string(), rows: z.number() })),
  errors: z.array(rowFault).meta({ description: 'of the first 200 faulty rows' }),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});

/** Which rows a list holds. */
export const importRowQuery = z.strictObject({
  state: z.enum(['faulty', 'unknown', 'duplicate']).default('faulty'),
  ...pageQuery,
});

/** A row of a list. */
export const importRowView = z.object({
  row: z.number(),
  state: z.enum(['faulty', 'unknown', 'duplicate']),
  agent: z.string().nullable(),
  errors: z.array(rowFault),
});

/** Which changes a list holds. */
export const importChangeQuery = z.strictObject({ kind: z.enum(CHANGE_KINDS).optional(), ...pageQuery });

const times = { startsAt: z.string(), endsAt: z.string() };

/** What changes for one agent. */
export const importChangeView = z.object({
  agentId: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  new: z.number(),
  moved: z.number(),
  gone: z.number(),
  changes: z
    .array(z.object({ kind: z.enum(CHANGE_KINDS), ...times, before: z.object(times).optional() }))
    .meta({ description: 'at most 100, none once they are written' }),
});
