/** A version a learner may take. */
export interface OfferedVersion {
  id: number;
  number: number;
}

/** The learner's latest attempt. */
export interface LatestAttempt {
  id: number;
  versionId: number;
  versionNumber: number;
  isFinished: boolean;
}

/** What the learner asked for: to go on, or to begin again with the newest version. */
export type AttemptChoice = 'go_on' | 'begin_again';

/** What is opened: an attempt that is there, or a new one. */
export type AttemptPlan =
  { kind: 'same'; attemptId: number; mode: 'normal' | 'review' } | { kind: 'new'; versionId: number };

/**
 * Which attempt a learner opens. Who has begun stays on the version it was begun with, unless the learner chooses the newest; who is
 * through looks back at what was taken, unless the course is to be taken again.
 * @param retakeNumber number of the version that must be taken although an earlier one is finished, if any
 */
export function planAttempt(
  latest: LatestAttempt | null,
  newest: OfferedVersion,
  choice: AttemptChoice,
  retakeNumber: number | null,
): AttemptPlan {
  const begin: AttemptPlan = { kind: 'new', versionId: newest.id };
  if (!latest || choice === 'begin_again') return begin;
  if (!latest.isFinished) return { kind: 'same', attemptId: latest.id, mode: 'normal' };
  if (retakeNumber !== null && latest.versionNumber < retakeNumber) return begin;
  return { kind: 'same', attemptId: latest.id, mode: 'review' };
}
