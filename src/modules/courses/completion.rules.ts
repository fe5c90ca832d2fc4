/**
 * When a course counts as finished: cmi5's moveOn words (cmi5 §9.5.4) and our default, which takes a pass, or a message
 * that says completed without saying failed (real content reports completed and failed together).
 */
export const CREDIT_RULES = [
  'PassedOrCompletedUnlessFailed',
  'Passed',
  'Completed',
  'CompletedAndPassed',
  'CompletedOrPassed',
  'NotApplicable',
] as const;

/** When a course counts as finished. */
export type CreditRule = (typeof CREDIT_RULES)[number];

/** Where an enrolment stands. `waived` is set by people, never by messages. */
export type EnrolmentState = 'not_started' | 'in_progress' | 'completed' | 'waived';

/** What one message said. */
export interface LearningEvent {
  occurredAt: Date;
  completion: 'completed' | 'incomplete' | null;
  success: 'passed' | 'failed' | null;
  /** −1 to 1. */
  scoreScaled: number | null;
  source: string;
}

/** When something was first said, and by whom; of two at the same instant the first by name, whatever the order. */
interface FirstTime {
  at: number;
  source: string;
}

/**
 * Everything a set of events says, as a join-semilattice: `mergeFacts` is associative, commutative and idempotent, so
 * that order and repetition cannot matter, and nothing that was reached is ever lost.
 */
export interface LearningFacts {
  begun: FirstTime | null;
  completed: FirstTime | null;
  passed: FirstTime | null;
  completedUnlessFailed: FirstTime | null;
  failed: boolean;
  bestScore: number | null;
}

/** What no event says. */
export const NO_FACTS: LearningFacts = {
  begun: null,
  completed: null,
  passed: null,
  completedUnlessFailed: null,
  failed: false,
  bestScore: null,
};

/** What a single event says. */
export function factsOf(event: LearningEvent): LearningFacts {
  const now: FirstTime = { at: event.occurredAt.getTime(), source: event.source };
  const isCompleted = event.completion === 'completed';
  return {
    begun: now,
    completed: isCompleted ? now : null,
    passed: event.success === 'passed' ? now : null,
    completedUnlessFailed: isCompleted && event.success !== 'failed' ? now : null,
    failed: event.success === 'failed',
    bestScore: event.scoreScaled,
  };
}

/** What two sets of events say together. */
export function mergeFacts(a: LearningFacts, b: LearningFacts): LearningFacts {
  return {
    begun: earlier(a.begun, b.begun),
    completed: earlier(a.completed, b.completed),
    passed: earlier(a.passed, b.passed),
    completedUnlessFailed: earlier(a.completedUnlessFailed, b.completedUnlessFailed),
    failed: a.failed || b.failed,
    bestScore: greater(a.bestScore, b.bestScore),
  };
}

/** Where an enrolment stands by the facts alone. */
export interface Standing {
  state: Exclude<EnrolmentState, 'waived'>;
  success: 'passed' | 'failed' | null;
  scoreScaled: number | null;
  begunAt: Date | null;
  completedAt: Date | null;
  source: string | null;
}

/** The state of an enrolment, a pure function of the set of its events. */
export function standing(facts: LearningFacts, rule: CreditRule): Standing {
  const credit = creditOf(facts, rule);
  return {
    state: credit ? 'completed' : facts.begun ? 'in_progress' : 'not_started',
    success: facts.passed ? 'passed' : facts.failed ? 'failed' : null,
    scoreScaled: facts.bestScore,
    begunAt: facts.begun && new Date(facts.begun.at),
    completedAt: credit && new Date(credit.at),
    source: credit?.source ?? null,
  };
}

/** Whether what was said gives credit by itself. */
export function givesCredit(said: Pick<LearningEvent, 'completion' | 'success'>, rule: CreditRule): boolean {
  const event = { ...said, occurredAt: new Date(0), scoreScaled: null, source: '' };
  return standing(factsOf(event), rule).state === 'completed';
}

function creditOf(facts: LearningFacts, rule: CreditRule): FirstTime | null {
  switch (rule) {
    case 'Passed':
      return facts.passed;
    case 'Completed':
      return facts.completed;
    case 'CompletedAndPassed':
      return facts.completed && facts.passed && later(facts.completed, facts.passed);
    case 'CompletedOrPassed':
      return earlier(facts.completed, facts.passed);
    case 'NotApplicable':
      return facts.begun;
    case 'PassedOrCompletedUnlessFailed':
      return earlier(facts.passed, facts.completedUnlessFailed);
  }
}

function earlier(a: FirstTime | null, b: FirstTime | null): FirstTime | null {
  if (!a || !b) return a ?? b;
  return isBefore(b, a) ? b : a;
}

function later(a: FirstTime, b: FirstTime): FirstTime {
  return isBefore(a, b) ? b : a;
}

function isBefore(a: FirstTime, b: FirstTime): boolean {
  return a.at < b.at || (a.at === b.at && a.source < b.source);
}

function greater(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}
