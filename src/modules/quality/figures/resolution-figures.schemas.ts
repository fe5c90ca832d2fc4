import { z } from 'zod';
import { email, id, line, municipalityCode } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { month } from '../month.schema.js';
import { LONGEST_HANDLING, MOST_CALLS } from './figure-row.rules.js';

/** So many figures are taken in one call. */
export const MOST_FIGURES = 1_000;

const count = z.number().int().min(0).max(MOST_CALLS);

const figure = z.strictObject({
  agentId: id.optional().meta({ description: 'our own id of the agent' }),
  phoneSystemId: line(60).optional().meta({ description: "the agent's id in the phone system" }),
  email: email.optional(),
  month,
  answered: count,
  resolved: count.meta({ description: 'resolved at once, without warm transfers' }),
  warmTransferred: count.nullish().meta({ description: 'what is left out stays as it is known' }),
  handlingSeconds: z.number().int().min(0).max(LONGEST_HANDLING).nullish(),
});

/** A figure as a program tells it. */
export type PostedFigure = z.output<typeof figure>;

/** Figures as a program tells them. */
export const postedFigures = z.strictObject({ figures: z.array(figure).min(1).max(MOST_FIGURES) });

/** What became of each. */
export const postedFiguresView = z.object({
  new: z.number(),
  changed: z.number(),
  same: z.number(),
  refused: z.number(),
  items: z
    .array(
      z.object({
        index: z.number(),
        status: z.enum(['new', 'changed', 'same', 'refused']),
        id: z.number().nullable(),
        agentId: z.number().nullable(),
        month: z.string(),
        errors: z.array(z.object({ field: z.string(), code: z.string(), message: z.string() })),
      }),
    )
    .meta({ description: 'in the order in which they were sent' }),
});

/** Which figures a list holds. */
export const figureQuery = z.strictObject({
  month: month.optional(),
  agentId: id.optional(),
  municipality: municipalityCode
    .optional()
    .meta({ description: 'agents who worked for the municipality in the month of the figure' }),
  ...pageQuery,
});

/** A figure of a list. */
export const figureView = z.object({
  id: z.number(),
  agentId: z.number(),
  month: z.string(),
  answered: z.number(),
  resolved: z.number(),
  warmTransferred: z.number().nullable().meta({ description: 'null when the source does not tell' }),
  handlingSeconds: z.number().nullable(),
  rate: z.number().nullable().meta({ description: 'resolved of answered; null without calls' }),
  interval: z
    .object({ low: z.number(), high: z.number() })
    .nullable()
    .meta({ description: 'in which the true rate lies in 95 of 100 such cases (Wilson)' }),
  changedAt: z.string(),
});
