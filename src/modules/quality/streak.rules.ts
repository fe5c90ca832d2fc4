import { addMonths, firstDayOf, lastDayOf, type Month } from './month.rules.js';

/**
 * What decides when an agent's first-contact resolution is brought to the leader's notice: below 50 % three calendar months in a
 * row, the secretariat's watch list at two (decision of the DDH steering group). Versioned; the rule takes it as it was in force.
 */
export interface QualityPolicy {
  /** The rate below which a month counts, as a fraction of whole numbers: 1 of 2 is 50 %. */
  threshold: { numerator: number; denominator: number };
  /** So many months below in a row lead to a notice. */
  months: number;
  /** So many put the agent on the secretariat's watch list. */
  watchMonths: number;
  /** A month with fewer calls says nothing and is passed over as one without calls; 0 for no minimum. */
  minimumCalls: number;
  /** Whether a call handed over in person counts as resolved. */
  warmTransferCounts: boolean;
  /** Months before are history and never lead to a notice. */
  appliesFrom: Month;
}

/** The policy as the steering group decided it, but for the month from which it applies. */
export const STEERING_GROUP_POLICY: Omit<QualityPolicy, 'appliesFrom'> = {
  threshold: { numerator: 1, denominator: 2 },
  months: 3,
  watchMonths: 2,
  minimumCalls: 0,
  warmTransferCounts: false,
};

/** The calls of one agent in one month. */
export interface MonthFigure {
  answered: number;
  resolved: number;
  /** Handed over in person, when the phone system tells it. */
  warmTransferred: number | null;
}

/** A period in which the agent works for one municipality. */
export interface FiguresPeriod {
  startOn: string;
  /** Last day. */
  endOn: string | null;
}

/** What is known when a month is looked at. */
export interface FigureHistory {
  /** The agent's figures by month. */
  figures: ReadonlyMap<Month, MonthFigure>;
  /** The months that have been imported; an agent without a row in one of them answered no call. */
  imported: ReadonlySet<Month>;
  /** The present period; what was before it, here or elsewhere, does not count. Null for somebody who has left. */
  period: FiguresPeriod | null;
}

/** How a month counts. */
export type MonthKind = 'below' | 'not_below' | 'no_calls' | 'unknown';

/** What a month leads to. */
export type StreakOutcome = 'none' | 'watch' | 'hit' | 'unknown';

/** The months in a row that are below. */
export interface Streak {
  outcome: StreakOutcome;
  /** Those that are below, earliest first. */
  months: Month[];
  /** Single months without calls in between, which neither count nor end the streak. */
  bridged: Month[];
  /** Months that are needed to know and have not been imported. */
  missing: Month[];
}

/** Whether resolved calls stay below the threshold, in whole numbers so that no rounding decides. */
export function isBelow(
  { resolved, answered }: Pick<MonthFigure, 'resolved' | 'answered'>,
  { numerator, denominator }: QualityPolicy['threshold'],
): boolean {
  return resolved * denominator < numerator * answered;
}

/** The resolved calls as the policy counts them, never more than were answered. */
export function countedResolved(
  { resolved, answered, warmTransferred }: MonthFigure,
  { warmTransferCounts }: Pick<QualityPolicy, 'warmTransferCounts'>,
): number {
  return warmTransferCounts ? Math.min(answered, resolved + (warmTransferred ?? 0)) : resolved;
}

/** How a month counts for an agent. */
export function kindOf(month: Month, history: FigureHistory, policy: QualityPolicy): MonthKind {
  if (!history.imported.has(month)) return 'unknown';
  const figure = history.figures.get(month);
  if (!figure || figure.answered === 0 || figure.answered < policy.minimumCalls) return 'no_calls';
  const resolved = countedResolved(figure, policy);
  return isBelow({ resolved, answered: figure.answered }, policy.threshold) ? 'below' : 'not_below';
}

/**
 * The streak that a month ends, and what it leads to. One month without calls is bridged, two in a row end the streak; a month
 * that is not imported is unknown and cannot be closed over; only whole months of the present employment count, so that a
 * transfer or a return begins anew; whoever has left is never noticed (product decision "Streak").
 */
export function streakAt(month: Month, history: FigureHistory, policy: QualityPolicy): Streak {
  const streak: Streak = { outcome: 'none', months: [], bridged: [], missing: [] };
  if (kindOf(month, history, policy) === 'unknown')
    return { ...streak, outcome: 'unknown', missing: [month] };
  if (!counts(month, history, policy) || kindOf(month, history, policy) !== 'below') return streak;
  for (let at = month; counts(at, history, policy) && streak.missing.length === 0; at = addMonths(at, -1)) {
    const kind = kindOf(at, history, policy);
    if (kind === 'below') streak.months.unshift(at);
    else if (kind === 'unknown') streak.missing.unshift(at);
    else if (kind === 'no_calls' && isBridge(at, history, policy)) streak.bridged.unshift(at);
    else break;
  }
  streak.bridged = streak.bridged.filter((one) => one > streak.months[0]!);
  return { ...streak, outcome: outcomeOf(streak, policy) };
}

/** Whether a month is wholly within the present employment and the policy. */
export function counts(month: Month, { period }: FigureHistory, { appliesFrom }: QualityPolicy): boolean {
  if (!period || month < appliesFrom) return false;
  return period.startOn <= firstDayOf(month) && (period.endOn === null || period.endOn >= lastDayOf(month));
}

/** Whether a month without calls stands alone. */
function isBridge(month: Month, history: FigureHistory, policy: QualityPolicy): boolean {
  const neighbours = [addMonths(month, -1), addMonths(month, 1)];
  return neighbours.every((one) => kindOf(one, history, policy) !== 'no_calls');
}

/** Enough months below are enough, whatever else is missing. */
function outcomeOf({ months, missing }: Streak, policy: QualityPolicy): StreakOutcome {
  if (months.length >= policy.months) return 'hit';
  if (missing.length > 0) return 'unknown';
  return months.length >= policy.watchMonths ? 'watch' : 'none';
}
