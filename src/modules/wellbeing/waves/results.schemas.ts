import { z } from 'zod';
import { SURVEY_STATES } from './survey.rules.js';

const figure = z.number().nullable();

const resultItem = z.object({
  parameter: z.string().meta({
    description: 'a dimension or a question; empty on the row that tells how many were asked and answered',
  }),
  label: z.string(),
  group: z.string().nullable(),
  groupLabel: z.string().nullable(),
  isHidden: z.boolean().meta({ description: 'too few answers, or a few could be told by subtraction' }),
  answers: figure,
  invited: figure,
  mean: figure.meta({ description: 'from 0 to 100, 100 always the good end' }),
  low: figure.meta({ description: 'of the 95 % interval' }),
  high: figure,
});

/** The results of a wave; of one that is not closed only its state and how many have answered. */
export const resultsView = z
  .object({
    id: z.number(),
    state: z.enum(SURVEY_STATES),
    k: z.number(),
    by: z.string(),
    responseRate: figure,
    responseRateOn: z.string().nullable(),
    invited: figure.optional(),
    answered: figure.optional(),
    items: z.array(resultItem).optional(),
  })
  .meta({ id: 'SurveyResults' });

const wave = z.object({ id: z.number(), title: z.string(), year: z.number() });
const side = z.object({ answers: figure, mean: figure });

/** How two waves differ. */
export const comparisonView = z
  .object({
    base: wave,
    with: wave,
    items: z.array(
      z.object({
        parameter: z.string(),
        label: z.string(),
        base: side,
        with: side,
        change: z
          .object({
            difference: z.number(),
            low: z.number().optional(),
            high: z.number().optional(),
            word: z.enum(['better', 'worse', 'higher', 'lower', 'no_certain_difference', 'unknown']),
            isSpreadAssumed: z.boolean(),
          })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'SurveyComparison' });
