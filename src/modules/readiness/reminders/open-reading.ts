import type { SqlValue } from '../../../database/sql.js';

/**
 * The agent's next shift ahead that asks for a version that is not read; null when there is none. Names: `q` requirement, `v`
 * version. Takes the present instant twice.
 */
const NEXT_SHIFT = `CASE WHEN q.dueAt > ? THEN q.dueAt
  ELSE (SELECT s.startsAt FROM shift s WHERE s.agentId = q.agentId AND s.startsAt > ? AND s.startsAt >= v.countsFrom
         ORDER BY s.startsAt LIMIT 1) END`;

/** The columns that `openReading` gives beside the wished ones. */
export interface OpenReadingRow {
  agentId: number;
  versionId: number;
  startsAt: string | Date;
  toldAt: string | Date | null;
  leaderToldAt: string | Date | null;
}

/** Who has yet to be welcomed knows of nothing to be reminded of. Names: `q` requirement. */
const WELCOMED = `NOT EXISTS (SELECT 1 FROM mail w WHERE w.aboutType = 'agent' AND w.aboutId = q.agentId
    AND w.template = 'welcome' AND w.state IN ('queued', 'sending', 'retrying'))`;

/**
 * A derived table `o` of what employed agents have yet to read before a shift ahead (`startsAt`), with when they and their leaders
 * were last told. Versions that are being spread are left out: they come when their requirements are reliable. What was
 * mailed and cancelled counts as not told.
 * @param columns more columns, of `q` requirement, `v` version, `m` employment, `n` notice
 * @param where narrows it to some agents; the same names, and `k` and `l` for the mails to agent and leader
 */
export function openReading(
  now: Date,
  columns: string,
  where: { sql: string; values: readonly SqlValue[] },
): { sql: string; values: SqlValue[] } {
  return {
    sql: `(SELECT x.* FROM (
      SELECT q.agentId, q.versionId, ${NEXT_SHIFT} AS startsAt, v.appliesUntil,
             CASE WHEN k.state = 'cancelled' THEN NULL ELSE n.toldAt END AS toldAt,
             CASE WHEN l.state = 'cancelled' THEN NULL ELSE n.leaderToldAt END AS leaderToldAt${columns && `, ${columns}`}
        FROM reading_requirement q
        JOIN guide_version v ON v.id = q.versionId AND v.withdrawnAt IS NULL AND v.spreadAt IS NOT NULL
        JOIN employment m ON m.openAgentId = q.agentId
        LEFT JOIN reading_notice n ON n.agentId = q.agentId AND n.versionId = q.versionId
        LEFT JOIN mail k ON k.id = n.mailId
        LEFT JOIN mail l ON l.id = n.leaderMailId
       WHERE q.readAt IS NULL AND q.dueAt IS NOT NULL AND (${where.sql}) AND ${WELCOMED}
    ) x WHERE x.startsAt IS NOT NULL AND (x.appliesUntil IS NULL OR x.startsAt < x.appliesUntil)) o`,
    values: [now, now, ...where.values],
  };
}
