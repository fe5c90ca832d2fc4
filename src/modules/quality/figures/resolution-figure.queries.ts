import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { allOf, columnIs, type Condition, type Scope } from '../../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../../common/pagination.js';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import { wilson } from '../../../common/statistics/wilson.rules.js';
import type { Month } from '../month.rules.js';
import { employedInMonth } from './employed-in-month.js';
import { figureScope } from './figure-scope.js';
import type { figureQuery } from './resolution-figures.schemas.js';

/** A figure with its rate. */
export interface FigureView {
  id: number;
  agentId: number;
  month: Month;
  answered: number;
  resolved: number;
  warmTransferred: number | null;
  handlingSeconds: number | null;
  rate: number | null;
  interval: { low: number; high: number } | null;
  changedAt: string;
}

type Raw = Omit<FigureView, 'rate' | 'interval' | 'changedAt'> & { changedAt: string | Date };

/** Reads figures, each only for those who may see it. */
@Injectable()
export class ResolutionFigureQueries {
  constructor(private readonly database: Database) {}

  /** The latest months first. */
  async list(
    scope: Scope,
    { month, agentId, municipality, limit, cursor }: z.output<typeof figureQuery>,
  ): Promise<Page<FigureView>> {
    const where = allOf([
      figureScope(scope, 'f.agentId', 'f.month', 'a.personId'),
      columnIs('f.month', month),
      columnIs('f.agentId', agentId),
      municipality === undefined ? undefined : workedFor(municipality),
      after(cursor),
    ]);
    const rows = await this.database.select<Raw>(
      `SELECT f.id, f.agentId, f.month, f.answered, f.resolved, f.warmTransferred, f.handlingSeconds, f.changedAt
         FROM resolution_figure f JOIN agent a ON a.id = f.agentId
        WHERE ${where.sql} ORDER BY f.month DESC, f.agentId LIMIT ?`,
      [...where.values, limit + 1],
    );
    const page = toPage(rows, limit, (row) => [row.month, row.agentId]);
    return { ...page, items: page.items.map(toView) };
  }
}

function workedFor(code: string): Condition {
  return {
    sql: `EXISTS (SELECT 1 FROM employment w WHERE w.agentId = f.agentId AND w.municipalityCode = ?
        AND ${employedInMonth('w', 'f.month')})`,
    values: [code],
  };
}

function after(cursor: string | undefined): Condition | undefined {
  const key = decodeCursor(cursor, ['string', 'number']);
  if (!key) return undefined;
  const [month, agentId] = key as [string, number];
  return { sql: 'f.month < ? OR (f.month = ? AND f.agentId > ?)', values: [month, month, agentId] };
}

function toView({ changedAt, ...raw }: Raw): FigureView {
  const interval = wilson(raw.resolved, raw.answered);
  return {
    ...raw,
    rate: interval && interval.rate,
    interval: interval && { low: interval.low, high: interval.high },
    changedAt: toInstant(changedAt).toISOString(),
  };
}
