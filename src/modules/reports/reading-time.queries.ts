import { Inject, Injectable } from '@nestjs/common';
import type { Condition, Scope } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { perShiftHour, type ReportPeriod } from './reading-time.rules.js';
import { readingTime } from './reading-time.statement.js';

/** What a row stands for. */
export const READING_TIME_BY = ['agent', 'municipality'] as const;

/** What a row stands for. */
export type ReadingTimeBy = (typeof READING_TIME_BY)[number];

/** What the report may be narrowed to. */
export interface ReadingTimeFilter extends ReportPeriod {
  municipality?: string | undefined;
  by: ReadingTimeBy;
}

/** Estimated reading time against shifts worked. */
export interface ReadingTimeSums {
  minutes: number;
  readings: number;
  shifts: number;
  shiftHours: number;
  /** Null when there was no shift. */
  minutesPerShiftHour: number | null;
}

/** One agent, or one municipality, in one month. */
export interface ReadingTimeRow extends ReadingTimeSums {
  month: string;
  /** Null for somebody who did not work for any municipality on the day. */
  municipalityCode: string | null;
  municipality: string | null;
  agentId: number | null;
  firstName: string | null;
  lastName: string | null;
  agents: number;
}

type Sums = Record<'agents' | 'minutes' | 'readings' | 'shifts' | 'shiftMinutes', number | string>;
type Raw = Omit<ReadingTimeRow, keyof ReadingTimeSums | 'agents'> & Sums & { sortKey: string; keyId: number };

/** The reading-time report straight from the tables (ADR 0006): minutes are what a version is estimated to take. */
@Injectable()
export class ReadingTimeReport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** A page of rows: the latest month first, then by name. */
  async page(
    scope: Scope,
    filter: ReadingTimeFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<ReadingTimeRow>> {
    const after = decodeCursor(filter.cursor, ['string', 'string', 'number', 'string']);
    const rowsOf = this.statement(scope, filter);
    const where = after ? afterRow(after) : { sql: '1 = 1', values: [] };
    const rows = await this.database.select<Raw>(
      `SELECT z.* FROM (${rowsOf.sql}) z WHERE ${where.sql} ${ORDER} LIMIT ?`,
      [...rowsOf.values, ...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [
      row.month,
      row.sortKey,
      row.keyId,
      row.municipalityCode ?? '',
    ]);
    return { ...page, items: page.items.map(toRow) };
  }

  /** All rows in the same order, read piece by piece. */
  async *rows(scope: Scope, filter: ReadingTimeFilter): AsyncGenerator<ReadingTimeRow> {
    const rowsOf = this.statement(scope, filter);
    for await (const row of this.database.streamRows<Raw>(
      `SELECT z.* FROM (${rowsOf.sql}) z ${ORDER}`,
      rowsOf.values,
    ))
      yield toRow(row);
  }

  /** The sums over everything the filter finds. */
  async totals(scope: Scope, filter: ReadingTimeFilter): Promise<ReadingTimeSums & { agents: number }> {
    const { sql, values } = this.sums(scope, filter);
    const row = await this.database.selectOne<Sums>(
      `SELECT COUNT(DISTINCT d.agentId) AS agents, ${SUMS} FROM ${sql}`,
      values,
    );
    return toSums(row!);
  }

  private sums(scope: Scope, { from, to, municipality }: ReadingTimeFilter): Condition {
    return readingTime(this.database.kind, {
      scope,
      from,
      to,
      municipality,
      now: this.clock.now(),
      zone: this.env.TZ_NAME,
    });
  }

  private statement(scope: Scope, filter: ReadingTimeFilter): Condition {
    const { sql, values } = this.sums(scope, filter);
    return { sql: filter.by === 'agent' ? byAgent(sql) : byMunicipality(sql), values };
  }
}

const ORDER = `ORDER BY z.month DESC, z.sortKey, z.keyId, COALESCE(z.municipalityCode, '')`;
const SUMS = `COALESCE(SUM(d.minutes), 0) AS minutes, COALESCE(SUM(d.readings), 0) AS readings,
  COALESCE(SUM(d.shifts), 0) AS shifts, COALESCE(SUM(d.shiftMinutes), 0) AS shiftMinutes`;

function byAgent(sums: string): string {
  return `SELECT d.month, d.municipalityCode, u.name AS municipality, d.agentId, p.firstName, p.lastName, 1 AS agents, d.minutes,
      d.readings, d.shifts, d.shiftMinutes, p.nameSortKey AS sortKey, d.agentId AS keyId
    FROM ${sums} JOIN agent b ON b.id = d.agentId JOIN person p ON p.id = b.personId
    LEFT JOIN municipality u ON u.code = d.municipalityCode`;
}

function byMunicipality(sums: string): string {
  return `SELECT d.month, d.municipalityCode, u.name AS municipality, NULL AS agentId, NULL AS firstName, NULL AS lastName,
      COUNT(DISTINCT d.agentId) AS agents, ${SUMS}, COALESCE(u.nameSortKey, '') AS sortKey, 0 AS keyId
    FROM ${sums} LEFT JOIN municipality u ON u.code = d.municipalityCode
   GROUP BY d.month, d.municipalityCode, u.name, u.nameSortKey`;
}

function afterRow([month, name, id, code]: (string | number)[]): Condition {
  return {
    sql: `z.month < ? OR (z.month = ? AND (z.sortKey > ? OR (z.sortKey = ? AND (z.keyId > ? OR
           (z.keyId = ? AND COALESCE(z.municipalityCode, '') > ?)))))`,
    values: [month, month, name, name, id, id, code],
  };
}

function toSums({
  agents,
  minutes,
  readings,
  shifts,
  shiftMinutes,
}: Sums): ReadingTimeSums & { agents: number } {
  const hours = Number(shiftMinutes) / 60;
  return {
    agents: Number(agents),
    minutes: Number(minutes),
    readings: Number(readings),
    shifts: Number(shifts),
    shiftHours: Math.round(hours * 100) / 100,
    minutesPerShiftHour: perShiftHour(Number(minutes), Number(shiftMinutes)),
  };
}

function toRow({
  month,
  municipalityCode,
  municipality,
  agentId,
  firstName,
  lastName,
  ...sums
}: Raw): ReadingTimeRow {
  return { month, municipalityCode, municipality, agentId, firstName, lastName, ...toSums(sums) };
}
