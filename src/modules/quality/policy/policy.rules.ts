import type { FieldFault } from '../../../common/domain-error.js';
import type { QualityPolicy } from '../streak.rules.js';

/** When whom is told, until somebody decides otherwise: the agent two working days before the leader, after a day to undo. */
export const USUAL_TIMES = { agentFirstDays: 2, undoHours: 24 } as const;

/** What contradicts itself in a policy. */
export function policyFaults({
  months,
  watchMonths,
  threshold,
}: Pick<QualityPolicy, 'months' | 'watchMonths' | 'threshold'>): FieldFault[] {
  const faults: FieldFault[] = [];
  if (watchMonths >= months) faults.push({ field: 'watchMonths', code: 'watch_not_before_notice' });
  if (threshold.numerator >= threshold.denominator)
    faults.push({ field: 'threshold', code: 'threshold_out_of_range' });
  return faults;
}

/** The share as the smallest fraction of whole numbers; a percentage of one decimal at most: 50 is 1 of 2, 47.5 is 19 of 40. */
export function thresholdOf(percent: number): QualityPolicy['threshold'] {
  const numerator = Math.round(percent * 10);
  const divisor = greatestDivisor(numerator, 1000);
  return { numerator: numerator / divisor, denominator: 1000 / divisor };
}

/** The threshold as a percentage, for people. */
export function percentOf({ numerator, denominator }: QualityPolicy['threshold']): number {
  return (100 * numerator) / denominator;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}
