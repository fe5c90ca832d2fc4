import { Inject, Injectable } from '@nestjs/common';
import type { Scope } from '../../common/access/scope.js';
import { Clock } from '../../common/clock.js';
import { localDateOf, type LocalDate } from '../../common/local-date.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import {
  periodOf,
  REASON_CODES,
  ShiftReadinessQueries,
  type ReasonCode,
  type ShiftReadiness,
} from '../readiness/index.js';

/** What the report may be narrowed to; both days are included. */
export interface ReadinessReportFilter {
  municipality?: string | undefined;
  from?: LocalDate | undefined;
  to?: LocalDate | undefined;
}

/** The shifts of one municipality on one day. */
export interface ReadinessReportRow {
  on: LocalDate;
  municipalityCode: string;
  municipality: string;
  shifts: number;
  /** With nothing that blocks. */
  ready: number;
  /** Let through by somebody although something blocks. */
  overridden: number;
  notReady: number;
  /** How many of those that are not ready have the reason; one shift may have several. */
  notReadyBy: Record<ReasonCode, number>;
}

/** How many shifts had agents who were ready, as the facts stand now. */
@Injectable()
export class ReadinessReport {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly shifts: ShiftReadinessQueries,
  ) {}

  /** By day and municipality's code; the coming fortnight when no days are given. @throws DomainError `period_too_long` */
  async rows(scope: Scope, filter: ReadinessReportFilter): Promise<ReadinessReportRow[]> {
    const { from, to } = periodOf(filter, localDateOf(this.clock.now(), this.env.TZ_NAME));
    const names = await this.names();
    const rows = new Map<string, ReadinessReportRow>();
    for await (const shifts of this.shifts.batches(scope, { from, to, municipality: filter.municipality }))
      for (const shift of shifts) {
        const on = localDateOf(shift.at, this.env.TZ_NAME);
        const code = shift.employment.municipalityCode;
        const row = rows.get(`${on} ${code}`) ?? emptyRow(on, code, names.get(code) ?? code);
        rows.set(`${on} ${code}`, row);
        count(row, shift);
      }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
  }

  private async names(): Promise<Map<string, string>> {
    const rows = await this.database.select<{ code: string; name: string }>(
      'SELECT code, name FROM municipality',
    );
    return new Map(rows.map(({ code, name }) => [code, name]));
  }
}

function emptyRow(on: LocalDate, municipalityCode: string, municipality: string): ReadinessReportRow {
  const notReadyBy = Object.fromEntries(REASON_CODES.map((code) => [code, 0])) as Record<ReasonCode, number>;
  return { on, municipalityCode, municipality, shifts: 0, ready: 0, overridden: 0, notReady: 0, notReadyBy };
}

function count(row: ReadinessReportRow, { ready, override, reasons }: ShiftReadiness): void {
  row.shifts += 1;
  if (override) row.overridden += 1;
  else if (ready) row.ready += 1;
  else {
    row.notReady += 1;
    const blocking = reasons.filter(({ effect }) => effect === 'blocks').map(({ code }) => code);
    for (const code of new Set(blocking)) row.notReadyBy[code] += 1;
  }
}
