import type { InsightKey } from './insight.js';

/** Tables whose change can change an answer. */
export type Source = 'figures' | 'employments' | 'attendance' | 'elearning' | 'reading' | 'surveys';

/** What a question may be narrowed to. */
export type FilterName = 'from' | 'to' | 'threshold' | 'survey';

/** What is known of a question beforehand. */
export interface QuestionPlan {
  /** Counted up whenever the way of reckoning changes, so that nothing reckoned before is served. */
  version: number;
  filters: readonly FilterName[];
  reads: readonly Source[];
  /** Whether the answer depends on the day it is asked. */
  dependsOnToday: boolean;
}

const PERIOD = ['from', 'to'] as const;
const CALLS = ['figures', 'employments', 'attendance'] as const;

/** All questions. */
export const QUESTION_PLANS: Readonly<Record<InsightKey, QuestionPlan>> = {
  'onboarding-resolution': plan(PERIOD, CALLS),
  'high-resolution': plan([...PERIOD, 'threshold'], CALLS),
  'before-after-onboarding': plan(PERIOD, CALLS),
  'elearning-resolution': plan(PERIOD, ['figures', 'employments', 'elearning']),
  'guides-resolution': plan(PERIOD, ['figures', 'employments', 'reading']),
  'claimed-real': plan(['survey'], ['surveys', 'employments', 'elearning', 'attendance']),
  'wellbeing-onboarding': plan(['survey'], ['surveys']),
  'time-to-ready': { ...plan(PERIOD, ['employments', 'elearning']), dependsOnToday: true },
};

/** The least rate that is called high, in whole per cent, when nobody says otherwise. */
export const HIGH_RATE = 65;

function plan(filters: readonly FilterName[], reads: readonly Source[]): QuestionPlan {
  return { version: 1, filters, reads, dependsOnToday: false };
}
