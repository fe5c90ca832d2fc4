/** Why an agent that the rule hit is taken out of a closing. Nothing about health; a person's reason is nobody's business here. */
export const EXCLUSION_REASONS = [
  'figures_doubtful',
  'too_few_calls',
  'other_tasks',
  'new_on_the_phones',
  'already_talked',
  'other',
] as const;

/** Why an agent that the rule hit is taken out of a closing. */
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];
