import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../common/access/scope.js';
import { endOfLocalDate, instantAt, type LocalDate } from '../../common/local-date.js';
import type { CompletionFilter } from './completion-report.queries.js';
import { onboardingAsOf } from './onboarding-step.js';

/** The parts of the report's statements. */
export interface CompletionStatement {
  /** What a row tells. */
  columns: Condition;
  from: Condition;
  /** State of the e-learning and step towards the onboarding day, of `countFrom`. */
  counted: Condition;
  /** The same rows without what only their reader needs. */
  countFrom: Condition;
  where: Condition;
}

/** The report as of the end of a day. */
export function completionStatement(
  scope: Scope,
  filter: CompletionFilter,
  day: LocalDate,
  zone: string,
): CompletionStatement {
  const end = endOfLocalDate(day, zone);
  const state = stateAsOf(end);
  const { attendedOn, seatOn, step } = onboardingAsOf(day, end);
  const days = [day, day, day, day];
  return {
    columns: {
      sql: `${COLUMNS}, ${state.sql} AS state, ${attendedOn.sql} AS onboardingAttendedOn, ${seatOn.sql} AS onboardingSeatOn`,
      values: [...state.values, ...attendedOn.values, ...seatOn.values],
    },
    from: { sql: `${PERIODS} ${NAMES}`, values: days },
    counted: { sql: `${state.sql} AS state, ${step.sql} AS step`, values: [...state.values, ...step.values] },
    countFrom: { sql: PERIODS, values: days },
    where: allOf([
      scopeCondition(scope, 'm.municipalityCode', 'e.personId'),
      { sql: 'e.enrolledOn <= ?', values: [day] },
      columnIs('m.municipalityCode', filter.municipality),
      columnIs('m.leaderId', filter.leaderId),
      columnIs('c.code', filter.course),
      isValue(state, filter.state),
      isValue(step, filter.onboarding),
      completedWithin(filter, end, zone),
    ]),
  };
}

const COLUMNS = `e.id AS enrolmentId, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, p.email,
        m.municipalityCode, u.name AS municipality,
        CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leader,
        c.code AS courseCode, c.title AS course, e.completedAt, e.source, m.startOn, m.firstShiftOn`;

const PERIODS = `FROM enrolment e
  JOIN course c ON c.id = e.courseId
  JOIN agent a ON a.personId = e.personId
  JOIN employment m ON m.agentId = a.id AND m.effectiveFromOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
  JOIN membership s ON s.municipalityCode = m.municipalityCode AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)`;

const NAMES = `JOIN person p ON p.id = e.personId
  JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId`;

function stateAsOf(end: Date): Condition {
  return {
    sql: `CASE WHEN e.completedAt < ? THEN 'completed'
           WHEN EXISTS (SELECT 1 FROM waiver w WHERE w.enrolmentId = e.id AND w.createdAt < ?
                           AND (w.revokedAt IS NULL OR w.revokedAt >= ?)) THEN 'waived'
           WHEN e.begunAt < ? THEN 'in_progress' ELSE 'not_started' END`,
    values: [end, end, end, end],
  };
}

function isValue({ sql, values }: Condition, wanted: string | undefined): Condition | undefined {
  return wanted === undefined ? undefined : { sql: `${sql} = ?`, values: [...values, wanted] };
}

/** As of a day before it, a completion is not there yet, whatever days it is looked for on. */
function completedWithin({ from, to }: CompletionFilter, end: Date, zone: string): Condition | undefined {
  if (from === undefined && to === undefined) return undefined;
  return allOf([
    from === undefined ? undefined : { sql: 'e.completedAt >= ?', values: [instantAt(from, '00:00', zone)] },
    to === undefined ? undefined : { sql: 'e.completedAt < ?', values: [endOfLocalDate(to, zone)] },
    { sql: 'e.completedAt < ?', values: [end] },
  ]);
}
