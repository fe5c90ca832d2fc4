import type { Condition } from '../../../common/access/scope.js';
import { instantAt } from '../../../common/local-date.js';
import type { Database } from '../../../database/database.js';
import { ATTENDED_ON } from '../../onboarding-days/index.js';
import { addMonths, firstDayOf, monthsFrom, type Month } from '../../quality/index.js';

/** What divides an agent's months into those without it and those with it; null for none, all months then being without. */
export type CallsEvent = 'onboarding_day' | 'elearning' | null;

/** What the sums are taken over. */
export interface CallsQuestion {
  from: Month;
  to: Month;
  event: CallsEvent;
  zone: string;
}

/** Sorts after every month. */
const NEVER = '9999';

/**
 * Sums of answered and resolved calls by period of employment, of the months without the event or with it: one row for each, with
 * `employmentId`, `agentId`, `municipalityCode`, `answered`, `resolved` and `tenure` (months from the agent's first one to the middle
 * of those that count).
 *
 * A month counts when the employment has a day in it, for the later of two employments that share it. The month of the event itself is
 * on neither side. A bound with a digit behind (`2026-059`) lies between its month and the next one, so that two comparisons are
 * enough whether a bound is part of it or not. Each employment is looked at in the order of its key and its figures are found in
 * `ix_resolution_figure_calls` alone, which holds all that is summed up: nothing is sorted, and no table is made of 3.6 million rows.
 */
export function callsStatement(
  kind: Database['kind'],
  side: 'without' | 'with',
  question: CallsQuestion,
): Condition {
  const inOrder = kind === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  const spans = spansOf(kind, side, question);
  return {
    sql: `SELECT k.id AS employmentId, k.agentId, k.municipalityCode, MIN(x.tenure) AS tenure,
                 SUM(f.answered) AS answered, SUM(f.resolved) AS resolved
            FROM employment k ${inOrder} (${spans.sql}) x ON x.employmentId = k.id
                 ${inOrder} resolution_figure f ON f.agentId = k.agentId AND f.month >= x.fromMonth AND f.month < x.untilMonth
           GROUP BY k.id`,
    values: spans.values,
  };
}

/** From which month on and until which one an employment counts. DISTINCT has the table made once and not reckoned row by row. */
function spansOf(kind: Database['kind'], side: 'without' | 'with', question: CallsQuestion): Condition {
  const [greatest, least] = kind === 'sqlite' ? ['MAX', 'MIN'] : ['GREATEST', 'LEAST'];
  const employments = employmentsOf(question);
  const fromMonth =
    side === 'with'
      ? `${greatest}(?, e.startMonth, CONCAT(e.eventMonth, '9'))`
      : `${greatest}(?, e.startMonth)`;
  const ends = `?, COALESCE(CONCAT(e.endMonth, '9'), '${NEVER}'), COALESCE(e.nextMonth, '${NEVER}')`;
  const untilMonth =
    side === 'with' ? `${least}(${ends})` : `${least}(${ends}, COALESCE(e.eventMonth, '${NEVER}'))`;
  const isThere = side === 'with' ? 'WHERE e.eventMonth IS NOT NULL' : '';
  const bounds = [question.from, `${question.to}9`];
  return {
    sql: `SELECT DISTINCT s.employmentId, s.fromMonth, s.untilMonth,
                 (${indexOf('s.fromMonth')} + ${indexOf('s.untilMonth')}) / 2.0 - ${indexOf('s.firstMonth')} AS tenure
            FROM (SELECT DISTINCT e.employmentId, e.firstMonth, ${fromMonth} AS fromMonth, ${untilMonth} AS untilMonth
                    FROM (${employments.sql}) e ${isThere}) s
           WHERE s.fromMonth < s.untilMonth`,
    values: [...bounds, ...employments.values],
  };
}

/** Each employment with its months, those of the agent's first and next one, and that of the event. */
function employmentsOf({ from, to, event, zone }: CallsQuestion): Condition {
  const month = event === 'elearning' ? localMonth('i.eventAt', from, to, zone) : dayMonth('i.eventAt');
  return {
    sql: `SELECT i.*, ${month.sql} AS eventMonth
            FROM (SELECT DISTINCT m.id AS employmentId, SUBSTR(m.startOn, 1, 7) AS startMonth, SUBSTR(m.endOn, 1, 7) AS endMonth,
                         (SELECT SUBSTR(MIN(p.startOn), 1, 7) FROM employment p WHERE p.agentId = m.agentId) AS firstMonth,
                         (SELECT SUBSTR(MIN(n.startOn), 1, 7) FROM employment n WHERE n.agentId = m.agentId AND n.id > m.id
                             AND (n.endOn IS NULL OR n.endOn >= n.startOn)) AS nextMonth,
                         ${EVENT_AT[event ?? 'none']} AS eventAt
                    FROM employment m JOIN agent a ON a.id = m.agentId
                   WHERE m.startOn <= ? AND (m.endOn IS NULL OR (m.endOn >= ? AND m.endOn >= m.startOn))) i`,
    values: [...month.values, `${to}-31`, firstDayOf(from)],
  };
}

/** A day or an instant, of the agent `a`. */
const EVENT_AT = {
  none: 'NULL',
  onboarding_day: ATTENDED_ON,
  elearning: `(SELECT MIN(r.completedAt) FROM enrolment r JOIN course c ON c.id = r.courseId
    WHERE r.personId = a.personId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1 AND r.state = 'completed')`,
};

function dayMonth(day: string): Condition {
  return { sql: `SUBSTR(${day}, 1, 7)`, values: [] };
}

/** The month of an instant where the hotline is; all that lie before the period are one, and all after it another. */
function localMonth(instant: string, from: Month, to: Month, zone: string): Condition {
  const months = monthsFrom(from, to);
  const ends = months.map((month) => instantAt(firstDayOf(addMonths(month, 1)), '00:00', zone));
  const cases = months.map((month) => `WHEN ${instant} < ? THEN '${month}'`).join(' ');
  return {
    sql: `CASE WHEN ${instant} IS NULL THEN NULL WHEN ${instant} < ? THEN '0000-00' ${cases} ELSE '${NEVER}' END`,
    values: [instantAt(firstDayOf(from), '00:00', zone), ...ends],
  };
}

/** A month as a number. */
function indexOf(column: string): string {
  return `(CAST(SUBSTR(${column}, 1, 4) AS SIGNED) * 12 + CAST(SUBSTR(${column}, 6, 2) AS SIGNED))`;
}
