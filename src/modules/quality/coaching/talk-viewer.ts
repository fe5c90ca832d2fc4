import type { Principal } from '../../../common/access/principal.js';
import { seesAll, type Condition } from '../../../common/access/scope.js';

/** The case is before its leader: nothing is shown or offered before that, nor after it has ended. */
const CASE_IS_OPEN = "EXISTS (SELECT 1 FROM quality_case c WHERE c.id = t.caseId AND c.state = 'notified')";

/**
 * The talks `t` that somebody works with: the secretariat with all of them, a coach with the own ones from when the agent has said
 * yes until the talk has ended, and nobody else with any.
 */
export function workedWith(principal: Principal): Condition {
  if (seesAll(principal)) return { sql: '1 = 1', values: [] };
  return {
    sql: `t.coachPersonId = ? AND t.state = 'accepted' AND ${CASE_IS_OPEN}`,
    values: [principal.personId],
  };
}

/** The talks `t` that were offered to the person, as an agent; of one that was only prepared nobody is told. */
export function offeredTo(principal: Principal): Condition {
  return { sql: 't.agentId = ? AND t.offeredAt IS NOT NULL', values: [principal.agentId ?? 0] };
}
