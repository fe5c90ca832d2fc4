import type { Principal } from '../../common/access/principal.js';
import type { Condition } from '../../common/access/scope.js';

/** Who looks at guides: leaders and the secretariat see all of them, an agent those that are meant for the agent. */
export interface GuideViewer {
  seesAll: boolean;
  /** Whose receipts are shown. */
  agentId: number | null;
}

/** The principal as somebody who looks at guides. Whoever came by the link of a mail reads as an agent. */
export function viewerOf(principal: Principal): GuideViewer {
  const isStaff = principal.roles.some((role) => role !== 'agent');
  return {
    seesAll: principal.token !== undefined || (isStaff && principal.strength === 'full'),
    agentId: principal.agentId,
  };
}

/** Which rows of `guide_version` under an alias the viewer may see; what was withdrawn is for staff only. */
export function visibleTo({ seesAll, agentId }: GuideViewer, alias: string): Condition {
  if (seesAll) return { sql: '1 = 1', values: [] };
  const meant = meantFor(agentId, alias);
  return { sql: `${alias}.withdrawnAt IS NULL AND ${meant.sql}`, values: meant.values };
}

/** Which rows of `guide_version` under an alias are meant for the agent as employed now; `isFor` as a condition. */
export function meantFor(agentId: number | null, alias: string): Condition {
  return {
    sql: `EXISTS (SELECT 1 FROM employment mm WHERE mm.openAgentId = ? AND (${alias}.audienceKind = 'all'
      OR EXISTS (SELECT 1 FROM guide_audience ga WHERE ga.versionId = ${alias}.id AND (
        (${alias}.audienceKind = 'municipalities' AND ga.code = mm.municipalityCode)
        OR (${alias}.audienceKind = 'skills' AND EXISTS (
          SELECT 1 FROM agent_skill gs WHERE gs.agentId = mm.openAgentId AND gs.skill = ga.code))))))`,
    values: [agentId ?? 0],
  };
}
