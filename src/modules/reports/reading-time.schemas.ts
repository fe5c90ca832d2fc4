import { z } from 'zod';
import { localDate, municipalityCode } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { emptyIsNone, EXPORT_FORMATS } from './completion-report.schemas.js';
import { READING_TIME_BY } from './reading-time.queries.js';

const period = {
  from: localDate.meta({ description: 'first day; the month two months before the last day when left out' }),
  to: localDate.meta({ description: 'last day; today when left out' }),
};

/** The filters of the API. */
export const readingTimeQuery = z.strictObject({
  from: period.from.optional(),
  to: period.to.optional(),
  municipality: municipalityCode.optional(),
  by: z.enum(READING_TIME_BY).default('agent').meta({ description: 'what a row stands for' }),
  format: z.enum(EXPORT_FORMATS).optional(),
  ...pageQuery,
});

const sums = {
  agents: z.number().int(),
  minutes: z.number().int().meta({ description: 'estimated, of the versions that were read' }),
  readings: z.number().int().meta({ description: 'how many versions were read' }),
  shifts: z.number().int().meta({ description: 'that have ended' }),
  shiftHours: z.number(),
  minutesPerShiftHour: z.number().nullable().meta({ description: 'null when there was no shift' }),
};

/** The report as JSON. */
export const readingTimeReport = z.object({
  from: z.string(),
  to: z.string(),
  items: z.array(
    z.object({
      month: z.string().meta({ example: '2026-11' }),
      municipalityCode: z
        .string()
        .nullable()
        .meta({ description: 'of the employment that covers the day; null when none does' }),
      municipality: z.string().nullable(),
      agentId: z.number().nullable().meta({ description: 'null in rows by municipality, as are the names' }),
      firstName: z.string().nullable(),
      lastName: z.string().nullable(),
      ...sums,
    }),
  ),
  nextCursor: z.string().nullable(),
  totals: z.object(sums),
});

/** The filters of the page; an empty field of its form means no filter, and a wrong one is passed over. */
export const readingTimePageQuery = z.object({
  from: emptyIsNone(localDate),
  to: emptyIsNone(localDate),
  municipality: emptyIsNone(municipalityCode),
  by: emptyIsNone(z.enum(READING_TIME_BY)),
  cursor: z.string().max(500).optional(),
});
