import { z } from 'zod';
import { localDate, municipalityCode } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';

const key = z.number().int().min(1).max(2_147_483_647);
/** An instant within what a plan can mean. */
const instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 2000 && at.getUTCFullYear() <= 2100, {
    params: { code: 'invalid_date' },
  });

/** What plans a shift. */
export const newShift = z
  .strictObject({ agentId: key, startsAt: instant, endsAt: instant })
  .meta({ id: 'NewShift' });

/** What changes one; what is left out stays. */
export const shiftChanges = newShift
  .partial()
  .extend({ version: z.number().int().min(1) })
  .meta({ id: 'ShiftChanges' });

/** A shift as the API shows it. */
export const shiftView = z.object({
  id: z.number(),
  agentId: z.number(),
  startsAt: z.string(),
  endsAt: z.string(),
  version: z.number(),
});

/** A shift in a list. */
export const shiftListed = shiftView.extend({
  municipalityCode: z.string().nullable().meta({ description: 'for which the agent works on that day' }),
  source: z.enum(['api', 'page', 'import', 'feed']),
});

/** Which shifts a list holds. */
export const shiftQuery = z.strictObject({
  from: localDate
    .optional()
    .meta({ description: 'first day; a shift belongs to the day on which it starts' }),
  to: localDate.optional().meta({ description: 'last day' }),
  agentId: z.coerce.number().int().min(1).max(2_147_483_647).optional(),
  municipality: municipalityCode.optional(),
  ...pageQuery,
});
