import type { Condition, Scope } from '../../../common/access/scope.js';
import { placeholders } from '../../../database/sql.js';
import { employedInMonth } from './employed-in-month.js';

/**
 * Who sees a figure, as a condition of the query: the secretariat all, an agent the own, and a leader a month in which the agent worked
 * for the leader's municipality and for no other, so that nobody sees figures across a transfer.
 * @param agentColumn the figure's agent
 * @param monthColumn the figure's month, `YYYY-MM`
 * @param personColumn the agent's person
 */
export function figureScope(
  scope: Scope,
  agentColumn: string,
  monthColumn: string,
  personColumn: string,
): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', values: [] };
  const own: Condition = { sql: `${personColumn} = ?`, values: [scope.personId] };
  if (scope.kind === 'person' || scope.codes.length === 0) return own;
  const period = `SELECT 1 FROM employment fs WHERE fs.agentId = ${agentColumn} AND ${employedInMonth('fs', monthColumn)}
      AND fs.municipalityCode`;
  const codes = placeholders(scope.codes);
  return {
    sql: `(EXISTS (${period} IN (${codes})) AND NOT EXISTS (${period} NOT IN (${codes}))) OR ${own.sql}`,
    values: [...scope.codes, ...scope.codes, ...own.values],
  };
}
