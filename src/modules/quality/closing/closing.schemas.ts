import { z } from 'zod';
import { id } from '../../../common/fields.js';
import { ASSESSED_OUTCOMES } from './assessment.rules.js';
import { EXCLUSION_REASONS } from './exclusion.rules.js';

const agentId = z.number().int().min(1).max(2_147_483_647);
const reason = z.enum(EXCLUSION_REASONS);

/** What closes a month: everybody who is ticked, unless something is said about single agents. */
export const newClosing = z.strictObject({
  excluded: z
    .array(z.strictObject({ agentId, reason }))
    .max(10_000)
    .default([])
    .meta({ description: 'taken out, with the reason' }),
  included: z.array(agentId).max(10_000).default([]).meta({ description: 'taken in although not ticked' }),
  seen: z
    .string()
    .max(64)
    .optional()
    .meta({ description: 'seen of the preview: refused with 409 when it has changed since' }),
});

/** What closes a month. */
export type NewClosing = z.output<typeof newClosing>;

const rate = z.object({
  answered: z.number(),
  resolved: z.number(),
  rate: z.number(),
  low: z.number().meta({ description: 'lower end of the 95 % score interval (Wilson)' }),
  high: z.number(),
});

const receiver = z.object({ personId: z.number(), name: z.string() });

/** An agent in the preview of a month. */
export const previewItem = z.object({
  agentId: z.number(),
  name: z.string(),
  municipalityCode: z.string(),
  outcome: z.enum(ASSESSED_OUTCOMES),
  months: z.array(
    z.object({
      month: z.string(),
      answered: z.number(),
      resolved: z.number(),
      warmTransferred: z.number().nullable(),
    }),
  ),
  bridged: z.array(z.string()).meta({ description: 'single months without calls in between' }),
  missing: z.array(z.string()),
  pooled: rate.nullable().meta({ description: 'the months together, as the policy counts them' }),
  bothRates: z.object({ withoutWarm: rate.nullable(), withWarm: rate.nullable() }),
  fewCalls: z.boolean(),
  tooFewToKnow: z.boolean(),
  isTicked: z
    .boolean()
    .meta({ description: 'whether a closing takes the agent in unless it is said otherwise' }),
  isNewSinceClosing: z.boolean(),
  takenOut: z.object({ month: z.string(), reason }).nullable(),
  wouldBeWrittenTo: z.object({
    agent: receiver,
    leader: receiver.extend({ insteadOf: z.string().nullable() }).nullable(),
  }),
  mails: z.array(z.enum(['quality-agent', 'quality-leader'])),
  caseId: z.number().nullable(),
});

/** An agent in the preview of a month. */
export type PreviewItem = z.output<typeof previewItem>;

/** A closing as the API shows it. */
export const closingView = z.object({
  id: z.number(),
  month: z.string(),
  policyVersion: z.number(),
  closedAt: z.string(),
  closedByName: z.string(),
  finalAt: z.string(),
  canBeUndone: z.boolean(),
  undoneAt: z.string().nullable(),
  cases: z.number(),
});

/** A closing as the API shows it. */
export type ClosingView = z.output<typeof closingView>;

/** What came of a closing. */
export const closed = z.object({
  id: z.number(),
  month: z.string(),
  finalAt: z.string(),
  cases: z.array(z.object({ id: z.number(), agentId: z.number() })),
  followUps: z.array(z.object({ caseId: z.number(), agentId: z.number(), months: z.array(z.string()) })),
});

/** What came of a closing. */
export type Closed = z.output<typeof closed>;

/** The key of a closing in a path. */
export const closingId = id;
