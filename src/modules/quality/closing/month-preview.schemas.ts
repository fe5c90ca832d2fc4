import { z } from 'zod';
import { pageQuery } from '../../../common/pagination.js';
import { CASE_STATES } from '../notices/case-state.rules.js';
import { closingView, previewItem } from './closing.schemas.js';

/** Which part of a preview is asked for. */
export const previewQuery = z.strictObject({ ...pageQuery });

const figure = z.object({
  answered: z.number(),
  resolved: z.number(),
  warmTransferred: z.number().nullable(),
});

/** What closing a month would do. */
export const previewView = z.object({
  month: z.string(),
  policyVersion: z.number().nullable(),
  appliesFrom: z.string().nullable(),
  fault: z
    .string()
    .nullable()
    .meta({ description: 'why the month cannot be closed, as the closing would be refused' }),
  finalAt: z.string().nullable().meta({ description: 'until then a closing made now could be undone' }),
  agentToldOn: z.string().nullable(),
  leaderToldOn: z.string().nullable().meta({ description: 'the earliest day' }),
  missingMonths: z.array(z.string()),
  counts: z.object({
    hit: z.number(),
    ticked: z.number(),
    followUp: z.number(),
    watch: z.number(),
    unknown: z.number(),
  }),
  items: z.array(previewItem),
  nextCursor: z.string().nullable(),
  unknown: z
    .array(z.object({ agentId: z.number(), name: z.string(), missing: z.array(z.string()) }))
    .meta({ description: 'the first 200 of those of whom it cannot be told' }),
  closings: z.array(closingView),
  corrections: z.object({
    nowHit: z.array(z.number()).meta({ description: 'agents that the closings before did not find' }),
    noLongerHit: z.array(
      z.object({
        caseId: z.number(),
        agentId: z.number(),
        name: z.string(),
        state: z.enum(CASE_STATES),
        months: z.array(z.object({ month: z.string(), before: figure, now: figure.nullable() })),
      }),
    ),
  }),
  seen: z
    .string()
    .nullable()
    .meta({ description: 'to be sent with a closing, so that nothing else is closed' }),
});

/** What closing a month would do. */
export type PreviewView = z.output<typeof previewView>;

/** A month in the list. */
export const monthView = z.object({
  month: z.string(),
  isImported: z.boolean(),
  importedAt: z.string().nullable(),
  changedAt: z.string().nullable(),
  isHistory: z.boolean().meta({ description: 'before the policy applies: it never leads to a notice' }),
  openHits: z
    .number()
    .nullable()
    .meta({ description: 'agents hit whom no closing has taken in or out; null where nothing can be told' }),
  closing: closingView.nullable().meta({ description: 'the latest that stands' }),
});

/** A month in the list. */
export type MonthView = z.output<typeof monthView>;

/** Which months are asked for; each is judged anew, so there are fewer in a page than elsewhere. */
export const monthsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(36).default(12).meta({ description: 'rows per page' }),
  cursor: pageQuery.cursor,
});
