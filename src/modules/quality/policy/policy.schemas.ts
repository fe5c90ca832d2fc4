import { z } from 'zod';
import { month } from '../month.schema.js';

const whole = (min: number, max: number) => z.number().int().min(min).max(max);

const settings = {
  months: whole(2, 12).meta({ description: 'so many months below in a row lead to a notice' }),
  watchMonths: whole(1, 11).meta({ description: 'so many put the agent on the watch list' }),
  minimumCalls: whole(0, 10_000).meta({ description: 'a month with fewer calls is passed over' }),
  warmTransferCounts: z.boolean().meta({ description: 'whether a warm transfer counts as resolved' }),
  agentFirstDays: whole(0, 10).meta({ description: 'working days the agent has before the leader is told' }),
  undoHours: whole(0, 168).meta({ description: 'hours in which a closing can be undone' }),
};
const threshold = z
  .strictObject({ numerator: whole(1, 1000), denominator: whole(2, 1000) })
  .meta({ description: 'a month below this share counts' });

/** What makes a version of the policy; what is left out stays as it is in force. */
export const newPolicy = z.strictObject({
  version: whole(1, 2_147_483_647)
    .optional()
    .meta({ description: 'the version seen; none while there is none' }),
  appliesFrom: month.optional().meta({ description: 'months before are history; needed the first time' }),
  threshold: threshold.optional(),
  ...z.object(settings).partial().shape,
});

/** What makes a version of the policy. */
export type NewPolicy = z.output<typeof newPolicy>;

/** The policy as the API shows it; without a version it is what would be proposed. */
export const policyView = z.object({
  version: z.number().nullable(),
  appliesFrom: z.string().nullable(),
  threshold: z.object({ numerator: z.number(), denominator: z.number() }),
  ...settings,
  byName: z.string().nullable(),
  since: z.string().nullable(),
});

/** The policy as the API shows it. */
export type PolicyView = z.output<typeof policyView>;
