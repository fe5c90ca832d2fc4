import { mayLieOnEitherSide } from '../../../common/statistics/wilson.rules.js';
import type { Month } from '../month.rules.js';
import {
  streakAt,
  type FigureHistory,
  type MonthFigure,
  type QualityPolicy,
  type Streak,
} from '../streak.rules.js';
import type { ExclusionReason } from './exclusion.rules.js';
import { FEW_CALLS } from '../overview/rate.rules.js';
import { pooled, type PooledRate } from './pooled-rate.rules.js';

/** What a month means for an agent; a hit that goes on from a case is a follow-up and leads to no notice of its own. */
export const ASSESSED_OUTCOMES = ['hit', 'follow_up', 'watch', 'unknown', 'none'] as const;

/** What a month means for an agent. */
export type AssessedOutcome = (typeof ASSESSED_OUTCOMES)[number];

/** A case that stands: whatever became of it, but for one that was withdrawn. */
export interface StandingCase {
  id: number;
  streakTo: Month;
  /** The months that led to it and those that followed. */
  months: readonly Month[];
}

/** Somebody who was taken out of a closing that stands. */
export interface TakenOut {
  month: Month;
  reason: ExclusionReason;
}

/** What has come of earlier closings for an agent. */
export interface EarlierClosings {
  cases: readonly StandingCase[];
  /** Latest first. */
  takenOut: readonly TakenOut[];
}

/** What a month means for an agent, and why. */
export interface Assessment {
  outcome: AssessedOutcome;
  streak: Streak;
  /** The case that it follows up on. */
  caseId: number | null;
  /** Months that the case does not have yet. */
  followUpMonths: Month[];
  /** The months of the streak taken together, as the policy counts them. */
  pooled: PooledRate | null;
  /** Whether a month of the streak has few calls. */
  hasFewCalls: boolean;
  /** Whether the true rate may lie on either side of the threshold. */
  isTooFewToKnow: boolean;
  /** When somebody took the agent out: of this month, else of the latest one. */
  takenOut: TakenOut | null;
  /** Why a closing leaves out an agent that is hit unless somebody says otherwise; null for one that it takes in. */
  untickedFor: ExclusionReason | null;
  /** Whether a closing takes the agent in unless somebody says otherwise. */
  isTicked: boolean;
}

/**
 * What a month means for an agent. Each streak leads to one notice: a hit whose months are those of a case that stands follows up on
 * it. Where there are too few calls to know, and where somebody has taken the agent out of this month before, nobody is written to
 * unless it is said (product decisions "Streak" and "Fairness").
 */
export function assess(
  month: Month,
  history: FigureHistory,
  policy: QualityPolicy,
  earlier: EarlierClosings,
): Assessment {
  const streak = streakAt(month, history, policy);
  const known = streak.outcome === 'hit' ? caseOf(streak, earlier.cases) : undefined;
  const figures = figuresOf(streak, history);
  const rate = pooled(figures, policy.warmTransferCounts);
  const takenOut = earlier.takenOut.find((one) => one.month === month) ?? earlier.takenOut[0] ?? null;
  const isTooFewToKnow = rate !== null && mayBeEither(rate, policy);
  const fewness = isTooFewToKnow ? 'too_few_calls' : null;
  const untickedFor = takenOut?.month === month ? takenOut.reason : fewness;
  return {
    outcome: known ? 'follow_up' : streak.outcome,
    streak,
    caseId: known?.id ?? null,
    followUpMonths: known ? newMonths(streak, known, earlier.cases) : [],
    pooled: rate,
    hasFewCalls: figures.some(({ answered }) => answered < FEW_CALLS),
    isTooFewToKnow,
    takenOut,
    untickedFor,
    isTicked: streak.outcome === 'hit' && !known && untickedFor === null,
  };
}

/** The figures of the months of a streak. */
export function figuresOf({ months }: Pick<Streak, 'months'>, { figures }: FigureHistory): MonthFigure[] {
  return months.map((month) => figures.get(month)!);
}

/** The case of the streak: of several that a correction has joined, the one that goes on longest. */
function caseOf({ months }: Streak, cases: readonly StandingCase[]): StandingCase | undefined {
  return cases
    .filter((one) => one.months.some((month) => months.includes(month)))
    .toSorted((a, b) => (a.streakTo < b.streakTo ? 1 : -1))[0];
}

/** Later months of the streak; those before belong to what was known when the case was made. */
function newMonths({ months }: Streak, known: StandingCase, cases: readonly StandingCase[]): Month[] {
  const taken = new Set(cases.flatMap((one) => one.months));
  return months.filter((month) => month > known.streakTo && !taken.has(month));
}

function mayBeEither({ resolved, answered }: PooledRate, { threshold }: QualityPolicy): boolean {
  return mayLieOnEitherSide(resolved, answered, threshold.numerator / threshold.denominator);
}
