import { z } from 'zod';
import { line, localDate } from '../../common/fields.js';
import { CREDIT_RULES } from './completion.rules.js';
import { ENROL_CHOICES } from './publication.rules.js';
import { WAIVER_REASONS } from './waiver.rules.js';

/** What makes a course. */
export const newCourse = z.strictObject({
  code: z
    .string()
    .trim()
    .toLowerCase()
    .max(60)
    .refine((text) => /^[a-z0-9][a-z0-9._-]*$/.test(text), { params: { code: 'invalid_code' } }),
  title: line(150),
  audience: z.enum(['agent', 'leader']).default('agent'),
  creditRule: z.enum(CREDIT_RULES).default('PassedOrCompletedUnlessFailed'),
  estimatedMinutes: z.number().int().min(1).max(6000),
  requiredBeforeFirstShift: z.boolean().default(true),
});

/** What makes a version of a course that is taken elsewhere. */
export const newVersion = z.strictObject({
  launchUrl: z
    .string()
    .trim()
    .max(1000)
    .refine(
      (text) =>
        /^https?:\/\/[^\s]+$/.test(text) &&
        URL.canParse(text.replaceAll('{reference}', 'r').replaceAll('{language}', 'da')),
      {
        params: { code: 'invalid_url' },
      },
    )
    .refine((text) => !/[{}]/.test(text.replaceAll('{reference}', '').replaceAll('{language}', '')), {
      params: { code: 'unknown_placeholder' },
    }),
  changeNote: line(500).optional(),
  isRetake: z.boolean().optional(),
});

/** What is told of a version that is uploaded as a package; form fields, before the file. */
export const packageVersion = z.strictObject({
  changeNote: line(500).optional(),
  isRetake: z
    .enum(['true', 'false', 'ja', 'nej'])
    .optional()
    .transform((word) => word === 'true' || word === 'ja'),
});

/** A course as the API shows it. */
export const courseView = z.object({
  id: z.number(),
  code: z.string(),
  title: z.string(),
  audience: z.enum(['agent', 'leader']),
  creditRule: z.enum(CREDIT_RULES),
  estimatedMinutes: z.number(),
  requiredBeforeFirstShift: z.boolean(),
});

/** A version as the API shows it. */
export const versionView = z.object({
  id: z.number(),
  courseId: z.number(),
  number: z.number(),
  state: z.enum(['draft', 'approved', 'published']),
  launchUrl: z.string().nullable(),
  packageId: z.number().nullable(),
  isRetake: z.boolean().meta({ description: 'those who are through are asked to take it again' }),
  changeNote: z.string().nullable(),
  warnings: z.array(z.enum(['review_link'])),
});

/** Whom publishing reaches. */
export const publication = z.strictObject({ enrol: z.enum(ENROL_CHOICES).optional() });

/** What publishing would do, as the API shows it. */
export const publicationPreview = z.object({
  enrol: z.enum(ENROL_CHOICES),
  enrolled: z.number(),
  mailed: z.number(),
  people: z.array(
    z.object({
      personId: z.number(),
      name: z.string(),
      municipality: z.string().nullable(),
      isMailed: z.boolean(),
    }),
  ),
});

/** What lets a learner off. */
export const newWaiver = z.strictObject({ reason: z.enum(WAIVER_REASONS) });

/** What registers a completion by hand. */
export const newCompletion = z.strictObject({ completedOn: localDate, note: line(500).optional() });

/** An enrolment as the API shows it. */
export const enrolmentView = z.object({
  id: z.number(),
  reference: z.string(),
  personId: z.number(),
  courseId: z.number(),
  state: z.enum(['not_started', 'in_progress', 'completed', 'waived']),
  success: z.enum(['passed', 'failed']).nullable(),
  scoreScaled: z.number().nullable(),
  completedAt: z.string().nullable(),
  source: z.string().nullable(),
});
