import { z } from 'zod';
import { pageQuery } from '../../../common/pagination.js';
import { MOST_CALLS } from '../figures/figure-row.rules.js';
import { month } from '../month.schema.js';
import { DISPUTE_ANSWERS, DISPUTE_REASONS } from './case-state.rules.js';

const calls = z.number().int().min(0).max(MOST_CALLS);
const typedCalls = z.coerce.number().int().min(0).max(MOST_CALLS);

/** An agent's word that a figure is wrong. */
export const newDispute = z.strictObject({ month, reason: z.enum(DISPUTE_REASONS) });

/** The same as a form has it. */
export const disputeForm = z.object({ month, reason: z.enum(DISPUTE_REASONS) });

/** An agent's word that a figure is wrong. */
export type NewDispute = z.output<typeof newDispute>;

/** What was raised. */
export const disputeMade = z.object({
  id: z.number(),
  month: z.string(),
  reason: z.enum(DISPUTE_REASONS),
  createdAt: z.string(),
});

/** What was raised. */
export type DisputeMade = z.output<typeof disputeMade>;

/** The secretariat's answer; with the right figures, unless they were put right by an import. */
export const newAnswer = z.strictObject({
  answer: z.enum(DISPUTE_ANSWERS),
  answered: calls.optional(),
  resolved: calls.optional(),
  warmTransferred: calls.optional(),
});

/** The same as a form has it. */
export const answerForm = z.object({
  answer: z.enum(DISPUTE_ANSWERS),
  answered: typedCalls.optional(),
  resolved: typedCalls.optional(),
  warmTransferred: typedCalls.optional(),
});

/** The secretariat's answer. */
export type NewAnswer = z.output<typeof newAnswer>;

/** Which disputes a list holds. */
export const disputeQuery = z.strictObject({
  state: z.enum(['open', 'answered']).default('open'),
  ...pageQuery,
});

/** A dispute as the API shows it. */
export const disputeView = z.object({
  id: z.number(),
  agentId: z.number(),
  agentName: z.string(),
  municipalityName: z.string().nullable(),
  month: z.string(),
  reason: z.enum(DISPUTE_REASONS),
  createdAt: z.string(),
  answer: z.enum(DISPUTE_ANSWERS).nullable(),
  answeredAt: z.string().nullable(),
});
