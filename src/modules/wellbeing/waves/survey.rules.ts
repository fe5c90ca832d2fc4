import { FEWEST_ANSWERS } from '../results/suppression.rules.js';

/** Where a wave can stand. */
export const SURVEY_STATES = ['draft', 'open', 'closed', 'published'] as const;

/** Where a wave stands: answered while `open`, figures from `closed` on, shown to leaders and agents once `published`. */
export type SurveyState = (typeof SURVEY_STATES)[number];

const STEP = 5;

/** Why the fewest answers cannot be set so, or undefined: it can be raised until the wave closes, and never lowered. */
export function minimumFault(
  wanted: number,
  present: number,
  state: SurveyState,
): 'too_few' | 'fixed' | undefined {
  if (wanted === present) return undefined;
  if (wanted < Math.max(present, FEWEST_ANSWERS)) return 'too_few';
  return state === 'draft' || state === 'open' ? undefined : 'fixed';
}

/**
 * The share that has answered, in per cent, as it is told while the wave is open: answers are counted in steps of five and the share is
 * rounded down to five again, so that nobody sees a single answer come in.
 */
export function shownRate(answered: number, invited: number): number {
  if (invited === 0) return 0;
  const inSteps = Math.floor(answered / STEP) * STEP;
  return Math.floor((100 * inSteps) / invited / STEP) * STEP;
}
