import { Inject, Injectable } from '@nestjs/common';
import { allOf, columnIs, scopeCondition, type Condition, type Scope } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { toInstantOrNull } from '../../database/sql.js';

/** What became of somebody on the list of a day; `expected` while the day lies ahead, `not_marked` once it does not. */
export const ATTENDANCE_STATES = [
  'attended',
  'partial',
  'no_show',
  'excused',
  'not_marked',
  'expected',
] as const;

/** What became of somebody on the list of a day. */
export type AttendanceState = (typeof ATTENDANCE_STATES)[number];

/** What the report may be narrowed to. */
export interface AttendanceFilter {
  municipality?: string | undefined;
  leaderId?: number | undefined;
  dayId?: number | undefined;
  status?: AttendanceState | undefined;
  /** First and last onboarding day. */
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

/** One agent on one day; municipality and leader are those of the employment that covers the day. */
export interface AttendanceReportRow {
  dayId: number;
  on: LocalDate;
  venue: string;
  agentId: number;
  firstName: string;
  lastName: string;
  /** Null for somebody who did not work for any municipality on the day. */
  municipalityCode: string | null;
  municipality: string | null;
  leader: string | null;
  /** `walk_in`: came without a seat. */
  booking: 'booked' | 'walk_in';
  status: AttendanceState;
  mustAttendAgain: boolean | null;
  reason: string | null;
  source: string | null;
  markedAt: Date | null;
  /** Null when agents marked themselves, and for programs. */
  markedBy: string | null;
}

/** How many the filter finds, by what became of them. */
export interface AttendanceTotals {
  total: number;
  booked: number;
  walkIns: number;
  attended: number;
  partial: number;
  noShow: number;
  excused: number;
  notMarked: number;
  expected: number;
}

type Raw = Omit<AttendanceReportRow, 'booking' | 'markedAt' | 'mustAttendAgain'> & {
  isBooked: number;
  markedAt: string | Date | null;
  mustAttendAgain: number | null;
  nameSortKey: string;
};

interface Counted {
  isBooked: number;
  status: AttendanceState;
  count: number | string;
}

/** The attendance report straight from the tables (ADR 0006); notes are free text and stay on the roll call. */
@Injectable()
export class AttendanceReport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** A page of rows: the latest day first, then by name. */
  async page(
    scope: Scope,
    filter: AttendanceFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<AttendanceReportRow>> {
    const after = decodeCursor(filter.cursor, ['string', 'number', 'string', 'number']);
    const status = this.status();
    const where = allOf([this.where(scope, filter), after && afterRow(after)]);
    const rows = await this.database.select<Raw>(`${selectOf(status)} WHERE ${where.sql} ${ORDER} LIMIT ?`, [
      ...status.values,
      ...where.values,
      filter.limit + 1,
    ]);
    const page = toPage(rows, filter.limit, (row) => [row.on, row.dayId, row.nameSortKey, row.agentId]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** All rows in the same order, read piece by piece. */
  async *rows(scope: Scope, filter: AttendanceFilter): AsyncGenerator<AttendanceReportRow> {
    const status = this.status();
    const where = this.where(scope, filter);
    const sql = `${selectOf(status)} WHERE ${where.sql} ${ORDER}`;
    for await (const row of this.database.streamRows<Raw>(sql, [...status.values, ...where.values]))
      yield toRow(row);
  }

  /** The counts over everything the filter finds. */
  async totals(scope: Scope, filter: AttendanceFilter): Promise<AttendanceTotals> {
    const status = this.status();
    const where = this.where(scope, filter);
    const rows = await this.database.select<Counted>(
      `SELECT s.isBooked, s.status, COUNT(*) AS count
         FROM (SELECT x.isBooked, ${status.sql} AS status ${FROM} WHERE ${where.sql}) s GROUP BY s.isBooked, s.status`,
      [...status.values, ...where.values],
    );
    return totalsOf(rows);
  }

  private where(scope: Scope, filter: AttendanceFilter): Condition {
    const status = this.status();
    return allOf([
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
      columnIs('m.municipalityCode', filter.municipality),
      columnIs('m.leaderId', filter.leaderId),
      columnIs('x.dayId', filter.dayId),
      filter.status && { sql: `${status.sql} = ?`, values: [...status.values, filter.status] },
      filter.from === undefined ? undefined : { sql: 'd.onDate >= ?', values: [filter.from] },
      filter.to === undefined ? undefined : { sql: 'd.onDate <= ?', values: [filter.to] },
    ]);
  }

  private status(): Condition {
    return {
      sql: `COALESCE(t.status, CASE WHEN d.onDate > ? THEN 'expected' ELSE 'not_marked' END)`,
      values: [localDateOf(this.clock.now(), this.env.TZ_NAME)],
    };
  }
}

const FROM = `FROM (SELECT y.dayId, y.agentId, MAX(y.isBooked) AS isBooked
          FROM (SELECT dayId, agentId, 1 AS isBooked FROM booking WHERE status = 'booked'
                 UNION ALL SELECT dayId, agentId, 0 FROM attendance) y GROUP BY y.dayId, y.agentId) x
  JOIN onboarding_day d ON d.id = x.dayId
  JOIN agent a ON a.id = x.agentId
  JOIN person p ON p.id = a.personId
  LEFT JOIN attendance t ON t.dayId = x.dayId AND t.agentId = x.agentId
  LEFT JOIN employment m ON m.agentId = a.id AND m.effectiveFromOn <= d.onDate AND (m.endOn IS NULL OR m.endOn >= d.onDate)
  LEFT JOIN municipality u ON u.code = m.municipalityCode
  LEFT JOIN person l ON l.id = m.leaderId
  LEFT JOIN person r ON r.id = t.recordedByPersonId`;

const ORDER = 'ORDER BY d.onDate DESC, d.id DESC, p.nameSortKey, a.id';

function selectOf(status: Condition): string {
  return `SELECT x.dayId, d.onDate AS \`on\`, d.venue, a.id AS agentId, p.firstName, p.lastName, p.nameSortKey, m.municipalityCode,
      u.name AS municipality, ${nameOf('l')} AS leader, x.isBooked, ${status.sql} AS status, t.mustAttendAgain, t.reason, t.source,
      t.markedAt, ${nameOf('r')} AS markedBy ${FROM}`;
}

function nameOf(person: string): string {
  return `CASE WHEN ${person}.id IS NULL THEN NULL ELSE CONCAT(${person}.firstName, ' ', ${person}.lastName) END`;
}

function afterRow([on, dayId, name, agentId]: (string | number)[]): Condition {
  return {
    sql: `d.onDate < ? OR (d.onDate = ? AND (d.id < ? OR (d.id = ? AND
           (p.nameSortKey > ? OR (p.nameSortKey = ? AND a.id > ?)))))`,
    values: [on, on, dayId, dayId, name, name, agentId],
  };
}

function totalsOf(rows: readonly Counted[]): AttendanceTotals {
  const count = (isCounted: (row: Counted) => boolean = () => true) =>
    rows.filter(isCounted).reduce((sum, row) => sum + Number(row.count), 0);
  const are = (wanted: AttendanceState) => count(({ status }) => status === wanted);
  return {
    total: count(),
    booked: count(({ isBooked }) => isBooked === 1),
    walkIns: count(({ isBooked }) => isBooked === 0),
    attended: are('attended'),
    partial: are('partial'),
    noShow: are('no_show'),
    excused: are('excused'),
    notMarked: are('not_marked'),
    expected: are('expected'),
  };
}

function toRow({ nameSortKey: _, isBooked, mustAttendAgain, markedAt, ...raw }: Raw): AttendanceReportRow {
  return {
    ...raw,
    booking: isBooked === 1 ? 'booked' : 'walk_in',
    mustAttendAgain: mustAttendAgain === null ? null : mustAttendAgain === 1,
    markedAt: toInstantOrNull(markedAt),
  };
}
