import { z } from 'zod';
import { AUDIENCE_KINDS, URGENCIES } from './guides.rules.js';

/** Whom a version is meant for, as the API shows it. */
const audienceView = z.object({
  kind: z.enum(AUDIENCE_KINDS),
  municipalities: z.array(z.string()).optional(),
  skills: z.array(z.string()).optional(),
});

/** A version as lists show it. */
export const versionView = z.object({
  id: z.number(),
  guideId: z.number(),
  number: z.number(),
  title: z.string(),
  changeNote: z.string(),
  url: z.string().nullable(),
  courseId: z.number().nullable(),
  minor: z.boolean(),
  urgency: z.enum(URGENCIES),
  minutes: z.number(),
  effectiveFrom: z.string(),
  publishedAt: z.string(),
  withdrawnAt: z.string().nullable(),
  audience: audienceView,
  readAt: z
    .string()
    .nullable()
    .meta({ description: 'when the calling agent gave a receipt that answers for it' }),
});

/** A version with its text. */
export const wholeVersionView = versionView.extend({
  body: z.string().nullable().meta({ description: 'Markdown' }),
  questions: z.array(z.object({ question: z.string(), answers: z.array(z.string()) })),
});

/** A guide as lists show it. */
export const guideListed = z.object({
  id: z.number(),
  title: z.string(),
  state: z.enum(['draft', 'active', 'archived']),
  newest: versionView.nullable().meta({ description: 'the newest version that the caller may see' }),
});

/** A guide with its versions, newest first. */
export const guideView = guideListed.omit({ newest: true }).extend({
  archivedAt: z.string().nullable(),
  versions: z.array(versionView),
});

/** What was changed between two versions. */
export const diffView = z.object({
  guideId: z.number(),
  number: z.number(),
  since: z.number().nullable().meta({ description: 'null when there is nothing to compare with' }),
  notes: z.array(z.object({ number: z.number(), changeNote: z.string() })),
  changes: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })),
});

/** What publishing a version would ask for. */
export const previewView = z.object({
  agents: z.number().meta({ description: 'agents who would be asked to read it' }),
  withShift: z.number().meta({ description: 'of these, with a shift within 14 days from when it counts' }),
  minutes: z.number(),
  minutesInAll: z.number(),
});

/** A receipt. */
export const receiptView = z.object({ versionId: z.number(), readAt: z.string() });
