import type { Condition } from '../../../common/access/scope.js';
import { placeholders } from '../../../database/sql.js';
import type { Audience } from '../guides.rules.js';

/** Which open employments `m` an audience takes in. */
export function inAudience({ kind, codes }: Audience): Condition {
  if (kind === 'all') return { sql: 'm.openAgentId IS NOT NULL', values: [] };
  if (codes.length === 0) return { sql: '1 = 0', values: [] };
  const listed = placeholders(codes);
  if (kind === 'municipalities')
    return { sql: `m.openAgentId IS NOT NULL AND m.municipalityCode IN (${listed})`, values: [...codes] };
  return {
    sql: `EXISTS (SELECT 1 FROM agent_skill k WHERE k.agentId = m.openAgentId AND k.skill IN (${listed}))`,
    values: [...codes],
  };
}
