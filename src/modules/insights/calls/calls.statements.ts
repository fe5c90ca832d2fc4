import type { Condition } from '../../../common/access/scope.js';
import type { Database } from '../../../database/database.js';
import { ATTENDED_ON } from '../../onboarding-days/index.js';
import type { Month } from '../../quality/index.js';
import { PACKED_BY } from './calls-split.rules.js';

/** What divides an agent's months into those without it and those with it; null for none, all months then being without. */
export type CallsEvent = 'onboarding_day' | 'elearning' | null;

/** The agents whose rows are read together: the first and the last. */
export type AgentRange = readonly [number, number];

const EVENTS = {
  onboarding_day: { columns: `${ATTENDED_ON} AS eventAt, NULL AS score`, joined: '' },
  elearning: {
    columns: 'CAST(r.completedAt AS CHAR) AS eventAt, r.scoreScaled AS score',
    joined: `LEFT JOIN (enrolment r JOIN course c ON c.id = r.courseId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1)
                    ON r.personId = a.personId AND r.state = 'completed'`,
  },
};
const NO_EVENT = { columns: 'NULL AS eventAt, NULL AS score', joined: '' };

/** All periods of employment (`EmploymentRow`) in the order of their keys, once for each event that may divide the agent's months. */
export function employmentsStatement(event: CallsEvent, agents: AgentRange): Condition {
  const { columns, joined } = event === null ? NO_EVENT : EVENTS[event];
  return {
    sql: `SELECT m.id, m.agentId, m.municipalityCode, m.startOn, m.endOn, ${columns}
            FROM employment m JOIN agent a ON a.id = m.agentId ${joined} WHERE m.agentId BETWEEN ? AND ? ORDER BY m.id`,
    values: [...agents],
  };
}

const INDEX = 'ix_resolution_figure_calls';
const UNCUT = '/*+ SET_VAR(group_concat_max_len = 1048576) */';

/**
 * The monthly figures of each agent (`FiguresRow`) in the order of agents, all months of an agent in one text: so millions of figures
 * become as many rows as there are agents. They are found in `ix_resolution_figure_calls` alone, which holds all that is asked for.
 * MySQL cuts such a text off after a thousand letters unless it is told not to; MariaDB, which allows a million, takes that for a comment.
 * @param months the first and the last; null for all there are, which spares millions of comparisons
 */
export function figuresStatement(
  kind: Database['kind'],
  agents: AgentRange,
  months: readonly [Month, Month] | null,
): Condition {
  const calls = `f.answered * ${PACKED_BY} + f.resolved`;
  const { hint, index, text } =
    kind === 'sqlite'
      ? { hint: '', index: `INDEXED BY ${INDEX}`, text: `f.month || (${calls})` }
      : { hint: UNCUT, index: `FORCE INDEX (${INDEX})`, text: `f.month, ${calls}` };
  return {
    sql: `SELECT ${hint} f.agentId, COUNT(*) AS count, GROUP_CONCAT(${text}) AS figures FROM resolution_figure f ${index}
           WHERE f.agentId BETWEEN ? AND ? ${months ? 'AND f.month BETWEEN ? AND ?' : ''}
           GROUP BY f.agentId ORDER BY f.agentId`,
    values: [...agents, ...(months ?? [])],
  };
}
