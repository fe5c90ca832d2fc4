import { z } from 'zod';
import { CSV_FORMATS } from '../../common/csv.js';
import { id, localDate, municipalityCode } from '../../common/fields.js';
import { pageQuery } from '../../common/pagination.js';
import { ONBOARDING_STEPS } from './onboarding-step.js';

/** The forms in which all rows can be had. */
export const EXPORT_FORMATS = [...CSV_FORMATS, 'xlsx'] as const;

/** The form in which all rows are had. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** States an enrolment can be narrowed to. */
export const completionState = z.enum(['not_started', 'in_progress', 'completed', 'waived']);

const filters = {
  municipality: municipalityCode.optional(),
  leaderId: id.optional(),
  course: z.string().max(60).optional(),
  state: completionState.optional(),
  onboarding: z.enum(ONBOARDING_STEPS).optional(),
  from: localDate.optional(),
  to: localDate.optional(),
  asOf: localDate.optional(),
};

/** The filters of the API. */
export const completionQuery = z.strictObject({
  ...filters,
  format: z.enum(EXPORT_FORMATS).optional(),
  ...pageQuery,
});

/** The report as JSON. */
export const completionReport = z.object({
  items: z.array(
    z.object({
      enrolmentId: z.number(),
      agentId: z.number(),
      firstName: z.string(),
      lastName: z.string(),
      email: z.string(),
      municipalityCode: z.string(),
      municipality: z.string(),
      leader: z.string().nullable(),
      courseCode: z.string(),
      course: z.string(),
      state: completionState,
      completedAt: z.string().nullable(),
      source: z.string().nullable(),
      startOn: z.string(),
      firstShiftOn: z.string().nullable(),
      onboardingAttendedOn: z
        .string()
        .nullable()
        .meta({ description: 'the first onboarding day attended, here or before Vagtklar' }),
      onboardingSeatOn: z
        .string()
        .nullable()
        .meta({ description: 'the onboarding day on which the agent has a seat, that day included' }),
    }),
  ),
  nextCursor: z.string().nullable(),
  totals: z.object({
    total: z.number(),
    completed: z.number(),
    waived: z.number(),
    inProgress: z.number(),
    notStarted: z.number(),
    onboarding: z.object({ missing: z.number(), seat: z.number(), attended: z.number() }),
  }),
});

/** A field of a filter form: empty means no filter, and a wrong value is passed over. */
export const emptyIsNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional()).catch(undefined);

/** The filters of the page; an empty field of its form means no filter, and a wrong one is passed over. */
export const completionPageQuery = z.object({
  municipality: emptyIsNone(municipalityCode),
  leaderId: emptyIsNone(id),
  course: emptyIsNone(z.string().max(60)),
  state: emptyIsNone(completionState),
  onboarding: emptyIsNone(z.enum(ONBOARDING_STEPS)),
  from: emptyIsNone(localDate),
  to: emptyIsNone(localDate),
  asOf: emptyIsNone(localDate),
  cursor: z.string().max(500).optional(),
});
