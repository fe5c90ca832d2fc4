import { z } from 'zod';
import { id, line } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { REPORT_KINDS } from '../entities/guide-report.entity.js';

/** What reports that a guide is missing or wrong. */
export const newGuideReport = z
  .strictObject({
    kind: z.enum(REPORT_KINDS),
    topic: line(150),
    guideId: z.number().int().min(1).max(2_147_483_647).optional(),
  })
  .meta({ id: 'NewGuideReport' });

/** The same as a form has it. */
export const guideReportForm = z.object({
  kind: z.enum(REPORT_KINDS),
  topic: line(150),
  guideId: id.optional(),
});

/** Which reports a list holds. */
export const guideReportQuery = z.strictObject({
  state: z.enum(['open', 'settled']).default('open'),
  ...pageQuery,
});

/** A report as the API shows it. */
export const guideReportView = z.object({
  id: z.number(),
  kind: z.enum(REPORT_KINDS),
  topic: z.string(),
  guideId: z.number().nullable(),
  guideTitle: z.string().nullable(),
  reportedByPersonId: z.number(),
  reporterName: z.string(),
  municipalityName: z.string().nullable(),
  reportedAt: z.string(),
  settledAt: z.string().nullable(),
});
