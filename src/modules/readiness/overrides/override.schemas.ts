import { z } from 'zod';
import { id, line } from '../../../common/fields.js';
import { OVERRIDE_REASONS } from './override.rules.js';

const fields = { reason: z.enum(OVERRIDE_REASONS), note: line(200).optional() };

/** What makes an override. */
export const newOverride = z.strictObject({ shiftId: id, ...fields });

/** The same as a form of the shift's page. */
export const overrideForm = z.object(fields);

/** What makes an override. */
export type NewOverride = z.output<typeof newOverride>;

/** An override as the API shows it. */
export const overrideView = z.object({
  id: z.number(),
  shiftId: z.number(),
  agentId: z.number(),
  startsAt: z.string().meta({ description: 'the start the shift had; the override counts for no other' }),
  reason: z.enum(OVERRIDE_REASONS),
  note: z.string().nullable(),
  byPersonId: z.number(),
  byName: z.string(),
  createdAt: z.string(),
});

/** An override as the API shows it. */
export type OverrideView = z.output<typeof overrideView>;
