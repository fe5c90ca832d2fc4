import type { Condition, Scope } from '../../../common/access/scope.js';
import { placeholders } from '../../../database/sql.js';

/**
 * Which cases somebody sees, as a condition of the query: the secretariat all, a leader those of agents of the own municipality of
 * which the leader has been told; nobody the own, which stands on the page of the own figures.
 * @param row an alias of `quality_case`
 * @param personColumn the agent's person
 */
export function caseScope(scope: Scope, row: string, personColumn: string): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', values: [] };
  if (scope.kind === 'person' || scope.codes.length === 0) return { sql: '1 = 0', values: [] };
  return {
    sql: `${row}.municipalityCode IN (${placeholders(scope.codes)}) AND ${row}.leaderToldAt IS NOT NULL AND ${personColumn} <> ?`,
    values: [...scope.codes, scope.personId],
  };
}
