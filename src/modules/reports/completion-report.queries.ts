import { Inject, Injectable } from '@nestjs/common';
import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { endOfLocalDate, instantAt, localDateOf, type LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstantOrNull } from '../../database/sql.js';

/** What the report may be narrowed to. */
export interface CompletionFilter {
  municipality?: string | undefined;
  leaderId?: number | undefined;
  course?: string | undefined;
  state?: string | undefined;
  /** First and last day of completion. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
  /** The report as it stood at the end of this day. */
  asOf?: LocalDate | undefined;
}

/** One agent on one course. */
export interface CompletionRow {
  enrolmentId: number;
  agentId: number;
  firstName: string;
  lastName: string;
  email: string;
  municipalityCode: string;
  municipality: string;
  leader: string | null;
  courseCode: string;
  course: string;
  state: 'not_started' | 'in_progress' | 'completed' | 'waived';
  completedAt: Date | null;
  source: string | null;
  startOn: string;
  firstShiftOn: string | null;
}

/** How many enrolments are in each state. */
export interface CompletionTotals {
  total: number;
  completed: number;
  waived: number;
  inProgress: number;
  notStarted: number;
}

type Raw = Omit<CompletionRow, 'completedAt'> & { completedAt: string | Date | null; nameSortKey: string };

interface Statement {
  select: string;
  from: string;
  state: Condition;
  where: Condition;
}

/**
 * The completion report straight from the tables (ADR 0006: reports read, and never write, what other modules own).
 *
 * As of a day it holds every enrolment that counted by then, of agents whose period of employment covers the day in a
 * municipality that is a member on it; municipality and leader are those of that period. The state is derived from instants:
 * what happened after the day is not seen, and what is reported late about the time before it is.
 */
@Injectable()
export class CompletionReport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** A page of rows, sorted by name. */
  async page(
    scope: Scope,
    filter: CompletionFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<CompletionRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const { select, from, state, where } = this.statement(scope, filter);
    const after = cursor
      ? {
          sql: 'p.nameSortKey > ? OR (p.nameSortKey = ? AND e.id > ?)',
          values: [cursor[0], cursor[0], cursor[1]],
        }
      : undefined;
    const all = allOf([where, after]);
    const rows = await this.database.select<Raw>(
      `${select} ${from} WHERE ${all.sql} ORDER BY p.nameSortKey, e.id LIMIT ?`,
      [...state.values, ...this.fromValues(filter), ...all.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.nameSortKey, row.enrolmentId]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** All rows, sorted by name, read piece by piece. */
  async *rows(scope: Scope, filter: CompletionFilter): AsyncGenerator<CompletionRow> {
    const { select, from, state, where } = this.statement(scope, filter);
    const sql = `${select} ${from} WHERE ${where.sql} ORDER BY p.nameSortKey, e.id`;
    const values = [...state.values, ...this.fromValues(filter), ...where.values];
    for await (const row of this.database.streamRows<Raw>(sql, values)) yield toRow(row);
  }

  /** The counts over everything the filter finds. */
  async totals(scope: Scope, filter: CompletionFilter): Promise<CompletionTotals> {
    const { from, state, where } = this.statement(scope, filter);
    const rows = await this.database.select<{ state: CompletionRow['state']; count: number | string }>(
      `SELECT s.state, COUNT(*) AS count FROM (SELECT ${state.sql} AS state ${from} WHERE ${where.sql}) s GROUP BY s.state`,
      [...state.values, ...this.fromValues(filter), ...where.values],
    );
    const count = (wanted: string) => Number(rows.find((row) => row.state === wanted)?.count ?? 0);
    const [completed, waived] = [count('completed'), count('waived')];
    const [inProgress, notStarted] = [count('in_progress'), count('not_started')];
    return { total: completed + waived + inProgress + notStarted, completed, waived, inProgress, notStarted };
  }

  private statement(scope: Scope, filter: CompletionFilter): Statement {
    const zone = this.env.TZ_NAME;
    const end = this.endOf(filter);
    const state = stateAsOf(end);
    const where = allOf([
      scopeCondition(scope, 'm.municipalityCode', 'e.personId'),
      { sql: 'e.enrolledOn <= ?', values: [this.dayOf(filter)] },
      columnIs('m.municipalityCode', filter.municipality),
      columnIs('m.leaderId', filter.leaderId),
      columnIs('c.code', filter.course),
      filter.state ? { sql: `${state.sql} = ?`, values: [...state.values, filter.state] } : undefined,
      filter.from
        ? { sql: 'e.completedAt >= ?', values: [instantAt(filter.from, '00:00', zone)] }
        : undefined,
      filter.to ? { sql: 'e.completedAt < ?', values: [endOfLocalDate(filter.to, zone)] } : undefined,
      // As of a day before it, a completion is not there yet, whatever days it is looked for on.
      filter.from || filter.to ? { sql: 'e.completedAt < ?', values: [end] } : undefined,
    ]);
    const select = `SELECT e.id AS enrolmentId, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, p.email,
        m.municipalityCode, u.name AS municipality,
        CASE WHEN l.id IS NULL THEN NULL ELSE CONCAT(l.firstName, ' ', l.lastName) END AS leader,
        c.code AS courseCode, c.title AS course, e.completedAt, e.source, m.startOn, m.firstShiftOn,
        ${state.sql} AS state`;
    return { select, from: FROM, state, where };
  }

  /** Values of the placeholders inside `FROM`. */
  private fromValues(filter: CompletionFilter): LocalDate[] {
    return Array.from({ length: 4 }, () => this.dayOf(filter));
  }

  private endOf(filter: CompletionFilter): Date {
    return endOfLocalDate(this.dayOf(filter), this.env.TZ_NAME);
  }

  private dayOf(filter: CompletionFilter): LocalDate {
    return filter.asOf ?? localDateOf(this.clock.now(), this.env.TZ_NAME);
  }
}

const FROM = `FROM enrolment e
  JOIN course c ON c.id = e.courseId
  JOIN person p ON p.id = e.personId
  JOIN agent a ON a.personId = e.personId
  JOIN employment m ON m.agentId = a.id AND m.effectiveFromOn <= ? AND (m.endOn IS NULL OR m.endOn >= ?)
  JOIN membership s ON s.municipalityCode = m.municipalityCode AND s.fromOn <= ? AND (s.toOn IS NULL OR s.toOn >= ?)
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

function toRow({ nameSortKey: _, ...raw }: Raw): CompletionRow {
  const isThrough = raw.state === 'completed';
  return {
    ...raw,
    completedAt: isThrough ? toInstantOrNull(raw.completedAt) : null,
    source: isThrough ? raw.source : null,
  };
}
