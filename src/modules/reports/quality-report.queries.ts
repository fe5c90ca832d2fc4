import { Injectable } from '@nestjs/common';
import { allOf, columnIs, type Condition, type Scope } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { employedInMonth, figureScope, rated, StreakPositions, type Month } from '../quality/index.js';

/** What the report may be narrowed to; both months are included. */
export interface QualityFilter {
  from?: Month | undefined;
  to?: Month | undefined;
  municipality?: string | undefined;
  agentId?: number | undefined;
}

/** Calls with both rates, as columns. */
export interface QualityCalls {
  answered: number;
  resolved: number;
  warmTransferred: number | null;
  rate: number | null;
  low: number | null;
  high: number | null;
  rateWithWarm: number | null;
}

/** One agent in one month. */
export interface QualityRow extends QualityCalls {
  month: Month;
  agentId: number;
  firstName: string;
  lastName: string;
  /** Null when the agent worked for several in the month. */
  municipalityCode: string | null;
  municipality: string | null;
  /** How many months below in a row the month ends; null without a policy. */
  streakPosition: number | null;
}

type Raw = Omit<QualityRow, 'rate' | 'low' | 'high' | 'rateWithWarm' | 'streakPosition'> & {
  nameSortKey: string;
};
type Counted = Record<
  'total' | 'agents' | 'answered' | 'resolved' | 'warmTransferred',
  number | string | null
>;

const READ_AT_ONCE = 200;

/** The quality report straight from the tables (ADR 0006), as far as the caller may see figures of single agents. */
@Injectable()
export class QualityReport {
  constructor(
    private readonly database: Database,
    private readonly positions: StreakPositions,
  ) {}

  /** A page of rows: the latest month first, then by name. */
  async page(
    scope: Scope,
    filter: QualityFilter & { limit: number; cursor?: string | undefined },
  ): Promise<Page<QualityRow>> {
    const after = decodeCursor(filter.cursor, ['string', 'string', 'number']);
    const from = fromOf(scope, filter);
    const where = allOf([columnIs('z.municipalityCode', filter.municipality), after && afterRow(after)]);
    const rows = await this.database.select<Raw>(
      `SELECT z.*, u.name AS municipality ${from.sql} WHERE ${where.sql}
        ORDER BY z.month DESC, z.nameSortKey, z.agentId LIMIT ?`,
      [...from.values, ...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.month, row.nameSortKey, row.agentId]);
    const positions = await this.positions.of(page.items);
    return { ...page, items: page.items.map((row, n) => toRow(row, positions[n]!)) };
  }

  /** All rows in the same order, read some at a time. */
  async *rows(scope: Scope, filter: QualityFilter): AsyncGenerator<QualityRow> {
    let cursor: string | undefined;
    do {
      const page = await this.page(scope, { ...filter, limit: READ_AT_ONCE, cursor });
      yield* page.items;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** All calls that the filter finds, and of how many agents. */
  async totals(
    scope: Scope,
    filter: QualityFilter,
  ): Promise<QualityCalls & { rows: number; agents: number }> {
    const from = fromOf(scope, filter);
    const where = allOf([columnIs('z.municipalityCode', filter.municipality)]);
    const row = await this.database.selectOne<Counted>(
      `SELECT COUNT(*) AS total, COUNT(DISTINCT z.agentId) AS agents, COALESCE(SUM(z.answered), 0) AS answered,
              COALESCE(SUM(z.resolved), 0) AS resolved, SUM(z.warmTransferred) AS warmTransferred
         ${from.sql} WHERE ${where.sql}`,
      [...from.values, ...where.values],
    );
    const { total, agents, answered, resolved, warmTransferred } = row!;
    return {
      rows: Number(total),
      agents: Number(agents),
      ...callsOf({
        answered: Number(answered),
        resolved: Number(resolved),
        warmTransferred: warmTransferred === null ? null : Number(warmTransferred),
      }),
    };
  }

  /** Whose figures the filter finds. */
  async agents(scope: Scope, filter: QualityFilter): Promise<number[]> {
    const from = fromOf(scope, filter);
    const where = allOf([columnIs('z.municipalityCode', filter.municipality)]);
    const rows = await this.database.select<{ agentId: number }>(
      `SELECT DISTINCT z.agentId ${from.sql} WHERE ${where.sql} ORDER BY z.agentId`,
      [...from.values, ...where.values],
    );
    return rows.map(({ agentId }) => agentId);
  }
}

/** The figures that the caller may see, each with the municipality of its month. */
function fromOf(scope: Scope, { from, to, agentId }: QualityFilter): Condition {
  const where = allOf([
    figureScope(scope, 'f.agentId', 'f.month', 'a.personId'),
    from === undefined ? undefined : { sql: 'f.month >= ?', values: [from] },
    to === undefined ? undefined : { sql: 'f.month <= ?', values: [to] },
    columnIs('f.agentId', agentId),
  ]);
  return {
    sql: `FROM (SELECT f.agentId, f.month, f.answered, f.resolved, f.warmTransferred, p.firstName, p.lastName, p.nameSortKey,
                       (SELECT CASE WHEN MIN(e.municipalityCode) = MAX(e.municipalityCode) THEN MIN(e.municipalityCode) END
                          FROM employment e WHERE e.agentId = f.agentId AND ${employedInMonth('e', 'f.month')}) AS municipalityCode
                  FROM resolution_figure f JOIN agent a ON a.id = f.agentId JOIN person p ON p.id = a.personId
                 WHERE ${where.sql}) z
          LEFT JOIN municipality u ON u.code = z.municipalityCode`,
    values: where.values,
  };
}

function afterRow([month, name, agentId]: (string | number)[]): Condition {
  return {
    sql: 'z.month < ? OR (z.month = ? AND (z.nameSortKey > ? OR (z.nameSortKey = ? AND z.agentId > ?)))',
    values: [month, month, name, name, agentId],
  };
}

function toRow({ nameSortKey: _, ...raw }: Raw, streakPosition: number | null): QualityRow {
  return { ...raw, ...callsOf(raw), streakPosition };
}

function callsOf(counts: Pick<QualityCalls, 'answered' | 'resolved' | 'warmTransferred'>): QualityCalls {
  const { answered, resolved, warmTransferred, rate, rateWithWarm } = rated(counts);
  return {
    answered,
    resolved,
    warmTransferred,
    rate: rounded(rate?.rate),
    low: rounded(rate?.low),
    high: rounded(rate?.high),
    rateWithWarm: rounded(rateWithWarm?.rate),
  };
}

/** To a hundredth of a percent. */
function rounded(share: number | undefined): number | null {
  return share === undefined ? null : Math.round(share * 10_000) / 10_000;
}
