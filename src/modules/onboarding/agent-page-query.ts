import { z } from 'zod';
import { id } from '../../common/fields.js';

const optional = (schema: z.ZodType<string | undefined>) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

/** The filters of the page `/agenter`; an empty field of its form means no filter, and a wrong one is passed over. */
export const agentPageQuery = z.object({
  q: optional(z.string().max(200).optional()).catch(undefined),
  municipality: optional(z.string().max(3).optional()).catch(undefined),
  status: z.enum(['onboarding', 'ready', 'departed']).optional().catch(undefined),
  leaderId: z.preprocess((value) => (value === '' ? undefined : value), id.optional()).catch(undefined),
  sort: z.enum(['name', 'startOn', '-startOn']).default('name').catch('name'),
  cursor: z.string().max(500).optional(),
});
