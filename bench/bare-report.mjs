// The statements of the completion report as the product sends them, without a filter.
const FROM = `FROM enrolment e
  JOIN course c ON c.id = e.courseId
  JOIN person p ON p.id = e.personId
  JOIN agent a ON a.personId = e.personId
  JOIN employment m ON m.agentId = a.id AND m.effectiveFromOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
  JOIN membership s ON s.municipalityCode = m.municipalityCode AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)
  JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId`;
const STATE = `CASE WHEN e.completedAt < ? THEN 'completed'
  WHEN EXISTS (SELECT 1 FROM waiver w WHERE w.enrolmentId = e.id AND w.createdAt < ?
                  AND (w.revokedAt IS NULL OR w.revokedAt >= ?)) THEN 'waived'
  WHEN e.begunAt < ? THEN 'in_progress' ELSE 'not_started' END`;
const WHERE = 'e.enrolledOn <= ?';
const SELECT = `SELECT e.id AS enrolmentId, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, p.email,
  m.municipalityCode, u.name AS municipality,
  CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leader,
  c.code AS courseCode, c.title AS course, e.completedAt, e.source, m.startOn, m.firstShiftOn, ${STATE} AS state`;

export const COMPLETIONS = `${SELECT} ${FROM} WHERE ${WHERE} ORDER BY p.nameSortKey, e.id`;
export const COMPLETION_PAGE = `${COMPLETIONS} LIMIT ?`;
export const COMPLETION_TOTALS = `SELECT s.state, COUNT(*) AS count
  FROM (SELECT ${STATE} AS state ${FROM} WHERE ${WHERE}) s GROUP BY s.state`;
