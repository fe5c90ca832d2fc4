import type { Condition } from '../../../common/access/scope.js';
import { instantAt } from '../../../common/local-date.js';
import type { Database } from '../../../database/database.js';
import { ATTENDED_ON } from '../../onboarding-days/index.js';
import { addMonths, firstDayOf, monthsFrom, type Month } from '../../quality/index.js';
import { PACKED_BY } from './agent-calls.rules.js';

/** What divides an agent's months into those without it and those with it; null for none, all months then being without. */
export type CallsEvent = 'onboarding_day' | 'elearning' | null;

/** What the sums are taken over. */
export interface CallsQuestion {
  from: Month;
  to: Month;
  event: CallsEvent;
  zone: string;
  /** Which of how many parts of the employments; the parts can be read at the same time. */
  part: number;
  parts: number;
}

/** Sorts after every month. */
const NEVER = '9999';

/** Both counts of a figure in one number, since a sum of whole numbers is reckoned with decimals by MariaDB and takes thrice as long. */
const CALLS = `f.answered * ${PACKED_BY}e0 + f.resolved`;

/**
 * The calls of each period of employment (`CallsRow`), of the months before that of the event and of those after it; for e-learning with
 * the best score.
 *
 * A month counts when the employment has a day in it, for the later of two employments that share it. The month of the event itself is
 * on neither side. A bound with a digit behind (`2026-059`) lies between its month and the next one, so that two comparisons are
 * enough whether a bound is part of it or not. Employments are read in the order of their keys and their figures are found in
 * `ix_resolution_figure_calls` alone, which holds all that is summed up: nothing is sorted, and no table is made of 3.6 million rows.
 */
export function callsStatement(kind: Database['kind'], question: CallsQuestion): Condition {
  const inOrder = kind === 'sqlite' ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
  const spans = spansOf(kind, question);
  const on = (condition: string) => `SUM(CASE WHEN ${condition} THEN ${CALLS} ELSE 0e0 END)`;
  const [without, withIt] =
    question.event === null
      ? [`SUM(${CALLS})`, '0']
      : [on('f.month < x.eventMonth'), on('f.month > x.eventMonth')];
  return {
    sql: `SELECT k.id AS employmentId, k.agentId, k.municipalityCode, MIN(x.tenureWithout) AS tenureWithout,
                 MIN(x.tenureWith) AS tenureWith, MIN(x.score) AS score, ${without} AS callsWithout, ${withIt} AS callsWith
            FROM employment k ${inOrder} (${spans.sql}) x ON x.employmentId = k.id
                 ${inOrder} resolution_figure f ON f.agentId = k.agentId AND f.month >= x.fromMonth AND f.month < x.untilMonth
           GROUP BY k.id`,
    values: spans.values,
  };
}

/** From which month on and until which one an employment counts. DISTINCT has the table made once and not reckoned row by row. */
function spansOf(kind: Database['kind'], question: CallsQuestion): Condition {
  const [greatest, least] = kind === 'sqlite' ? ['MAX', 'MIN'] : ['GREATEST', 'LEAST'];
  const employments = employmentsOf(question);
  const first = indexOf('s.firstMonth');
  // Twice the months since the first one, in the middle of those that count.
  const tenure = (from: string, until: string) => `${indexOf(from)} + ${indexOf(until)} - 2 * ${first}`;
  return {
    sql: `SELECT DISTINCT s.employmentId, s.fromMonth, s.untilMonth, s.eventMonth, s.score,
                 ${tenure('s.fromMonth', `${least}(s.untilMonth, s.eventMonth)`)} AS tenureWithout,
                 ${tenure(`${greatest}(s.fromMonth, s.eventMonth)`, 's.untilMonth')} AS tenureWith
            FROM (SELECT e.employmentId, e.firstMonth, e.eventMonth, e.score, ${greatest}(?, e.startMonth) AS fromMonth,
                         ${least}(?, COALESCE(CONCAT(e.endMonth, '9'), '${NEVER}'), COALESCE(e.nextMonth, '${NEVER}')) AS untilMonth
                    FROM (${employments.sql}) e) s
           WHERE s.fromMonth < s.untilMonth`,
    values: [question.from, `${question.to}9`, ...employments.values],
  };
}

/** Each employment with its months, those of the agent's first and next one, and that of the event. */
function employmentsOf({ from, to, event, zone, part, parts }: CallsQuestion): Condition {
  const month = monthOf(event, { from, to, zone });
  return {
    sql: `SELECT i.employmentId, i.startMonth, i.endMonth, i.firstMonth, i.nextMonth, i.score, ${likeColumn(month.sql)} AS eventMonth
            FROM (SELECT DISTINCT m.id AS employmentId, SUBSTR(m.startOn, 1, 7) AS startMonth, SUBSTR(m.endOn, 1, 7) AS endMonth,
                         (SELECT SUBSTR(MIN(p.startOn), 1, 7) FROM employment p WHERE p.agentId = m.agentId) AS firstMonth,
                         (SELECT SUBSTR(MIN(n.startOn), 1, 7) FROM employment n WHERE n.agentId = m.agentId AND n.id > m.id
                             AND (n.endOn IS NULL OR n.endOn >= n.startOn)) AS nextMonth,
                         ${event === null ? '0' : EVENT_AT[event]} AS eventAt,
                         ${event === 'elearning' ? `(SELECT MAX(r.scoreScaled) ${COMPLETED})` : 'NULL'} AS score
                    FROM employment m JOIN agent a ON a.id = m.agentId
                   WHERE m.startOn <= ? AND (m.endOn IS NULL OR (m.endOn >= ? AND m.endOn >= m.startOn)) AND m.id % ? = ?) i`,
    values: [...month.values, `${to}-31`, firstDayOf(from), parts, part],
  };
}

/** The required e-learning that the agent `a` has completed. */
const COMPLETED = `FROM enrolment r JOIN course c ON c.id = r.courseId
  WHERE r.personId = a.personId AND c.audience = 'agent' AND c.requiredBeforeFirstShift = 1 AND r.state = 'completed'`;

/** A day or an instant, of the agent `a`. */
const EVENT_AT = { onboarding_day: ATTENDED_ON, elearning: `(SELECT MIN(r.completedAt) ${COMPLETED})` };

/** The month of the event. */
function monthOf(event: CallsEvent, period: { from: Month; to: Month; zone: string }): Condition {
  if (event === null) return { sql: `'${NEVER}'`, values: [] };
  if (event === 'elearning') return localMonth('i.eventAt', period);
  return { sql: `COALESCE(SUBSTR(i.eventAt, 1, 7), '${NEVER}')`, values: [] };
}

/** The month of an instant where the hotline is; all that lie before the period are one, and all after it another. */
function localMonth(
  instant: string,
  { from, to, zone }: { from: Month; to: Month; zone: string },
): Condition {
  const months = monthsFrom(from, to);
  const ends = months.map((month) => instantAt(firstDayOf(addMonths(month, 1)), '00:00', zone));
  const cases = months.map((month) => `WHEN ${instant} < ? THEN '${month}'`).join(' ');
  return {
    sql: `CASE WHEN ${instant} < ? THEN '0000-00' ${cases} ELSE '${NEVER}' END`,
    values: [instantAt(firstDayOf(from), '00:00', zone), ...ends],
  };
}

/** A text of ours collated as the columns are: those of the database and of the connection may differ, and do not compare. */
function likeColumn(text: string): string {
  return `SUBSTR(CONCAT(i.startMonth, ${text}), 8)`;
}

/** A month as a number. */
function indexOf(month: string): string {
  return `(CAST(SUBSTR(${month}, 1, 4) AS SIGNED) * 12 + CAST(SUBSTR(${month}, 6, 2) AS SIGNED))`;
}
