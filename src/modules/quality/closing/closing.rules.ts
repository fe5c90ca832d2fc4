import { createHash } from 'node:crypto';
import type { LocalDate } from '../../../common/local-date.js';
import { lastDayOf, type Month } from '../month.rules.js';
import { keyOf, type AssessedAgent, type AssessedMonth } from './assessed-month.rules.js';

/** Why a month cannot be closed. */
export interface ClosingFault {
  code:
    | 'quality_policy_missing'
    | 'month_not_over'
    | 'month_before_policy'
    | 'month_not_imported'
    | 'months_missing';
  args: Record<string, string>;
}

/**
 * Why a month cannot be closed, if so: a month that is not imported is unknown and cannot be closed over (product decision "Streak").
 * @param assessed null while there is no policy
 */
export function closingFault(
  assessed: Pick<AssessedMonth, 'policy' | 'isImported' | 'missingMonths'> | null,
  month: Month,
  today: LocalDate,
): ClosingFault | undefined {
  if (lastDayOf(month) >= today) return { code: 'month_not_over', args: {} };
  if (!assessed) return { code: 'quality_policy_missing', args: {} };
  const { appliesFrom } = assessed.policy;
  if (month < appliesFrom) return { code: 'month_before_policy', args: { appliesFrom } };
  if (!assessed.isImported) return { code: 'month_not_imported', args: { month } };
  const months = assessed.missingMonths.join(', ');
  return months === '' ? undefined : { code: 'months_missing', args: { months } };
}

/** A short text that stays the same as long as what a preview shows does: the policy, who is hit and by which figures. */
export function seenOf({ policy, agents, missingMonths }: AssessedMonth): string {
  const shown = agents.map((one) => [
    ...keyOf(one),
    one.isTicked,
    one.caseId,
    one.followUpMonths,
    one.streak.months.map((month) => [month, one.agent.history.figures.get(month)]),
  ]);
  return createHash('sha256')
    .update(JSON.stringify([policy.id, missingMonths, shown]))
    .digest('base64url');
}

/** The hits of a month that no closing of it has taken in or out. */
export function openHits(agents: readonly AssessedAgent[], month: Month): AssessedAgent[] {
  return agents.filter(({ outcome, takenOut }) => outcome === 'hit' && takenOut?.month !== month);
}
