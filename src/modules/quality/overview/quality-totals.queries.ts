import { Injectable } from '@nestjs/common';
import { allOf, columnIs } from '../../../common/access/scope.js';
import { Database } from '../../../database/database.js';
import { employedInMonth } from '../figures/employed-in-month.js';
import type { Month } from '../month.rules.js';
import type { MonthFigure } from '../streak.rules.js';

/** The calls of many agents in one month. */
export interface MonthTotals extends MonthFigure {
  month: Month;
  /** How many answered at least one call. */
  agents: number;
}

/** The calls of a municipality's agents in one month. */
export interface MunicipalityTotals extends MonthTotals {
  municipalityCode: string;
  municipality: string;
}

type Raw<T extends MonthTotals> = Omit<T, keyof MonthFigure | 'agents'> &
  Record<'agents' | 'answered' | 'resolved', number | string> & { warmTransferred: number | string | null };

const sums = (row: string) => `SUM(CASE WHEN ${row}.answered > 0 THEN 1 ELSE 0 END) AS agents,
  SUM(${row}.answered) AS answered, SUM(${row}.resolved) AS resolved, SUM(${row}.warmTransferred) AS warmTransferred`;

/** Reads calls by month; nobody single can be told from them. */
@Injectable()
export class QualityTotals {
  constructor(private readonly database: Database) {}

  /** The months that have been imported, the latest first. */
  async months(): Promise<Month[]> {
    const rows = await this.database.select<{ month: Month }>(
      'SELECT month FROM resolution_month ORDER BY month DESC',
    );
    return rows.map(({ month }) => month);
  }

  /** All agents of DDH, by month, of the months from one to another that have figures. */
  async ofAll(from: Month, to: Month): Promise<MonthTotals[]> {
    const rows = await this.database.select<Raw<MonthTotals>>(
      `SELECT f.month, ${sums('f')} FROM resolution_figure f WHERE f.month BETWEEN ? AND ? GROUP BY f.month ORDER BY f.month`,
      [from, to],
    );
    return rows.map(counted);
  }

  /**
   * The same by municipality, those sorted by name. A month in which an agent worked for two of them counts in the total of all
   * only.
   */
  async byMunicipality(from: Month, to: Month, municipalityCode?: string): Promise<MunicipalityTotals[]> {
    const where = allOf([{ sql: 'x.low = x.high', values: [] }, columnIs('x.low', municipalityCode)]);
    const rows = await this.database.select<Raw<MunicipalityTotals>>(
      `SELECT x.month, u.code AS municipalityCode, u.name AS municipality, ${sums('x')}
         FROM (SELECT f.id, f.month, f.answered, f.resolved, f.warmTransferred, MIN(e.municipalityCode) AS low,
                      MAX(e.municipalityCode) AS high
                 FROM resolution_figure f JOIN employment e ON e.agentId = f.agentId AND ${employedInMonth('e', 'f.month')}
                WHERE f.month BETWEEN ? AND ?
                GROUP BY f.id, f.month, f.answered, f.resolved, f.warmTransferred) x
         JOIN municipality u ON u.code = x.low
        WHERE ${where.sql} GROUP BY x.month, u.code, u.name, u.nameSortKey ORDER BY x.month, u.nameSortKey, u.code`,
      [from, to, ...where.values],
    );
    return rows.map(counted);
  }
}

function counted<T extends MonthTotals>(row: Raw<T>): T {
  return {
    ...row,
    agents: Number(row.agents),
    answered: Number(row.answered),
    resolved: Number(row.resolved),
    warmTransferred: row.warmTransferred === null ? null : Number(row.warmTransferred),
  } as unknown as T;
}
