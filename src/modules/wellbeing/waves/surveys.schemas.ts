import { z } from 'zod';
import { line, localDate } from '../../../common/fields.js';
import { pageQuery } from '../../../common/pagination.js';
import { BREAKDOWNS } from '../results/breakdowns.rules.js';
import { DIRECTIONS } from '../results/scale.rules.js';
import { FEWEST_ANSWERS } from '../results/suppression.rules.js';
import type { QuestionPlan } from './survey-template.js';
import { SURVEY_STATES } from './survey.rules.js';

const PLAIN = /^[^\p{Cs}]*$/u;
const key = z
  .string()
  .refine((text) => /^[a-z][a-z0-9_]{0,39}$/.test(text), { params: { code: 'invalid_format' } });
const labels = z.array(line(60)).max(11);

/** Several lines of text. */
export const lines = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .refine((text) => PLAIN.test(text), { params: { code: 'invalid_characters' } })
    .transform((text) => text.replace(/\r\n?/g, '\n'));

/** A question of a wave. */
const newQuestion = z
  .strictObject({
    key,
    dimension: key,
    dimensionLabels: z.strictObject({ da: line(100), en: line(100) }),
    kind: z.enum(['scale', 'text']).default('scale'),
    scale: z
      .strictObject({ min: z.number().int().min(0).max(10), max: z.number().int().min(1).max(10) })
      .default({ min: 1, max: 5 }),
    direction: z.enum(DIRECTIONS).default('higher'),
    text: z.strictObject({ da: line(500), en: line(500) }),
    labels: z.strictObject({ da: labels, en: labels }).default({ da: [], en: [] }),
  })
  .superRefine(({ kind, scale, labels: words }, context) => {
    if (kind === 'text') return;
    if (scale.max <= scale.min)
      context.addIssue({ code: 'custom', path: ['scale', 'max'], params: { code: 'scale_reversed' } });
    for (const language of ['da', 'en'] as const)
      if (words[language].length > 0 && words[language].length !== scale.max - scale.min + 1)
        context.addIssue({
          code: 'custom',
          path: ['labels', language],
          params: { code: 'labels_do_not_fit' },
        });
  });

const questions = z
  .array(newQuestion)
  .min(1)
  .max(60)
  .superRefine((list, context) => {
    list.forEach((question, n) => {
      if (list.some((other, m) => m < n && other.key === question.key))
        context.addIssue({ code: 'custom', path: [n, 'key'], params: { code: 'key_taken' } });
      const first = list.find(({ dimension }) => dimension === question.dimension)!;
      if ((first.direction === 'neutral') !== (question.direction === 'neutral'))
        context.addIssue({ code: 'custom', path: [n, 'direction'], params: { code: 'direction_mixed' } });
    });
  });

/** The fewest answers a figure is given for. */
export const fewestAnswers = z
  .number()
  .int()
  .max(1000)
  .refine((value) => value >= FEWEST_ANSWERS, { params: { code: 'fewest_too_low' } });

/** What makes a wave; without questions it gets those of the template. */
export const newSurvey = z
  .strictObject({
    title: line(150),
    year: z.number().int().min(2000).max(2100),
    isBaseline: z.boolean().default(false),
    k: fewestAnswers.default(FEWEST_ANSWERS).meta({ description: 'no figure for fewer answers than this' }),
    closesOn: localDate.optional().meta({ description: 'last day on which it can be answered' }),
    questions: questions.optional(),
  })
  .meta({ id: 'NewSurvey' });

/** What changes of a wave. */
export const surveyChange = z.strictObject({
  version: z.number().int().min(1),
  title: line(150).optional(),
  k: fewestAnswers.optional(),
  closesOn: localDate.optional(),
  isBaseline: z.boolean().optional(),
});

/** Which waves a list holds. */
export const surveyQuery = z.strictObject({ state: z.enum(SURVEY_STATES).optional(), ...pageQuery });

/** What results are asked for by. */
export const resultQuery = z.strictObject({ by: z.enum(BREAKDOWNS).default('total') });

const surveyId = z.coerce.number().int().min(1).max(2_147_483_647);

/** Which waves are compared; without `base` the baseline. */
export const comparisonQuery = z.strictObject({ base: surveyId.optional(), with: surveyId });

/** What publishes a wave: "you said, we do". */
export const newPublication = z.strictObject({ messageDa: lines(4000), messageEn: lines(4000).optional() });

/** The questions as they are kept. */
export function toPlans(list: z.output<typeof questions>): QuestionPlan[] {
  return list.map((question) => ({
    questionKey: question.key,
    dimension: question.dimension,
    dimensionDa: question.dimensionLabels.da,
    dimensionEn: question.dimensionLabels.en,
    kind: question.kind,
    scaleMin: question.scale.min,
    scaleMax: question.scale.max,
    direction: question.direction,
    textDa: question.text.da,
    textEn: question.text.en,
    labelsDa: question.labels.da,
    labelsEn: question.labels.en,
  }));
}

const figure = z.number().nullable();

/** A wave as the API shows it. */
export const surveyView = z
  .object({
    id: z.number(),
    title: z.string(),
    year: z.number(),
    state: z.enum(SURVEY_STATES),
    isBaseline: z.boolean(),
    k: z.number(),
    closesOn: z.string().nullable(),
    invited: z.number().nullable(),
    answered: figure.meta({ description: 'null while the wave is open' }),
    responseRate: figure.meta({
      description: 'per cent; while the wave is open in steps of five and once a day',
    }),
    responseRateOn: z.string().nullable(),
    openedAt: z.string().nullable(),
    closedAt: z.string().nullable(),
    publishedAt: z.string().nullable(),
    version: z.number(),
  })
  .meta({ id: 'Survey' });
