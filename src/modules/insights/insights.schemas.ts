import { z } from 'zod';
import { id } from '../../common/fields.js';
import { chartSize } from '../../web/charts/chart-size.js';
import { month } from '../quality/index.js';
import { INSIGHT_KEYS } from './insight.js';

const filters = {
  from: month.optional().meta({ description: 'first month; three years before the last one when left out' }),
  to: month.optional().meta({ description: 'last month; the last one imported when left out' }),
  threshold: z.coerce
    .number()
    .int()
    .min(1)
    .max(99)
    .optional()
    .meta({ description: 'what counts as a high rate, in whole per cent; `high-resolution` alone' }),
  survey: id
    .optional()
    .meta({ description: 'the wave; the latest when left out; questions about surveys alone' }),
};

/** What an insight may be narrowed to; which of it applies depends on the question. */
export const insightFilters = z.strictObject(filters);

/** What an insight may be narrowed to. */
export type InsightFilters = z.output<typeof insightFilters>;

/** The same for a chart, which has a size too. */
export const chartFilters = z.strictObject({ ...filters, size: chartSize });

const emptyIsNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());

/** The filters of the page; an empty field of its form means no filter. */
export const pageFilters = z.object({
  from: emptyIsNone(month).catch(undefined),
  to: emptyIsNone(month).catch(undefined),
  threshold: emptyIsNone(z.coerce.number().int().min(1).max(99)).catch(undefined),
  survey: emptyIsNone(id).catch(undefined),
});

/** The name of a question in a path; one that does not exist is not found. */
export const insightKey = z.string().max(60);

const bound = z.number().nullable();
const effect = {
  value: z.number(),
  low: bound.meta({ description: 'of the 95 % interval; null where there is none or it is not reached' }),
  high: bound,
  unit: z.string().meta({
    description:
      'percentage_points, percentage_points_per_ten, points, days, ratio, kappa, probability, share',
  }),
};

/** An insight as the API shows it. */
export const insightView = z
  .object({
    key: z.enum(INSIGHT_KEYS),
    title: z.string(),
    question: z.string(),
    sentence: z.string(),
    publishable: z
      .boolean()
      .meta({ description: 'fit to be shared: answered, and no group of fewer than five' }),
    verdict: z.enum(['higher', 'lower', 'uncertain']).nullable(),
    effect: z.object(effect).nullable(),
    groupUnit: z.enum(['share', 'points', 'days']),
    groups: z.array(
      z.object({
        key: z.string(),
        label: z.string(),
        people: z.number().int(),
        calls: z.number().int().nullable(),
        value: z.number(),
        low: bound,
        high: bound,
      }),
    ),
    figures: z
      .array(z.object({ key: z.string(), label: z.string(), ...effect }))
      .meta({ description: 'what belongs to the answer beside the effect' }),
    municipalities: z
      .array(
        z.object({
          municipalityCode: z.string(),
          municipality: z.string(),
          people: z.number().int(),
          value: z.number(),
          low: bound,
          high: bound,
        }),
      )
      .meta({ description: 'all that are large enough; for a leader the own' }),
    agreement: z
      .array(
        z.object({
          key: z.string(),
          label: z.string(),
          people: z.number().int(),
          sayYes: z
            .number()
            .int()
            .nullable()
            .meta({ description: 'null where a number below five would show' }),
          sayNo: z.number().int().nullable(),
          shareYes: z.number(),
        }),
      )
      .optional()
      .meta({
        description: '`claimed-real` of a wave with stamps: what the same people say and what is registered',
      }),
    notes: z.array(z.string()),
    method: z.string(),
    alternatives: z.array(z.string()).meta({ description: 'what could explain it otherwise' }),
    doesNotProve: z.string(),
    definition: z.object({
      version: z.number().int(),
      filters: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
      dataAsOf: z.string(),
      isCurrent: z.boolean().meta({ description: 'false while newer data are being reckoned' }),
      seed: z.null().meta({ description: 'nothing is drawn by chance' }),
    }),
    notAnswerable: z
      .object({
        reason: z.string(),
        n: z
          .number()
          .int()
          .nullable()
          .meta({ description: 'null where the number is itself too small to be told' }),
        seeInstead: z.enum(INSIGHT_KEYS).nullable(),
      })
      .optional(),
    chart: z.string(),
    data: z.string(),
  })
  .meta({ id: 'Insight' });

/** An insight as the API shows it. */
export type InsightView = z.output<typeof insightView>;

/** All insights. */
export const insightList = z.object({ items: z.array(insightView), nextCursor: z.null() });
