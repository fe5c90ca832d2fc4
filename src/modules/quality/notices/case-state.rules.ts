/**
 * How far a case is: `pending` until its closing can no longer be undone; `with_agent` while the agent alone sees it; `held` while
 * the agent's word that a figure is wrong is not answered; `notified` once the leader has been told; `closed`; `withdrawn` when the
 * closing was undone, the figures turned out wrong before the leader was told, or the agent has left.
 */
export const CASE_STATES = ['pending', 'with_agent', 'held', 'notified', 'closed', 'withdrawn'] as const;

/** How far a case is. */
export type CaseState = (typeof CASE_STATES)[number];

/** Why a case has ended; nothing of what was said. */
export const CASE_END_REASONS = [
  'talked',
  'improved',
  'no_talk_needed',
  'left',
  'figures_wrong',
  'undone',
] as const;

/** Why a case has ended. */
export type CaseEndReason = (typeof CASE_END_REASONS)[number];

/** What the secretariat answers to "the figure is wrong". */
export const DISPUTE_ANSWERS = ['corrected', 'stands'] as const;

/** What the secretariat answers to "the figure is wrong". */
export type DisputeAnswer = (typeof DISPUTE_ANSWERS)[number];

/** What may be wrong about a figure, from a list without health in it. */
export const DISPUTE_REASONS = [
  'not_my_calls',
  'too_many_answered',
  'too_few_resolved',
  'not_on_the_phones',
  'other',
] as const;

/** What may be wrong about a figure. */
export type DisputeReason = (typeof DISPUTE_REASONS)[number];
