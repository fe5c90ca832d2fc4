import { z } from 'zod';
import { municipalityCode } from '../../../common/fields.js';
import { chartSize } from '../../../web/charts/chart-size.js';
import { month } from '../month.schema.js';

/** The month that is asked about. */
export const overviewQuery = z.strictObject({
  month: month
    .optional()
    .meta({ description: 'the last one that has been imported when left out or not imported' }),
});

/** The same from the form of the page; an empty or wrong field is passed over. */
export const overviewPageQuery = z.object({ month: month.optional().catch(undefined) });

/** What a trend is drawn of. */
export const trendChartQuery = z.object({
  month: month.optional().catch(undefined),
  municipality: municipalityCode.optional().catch(undefined),
  size: chartSize,
});

/** How large a chart is wanted. */
export const chartQuery = z.object({ size: chartSize });

const share = z.number().min(0).max(1);
const interval = z
  .object({ rate: share, low: share, high: share })
  .nullable()
  .meta({ description: 'with its 95 % interval (Wilson); null when no call was answered' });

/** Calls with both rates. */
export const ratedCalls = {
  answered: z.number().int(),
  resolved: z.number().int().meta({ description: 'as the source counts, without warm transfers' }),
  warmTransferred: z.number().int().nullable().meta({ description: 'null when the source does not tell' }),
  rate: interval,
  rateWithWarm: interval.meta({ description: 'warm transfers counted as resolved' }),
  isFew: z.boolean().meta({ description: 'fewer than 30 calls' }),
};

const monthTotals = { month: z.string(), agents: z.number().int(), ...ratedCalls };

/** The overview as the API shows it. */
export const overviewView = z.object({
  month: z.string().nullable().meta({ description: 'null while no month has been imported' }),
  months: z.array(z.string()).meta({ description: 'those that have been imported, latest first' }),
  ddh: z.object(monthTotals).nullable(),
  trend: z.array(z.object(monthTotals)).meta({ description: 'all agents, up to 18 months' }),
  hidden: z.array(z.string()).meta({
    description: 'months whose total a leader is not shown, since it would tell of a handful of agents',
  }),
  municipalities: z.array(
    z.object({ municipalityCode: z.string(), municipality: z.string(), ...monthTotals }),
  ),
  leftOut: z.number().int().meta({
    description: 'municipalities that a leader is not shown, since too few agents stand behind them',
  }),
  watchList: z
    .array(
      z.object({
        agentId: z.number(),
        name: z.string(),
        municipalityCode: z.string(),
        outcome: z.enum(['watch', 'hit', 'unknown']),
        months: z.array(z.string()),
        missing: z.array(z.string()).meta({ description: 'needed to know, and not imported' }),
        pooled: z.object(ratedCalls),
      }),
    )
    .nullable()
    .meta({ description: 'for the secretariat; null for leaders' }),
  openCases: z.number().int(),
});
