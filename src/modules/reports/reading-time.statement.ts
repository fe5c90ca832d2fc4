import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../common/access/scope.js';
import { instantAt } from '../../common/local-date.js';
import type { Database } from '../../database/database.js';
import type { SqlValue } from '../../database/sql.js';
import { offsetSpans, type ReportPeriod } from './reading-time.rules.js';

/** What the sums are taken over. */
export interface ReadingTimeQuestion extends ReportPeriod {
  scope: Scope;
  municipality?: string | undefined;
  /** Shifts that have ended by now were worked. */
  now: Date;
  zone: string;
}

/**
 * A derived table `d` of sums by agent, local month and the municipality that employed the agent on the day: estimated `minutes`,
 * `readings`, `shifts`, `shiftMinutes`.
 */
export function readingTime(
  kind: Database['kind'],
  { from, to, scope, municipality, now, zone }: ReadingTimeQuestion,
): Condition {
  const begin = instantAt(from, '00:00', zone);
  const spans = offsetSpans({ from, to }, zone);
  const end = spans.at(-1)!.until;
  const dayOf = (column: string) => localDay(kind, column, spans);
  const agents = agentsOf(scope, municipality);
  const [readOn, completedOn, startsOn] = [dayOf('r.readAt'), dayOf('e.completedAt'), dayOf('s.startsAt')];
  const where = allOf([
    scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
    columnIs('m.municipalityCode', municipality),
  ]);
  return {
    sql: `(SELECT x.agentId, SUBSTR(x.onDate, 1, 7) AS month, m.municipalityCode, SUM(x.minutes) AS minutes,
                  SUM(x.readings) AS readings, SUM(x.shifts) AS shifts, SUM(x.shiftMinutes) AS shiftMinutes
             FROM (SELECT r.agentId, ${readOn.sql} AS onDate, v.minutes, 1 AS readings, 0 AS shifts, 0 AS shiftMinutes
                     FROM read_receipt r JOIN guide_version v ON v.id = r.versionId
                    WHERE r.readAt >= ? AND r.readAt < ? AND (${agents('r').sql})
                    UNION ALL
                   SELECT r.id, ${completedOn.sql}, v.minutes, 1, 0, 0 FROM ${COMPLETIONS}
                    WHERE e.completedAt >= ? AND e.completedAt < ? AND (${agents('r', 'id').sql})
                    UNION ALL
                   SELECT s.agentId, ${startsOn.sql}, 0, 0, 1, ${minutesBetween(kind, 's.startsAt', 's.endsAt')}
                     FROM shift s WHERE s.startsAt >= ? AND s.startsAt < ? AND s.endsAt <= ? AND (${agents('s').sql})) x
             JOIN agent a ON a.id = x.agentId
             LEFT JOIN employment m ON m.agentId = x.agentId AND m.effectiveFromOn <= x.onDate
                                   AND (m.endOn IS NULL OR m.endOn >= x.onDate)
            WHERE ${where.sql} GROUP BY x.agentId, SUBSTR(x.onDate, 1, 7), m.municipalityCode) d`,
    values: [
      ...readOn.values,
      begin,
      end,
      ...agents('r').values,
      ...completedOn.values,
      begin,
      end,
      ...agents('r', 'id').values,
      ...startsOn.values,
      begin,
      end,
      now,
      ...agents('s').values,
      ...where.values,
    ],
  };
}

/**
 * E-learning that a version asked for in place of reading, completed after its publication; each completion once, under the
 * newest version that asked for it then. Names: `v` version, `e` enrolment, `r` agent.
 */
const COMPLETIONS = `guide_version v
  JOIN enrolment e ON e.courseId = v.courseId AND e.state = 'completed' AND e.completedAt >= v.publishedAt
  JOIN agent r ON r.personId = e.personId AND NOT EXISTS (SELECT 1 FROM guide_version l WHERE l.courseId = v.courseId
    AND l.id > v.id AND l.publishedAt <= e.completedAt)`;

/** Spares reading what agents of other municipalities did. */
function agentsOf(
  scope: Scope,
  municipality: string | undefined,
): (row: string, key?: 'agentId' | 'id') => Condition {
  if (scope.kind === 'all' && municipality === undefined) return () => ({ sql: '1 = 1', values: [] });
  const known = allOf([
    scopeCondition(scope, 'f.municipalityCode', 'g.personId'),
    columnIs('f.municipalityCode', municipality),
  ]);
  return (row, key = 'agentId') => ({
    sql: `${row}.${key} IN (SELECT f.agentId FROM employment f JOIN agent g ON g.id = f.agentId WHERE ${known.sql})`,
    values: known.values,
  });
}

function localDay(
  kind: Database['kind'],
  column: string,
  spans: ReturnType<typeof offsetSpans>,
): { sql: string; values: SqlValue[] } {
  const last = spans.at(-1)!.minutes;
  const earlier = spans.slice(0, -1);
  const cases = earlier.map(({ minutes }) => `WHEN ${column} < ? THEN ${minutes}`).join(' ');
  const minutes = cases ? `CASE ${cases} ELSE ${last} END` : String(last);
  const sql =
    kind === 'sqlite'
      ? `STRFTIME('%Y-%m-%d', ${column}, (${minutes}) || ' minutes')`
      : `DATE_FORMAT(DATE_ADD(${column}, INTERVAL (${minutes}) MINUTE), '%Y-%m-%d')`;
  return { sql, values: earlier.map(({ until }) => until) };
}

function minutesBetween(kind: Database['kind'], from: string, to: string): string {
  return kind === 'sqlite'
    ? `CAST(ROUND((JULIANDAY(${to}) - JULIANDAY(${from})) * 1440) AS INTEGER)`
    : `TIMESTAMPDIFF(MINUTE, ${from}, ${to})`;
}
