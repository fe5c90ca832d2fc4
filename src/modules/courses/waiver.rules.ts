/**
 * Why a learner may be let off a course. A list instead of free text, so that nobody writes about health or other matters that
 * are none of the product's business (decision "Fairness").
 */
export const WAIVER_REASONS = [
  'completed_elsewhere',
  'experienced_agent',
  'content_not_relevant',
  'technical_obstacle',
  'agreed_with_leader',
] as const;

/** Why a learner may be let off a course. */
export type WaiverReason = (typeof WAIVER_REASONS)[number];
