import { z } from 'zod';
import { CSV_FORMATS } from '../../../common/csv.js';
import { id, localDate, municipalityCode } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { overrideView } from '../overrides/override.schemas.js';
import { reasonView } from '../reason-view.js';
import { READINESS_STATES } from './shift-readiness.queries.js';

/** The filters of the list of shifts. */
export const readinessQuery = z.strictObject({
  from: localDate.optional().meta({ description: 'first day; today when left out' }),
  to: localDate.optional().meta({ description: 'last day; 13 days after the first when left out' }),
  municipality: municipalityCode.optional(),
  state: z.enum(READINESS_STATES).optional(),
  q: z.string().max(200).optional().meta({ description: "words of the agent's name" }),
  format: z.enum(CSV_FORMATS).optional(),
  ...pageQuery,
});

/** A shift with its answer. */
export const shiftReadinessView = z.object({
  shiftId: z.number(),
  agentId: z.number(),
  firstName: z.string(),
  lastName: z.string(),
  municipalityCode: z.string().meta({ description: 'where the agent is employed on the day of the shift' }),
  municipalityName: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  ready: z.boolean(),
  reasons: z.array(reasonView),
  override: overrideView.optional(),
});

/** When an agent is asked about: an instant, a shift, or now. */
export const agentReadinessQuery = z
  .strictObject({
    at: z.iso.datetime({ offset: true }).optional(),
    shiftId: id.optional(),
  })
  .refine(({ at, shiftId }) => at === undefined || shiftId === undefined, {
    path: ['at'],
    params: { code: 'either_at_or_shift' },
  });

/** The answer for one agent. */
export const agentReadinessView = z.object({
  ready: z.boolean(),
  reasons: z.array(reasonView),
  override: overrideView.optional(),
});
