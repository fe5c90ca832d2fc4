import { z } from 'zod';
import { line, localDate, municipalityCode } from '../../common/fields.js';
import { instantAt } from '../../common/local-date.js';
import { pageQuery } from '../../common/pagination.js';
import { AUDIENCE_KINDS, URGENCIES, type Audience } from './guides.rules.js';
import type { NewGuideVersion } from './guide.service.js';

const MOST_BYTES = 60_000;
const PLAIN = /^[^\p{Cs}\p{Cc}]*$/u;

/** Several lines of text; line ends as browsers send them. */
const lines = z
  .string()
  .refine((text) => PLAIN.test(text.replace(/[\r\n\t]/g, '')), { params: { code: 'invalid_characters' } })
  .transform((text) => text.replace(/\r\n?/g, '\n'));

const instant = z.iso.datetime({ offset: true });

const markdown = lines
  .refine((text) => text.trim() !== '', { params: { code: 'required' } })
  .refine((text) => Buffer.byteLength(text) <= MOST_BYTES, { params: { code: 'text_too_long' } });

const webAddress = z
  .string()
  .trim()
  .max(1000)
  .refine((text) => /^https?:\/\/[^\s]+$/i.test(text) && URL.canParse(text), {
    params: { code: 'invalid_url' },
  });

/** A subject that agents answer calls on. */
export const skill = line(60).transform((text) => text.toLowerCase());

/** Whom a version is meant for. */
export const audience = z
  .strictObject({
    kind: z.enum(AUDIENCE_KINDS),
    municipalities: z.array(municipalityCode).max(98).optional(),
    skills: z.array(skill).max(50).optional(),
  })
  .superRefine(({ kind, municipalities, skills }, context) => {
    const lists = { municipalities, skills };
    for (const name of ['municipalities', 'skills'] as const) {
      const isFilled = (lists[name]?.length ?? 0) > 0;
      if (isFilled === (kind === name)) continue;
      const code = isFilled ? 'not_of_this_audience' : 'required';
      context.addIssue({ code: 'custom', path: [name], params: { code } });
    }
  });

/** A question asked before "read and understood". */
export const checkQuestion = z
  .strictObject({
    question: line(300),
    answers: z
      .array(line(200))
      .max(6)
      .refine((answers) => answers.length >= 2, { params: { code: 'two_answers' } }),
    right: z.number().int(),
  })
  .refine(({ answers, right }) => right >= 0 && right < answers.length, {
    path: ['right'],
    params: { code: 'no_right_answer' },
  });

/** What makes a guide. */
export const newGuide = z.strictObject({ title: line(150) }).meta({ id: 'NewGuide' });

/** What publishes a version. */
export const newGuideVersion = z
  .strictObject({
    title: line(150),
    body: markdown.optional().meta({ description: 'Markdown, at most 60,000 bytes' }),
    url: webAddress.optional(),
    courseId: z.number().int().min(1).max(2_147_483_647).optional(),
    changeNote: lines.pipe(z.string().trim().min(1).max(600)),
    minor: z.boolean().default(false),
    urgency: z.enum(URGENCIES).default('normal'),
    minutes: z.number().int().min(1).max(600).optional(),
    effectiveFrom: z
      .string()
      .refine((text) => [localDate, instant].some((form) => form.safeParse(text).success), {
        params: { code: 'invalid_date' },
      })
      .meta({ description: 'a local date, from its first minute on, or an instant' }),
    audience,
    questions: z.array(checkQuestion).max(5).optional(),
  })
  .meta({ id: 'NewGuideVersion' });

/** The version of what was sent. @param zone in which a date begins */
export function toNewVersion(sent: z.output<typeof newGuideVersion>, zone: string): NewGuideVersion {
  const { effectiveFrom } = sent;
  return {
    ...sent,
    effectiveFrom:
      effectiveFrom.length === 10 ? instantAt(effectiveFrom, '00:00', zone) : new Date(effectiveFrom),
    audience: toAudience(sent.audience),
  };
}

/** Which guides a list holds. */
export const guideQuery = z.strictObject({
  q: z.string().max(200).optional(),
  state: z.enum(['draft', 'active', 'archived']).optional(),
  ...pageQuery,
});

/** What answers the questions of a version, in their order. */
export const newReceipt = z.strictObject({ answers: z.array(z.number().int().min(0)).max(5).optional() });

/** What replaces an agent's skills. */
export const agentSkills = z.strictObject({ skills: z.array(skill).max(50) });

function toAudience({ kind, municipalities, skills }: z.output<typeof audience>): Audience {
  return { kind, codes: (kind === 'municipalities' ? municipalities : skills) ?? [] };
}
