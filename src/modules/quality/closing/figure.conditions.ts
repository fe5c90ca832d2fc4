import type { Condition } from '../../../common/access/scope.js';
import type { QualityPolicy } from '../streak.rules.js';

/** In SQL what `kindOf` calls `below`: enough calls, and too few of them resolved. `row` is an alias of `resolution_figure`. */
export function isBelowIn(row: string, policy: QualityPolicy): Condition {
  return compared(row, '<', policy);
}

/** In SQL what `kindOf` calls `not_below`. */
export function isNotBelowIn(row: string, policy: QualityPolicy): Condition {
  return compared(row, '>=', policy);
}

function compared(row: string, operator: '<' | '>=', policy: QualityPolicy): Condition {
  const { threshold, minimumCalls, warmTransferCounts } = policy;
  const withWarm = `${row}.resolved + COALESCE(${row}.warmTransferred, 0)`;
  const counted = warmTransferCounts
    ? `CASE WHEN ${withWarm} > ${row}.answered THEN ${row}.answered ELSE ${withWarm} END`
    : `${row}.resolved`;
  return {
    sql: `${row}.answered >= ? AND (${counted}) * ? ${operator} ? * ${row}.answered`,
    values: [Math.max(1, minimumCalls), threshold.denominator, threshold.numerator],
  };
}
