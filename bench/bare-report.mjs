// The statements of the completion report as the product sends them, without a filter.
const FROM = `FROM enrolment e
  JOIN course c ON c.id = e.courseId
  JOIN person p ON p.id = e.personId
  JOIN agent a ON a.personId = e.personId
  JOIN employment m ON m.agentId = a.id
   AND m.id = (SELECT MAX(x.id) FROM employment x WHERE x.agentId = a.id AND x.createdAt < ?)
  JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId`;
const STATE = `CASE WHEN e.completedAt < ? THEN 'completed' WHEN e.state = 'waived' THEN 'waived'
  WHEN e.begunAt < ? THEN 'in_progress' ELSE 'not_started' END`;
const WHERE = 'e.createdAt < ? AND (m.endOn IS NULL OR m.endOn >= ?)';
const SELECT = `SELECT e.id AS enrolmentId, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, p.email,
  m.municipalityCode, u.name AS municipality,
  CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leader,
  c.code AS courseCode, c.title AS course, e.completedAt, e.source, m.startOn, m.firstShiftOn, ${STATE} AS state`;

export const COMPLETIONS = `${SELECT} ${FROM} WHERE ${WHERE} ORDER BY p.nameSortKey, e.id`;
export const COMPLETION_PAGE = `${COMPLETIONS} LIMIT ?`;
export const COMPLETION_TOTALS = `SELECT s.state, COUNT(*) AS count
  FROM (SELECT ${STATE} AS state ${FROM} WHERE ${WHERE}) s GROUP BY s.state`;
