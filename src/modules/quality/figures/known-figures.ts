import { Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { selectRows } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import type { FigureCounts } from './figure-change.rules.js';
import { lookUp } from './figure-agents.js';

/** A figure as it is kept. */
export interface KnownFigure extends FigureCounts {
  id: number;
}

/** An agent in a month. */
export interface FigureKey {
  agentId: number;
  month: Month;
}

/** Reads the figures that are kept of many agents and months. */
@Injectable()
export class KnownFigures {
  /**
   * The figure of an agent and month, as the database has them now.
   * @param lock the end of the statement that holds the rows, inside a unit of work
   */
  async of(
    source: EntityManager | DataSource,
    keys: readonly FigureKey[],
    lock = '',
  ): Promise<(key: FigureKey) => KnownFigure | undefined> {
    const found = new Map<string, KnownFigure>();
    for (const month of [...new Set(keys.map((key) => key.month))].sort()) {
      const agentIds = keys.filter((key) => key.month === month).map(({ agentId }) => agentId);
      const rows = await lookUp<KnownFigure & { agentId: number }>(
        source,
        agentIds.sort((a, b) => a - b),
        (
          list,
        ) => `SELECT id, agentId, answered, resolved, warmTransferred, handlingSeconds FROM resolution_figure
            WHERE month = ? AND agentId IN (${list}) ORDER BY agentId${lock}`,
        [month],
      );
      for (const row of rows) found.set(keyOf({ agentId: row.agentId, month }), row);
    }
    return (key) => found.get(keyOf(key));
  }

  /** Those of the months that are closed: what is imported now is a correction, and nobody is written to. */
  async closedMonths(source: EntityManager | DataSource): Promise<Set<Month>> {
    const rows = await selectRows<{ month: Month }>(
      source,
      'SELECT DISTINCT month FROM month_closing WHERE undoneAt IS NULL',
    );
    return new Set(rows.map(({ month }) => month));
  }
}

function keyOf({ agentId, month }: FigureKey): string {
  return `${agentId} ${month}`;
}
