import { z } from 'zod';
import { id, municipalityCode } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { month } from '../quality/index.js';
import { emptyIsNone, EXPORT_FORMATS } from './completion-report.schemas.js';

/** The filters of the API. */
export const qualityQuery = z.strictObject({
  from: month.optional().meta({ description: 'first month' }),
  to: month.optional().meta({ description: 'last month' }),
  municipality: municipalityCode.optional(),
  agentId: id.optional(),
  format: z.enum(EXPORT_FORMATS).optional(),
  ...pageQuery,
});

const share = z.number().min(0).max(1).nullable();
const calls = {
  answered: z.number().int(),
  resolved: z.number().int().meta({ description: 'as the source counts, without warm transfers' }),
  warmTransferred: z.number().int().nullable().meta({ description: 'null when the source does not tell' }),
  rate: share.meta({ description: 'resolved of answered; null when no call was answered' }),
  low: share.meta({ description: 'lower end of the 95 % interval (Wilson)' }),
  high: share,
  rateWithWarm: share.meta({ description: 'warm transfers counted as resolved' }),
};

/** The report as JSON. */
export const qualityReport = z.object({
  items: z.array(
    z.object({
      month: z.string(),
      agentId: z.number(),
      firstName: z.string(),
      lastName: z.string(),
      municipalityCode: z
        .string()
        .nullable()
        .meta({ description: 'for which the agent worked in the month; null when there were several' }),
      municipality: z.string().nullable(),
      ...calls,
      streakPosition: z.number().int().nullable().meta({
        description: 'how many months below in a row the month ends; null without a policy',
      }),
    }),
  ),
  nextCursor: z.string().nullable(),
  totals: z.object({ rows: z.number().int(), agents: z.number().int(), ...calls }),
});

/** The filters of the page; an empty field of its form means no filter, and a wrong one is passed over. */
export const qualityPageQuery = z.object({
  from: emptyIsNone(month),
  to: emptyIsNone(month),
  municipality: emptyIsNone(municipalityCode),
  agentId: emptyIsNone(id),
  cursor: z.string().max(500).optional(),
});
