/**
 * Whom a publication enrols: `waiting` only new agents who have nothing to take before their first shift yet, `all` everyone of
 * the course's audience who works for DDH now.
 */
export const ENROL_CHOICES = ['waiting', 'all'] as const;

/** Whom a publication enrols. */
export type EnrolChoice = (typeof ENROL_CHOICES)[number];

/** A person a publication would enrol. */
export interface Enrollee {
  personId: number;
  kind: 'new' | 'existing' | 'leader';
  /** Whether the welcome mail that waits for e-learning has gone out already. */
  isWaiting: boolean;
}

/**
 * Who is written to: new agents who wait for their e-learning, and leaders. Those who were there before Vagtklar are enrolled
 * without a word (decision "Go-live"), and new agents who have other e-learning see it on their page.
 */
export function isMailed(enrollee: Enrollee): boolean {
  return enrollee.kind === 'leader' || (enrollee.kind === 'new' && enrollee.isWaiting);
}

/** What happens when nobody chooses: leaders all get their course, agents only where one is missing. */
export function defaultChoice(audience: 'agent' | 'leader'): EnrolChoice {
  return audience === 'leader' ? 'all' : 'waiting';
}
