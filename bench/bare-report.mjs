// The statements of the completion report as the product sends them, without a filter.
const PERIODS = `FROM enrolment e
  JOIN course c ON c.id = e.courseId
  JOIN agent a ON a.personId = e.personId
  JOIN employment m ON m.agentId = a.id AND m.effectiveFromOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
  JOIN membership s ON s.municipalityCode = m.municipalityCode AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)`;
const FROM = `${PERIODS}
  JOIN person p ON p.id = e.personId
  JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId`;
const STATE = `CASE WHEN e.completedAt < ? THEN 'completed'
  WHEN EXISTS (SELECT 1 FROM waiver w WHERE w.enrolmentId = e.id AND w.createdAt < ?
                  AND (w.revokedAt IS NULL OR w.revokedAt >= ?)) THEN 'waived'
  WHEN e.begunAt < ? THEN 'in_progress' ELSE 'not_started' END`;
const ATTENDED = 't.mustAttendAgain = 0 AND d.onDate <= ?';
const HELD = `FROM booking b JOIN onboarding_day d ON d.id = b.dayId
  WHERE b.seatedAt < ? AND (b.endedAt IS NULL OR b.endedAt >= ?) AND (d.onDate > ? OR (d.onDate = ?
    AND NOT EXISTS (SELECT 1 FROM attendance k WHERE k.dayId = b.dayId AND k.agentId = b.agentId)))`;
const ATTENDED_ON = `COALESCE((SELECT MIN(CASE WHEN a.onboardingAttendedOn < d.onDate THEN a.onboardingAttendedOn ELSE d.onDate END)
    FROM attendance t JOIN onboarding_day d ON d.id = t.dayId WHERE t.agentId = a.id AND ${ATTENDED}),
  CASE WHEN a.onboardingAttendedOn <= ? THEN a.onboardingAttendedOn END)`;
const SEAT_ON = `(SELECT MAX(d.onDate) ${HELD} AND b.agentId = a.id)`;
const STEP = `CASE WHEN a.onboardingAttendedOn <= ? OR a.id IN (SELECT t.agentId FROM attendance t
    JOIN onboarding_day d ON d.id = t.dayId WHERE ${ATTENDED}) THEN 'attended'
  WHEN a.id IN (SELECT b.agentId ${HELD}) THEN 'seat' ELSE 'missing' END`;
const WHERE = 'e.enrolledOn <= ?';
const SELECT = `SELECT e.id AS enrolmentId, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, p.email,
  m.municipalityCode, u.name AS municipality,
  CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leader,
  c.code AS courseCode, c.title AS course, e.completedAt, e.source, m.startOn, m.firstShiftOn, ${STATE} AS state,
  ${ATTENDED_ON} AS onboardingAttendedOn, ${SEAT_ON} AS onboardingSeatOn`;

const COMPLETIONS = `${SELECT} ${FROM} WHERE ${WHERE} ORDER BY p.nameSortKey, e.id`;
const TOTALS = `SELECT s.state, s.step, COUNT(*) AS count
  FROM (SELECT ${STATE} AS state, ${STEP} AS step ${PERIODS} WHERE ${WHERE}) s GROUP BY s.state, s.step`;

/** The statements with their values, as of the end of a day. */
export function reportStatements(day, end) {
  const state = [end, end, end, end];
  const held = [end, end, day, day];
  const rows = [...state, day, day, ...held, day, day, day, day, day];
  return {
    rows: [COMPLETIONS, rows],
    page: [`${COMPLETIONS} LIMIT ?`, [...rows, 51]],
    totals: [TOTALS, [...state, day, day, ...held, day, day, day, day, day]],
  };
}
