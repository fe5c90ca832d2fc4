import { Injectable } from '@nestjs/common';
import { allOf, scopeCondition, type Scope } from '../../../common/access/scope.js';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import { figureScope } from '../figures/figure-scope.js';
import type { Month } from '../month.rules.js';
import type { MonthFigure } from '../streak.rules.js';

/** An agent whose figures somebody may see. */
export interface FiguresAgent {
  id: number;
  firstName: string;
  lastName: string;
  /** Where the agent works now; null for somebody who has left. */
  municipalityCode: string | null;
  municipality: string | null;
}

type FigureRow = MonthFigure & { agentId: number; month: Month };

const SELECT = `SELECT a.id, p.firstName, p.lastName, m.municipalityCode, u.name AS municipality
  FROM agent a JOIN person p ON p.id = a.personId
  LEFT JOIN employment m ON m.openAgentId = a.id
  LEFT JOIN municipality u ON u.code = m.municipalityCode`;

/** Reads figures of single agents; every query is narrowed to what the caller may see. */
@Injectable()
export class AgentFigures {
  constructor(private readonly database: Database) {}

  /** An agent who works in the caller's municipality, or the caller; undefined when there is none or the caller may not know. */
  async agent(scope: Scope, agentId: number): Promise<FiguresAgent | undefined> {
    const where = allOf([
      { sql: 'a.id = ?', values: [agentId] },
      scopeCondition(scope, 'm.municipalityCode', 'a.personId'),
    ]);
    return this.database.selectOne<FiguresAgent>(`${SELECT} WHERE ${where.sql}`, where.values);
  }

  /** Those who work in some municipalities and whose figures are kept, by name. */
  agentsOf(municipalityCodes: readonly string[]): Promise<FiguresAgent[]> {
    if (municipalityCodes.length === 0) return Promise.resolve([]);
    return this.database.select<FiguresAgent>(
      `${SELECT} WHERE m.municipalityCode IN (${placeholders(municipalityCodes)})
          AND EXISTS (SELECT 1 FROM resolution_figure f WHERE f.agentId = a.id)
        ORDER BY p.nameSortKey, a.id`,
      municipalityCodes,
    );
  }

  /** The figures of agents by agent and month, as far as the caller may see them. */
  async figures(
    scope: Scope,
    agentIds: readonly number[],
    from: Month,
    to: Month,
  ): Promise<Map<number, Map<Month, MonthFigure>>> {
    const figures = new Map<number, Map<Month, MonthFigure>>(agentIds.map((id) => [id, new Map()]));
    if (agentIds.length === 0) return figures;
    const where = allOf([
      { sql: `f.agentId IN (${placeholders(agentIds)})`, values: [...agentIds] },
      { sql: 'f.month BETWEEN ? AND ?', values: [from, to] },
      figureScope(scope, 'f.agentId', 'f.month', 'a.personId'),
    ]);
    const rows = await this.database.select<FigureRow>(
      `SELECT f.agentId, f.month, f.answered, f.resolved, f.warmTransferred
         FROM resolution_figure f JOIN agent a ON a.id = f.agentId WHERE ${where.sql} ORDER BY f.agentId, f.month`,
      where.values,
    );
    for (const { agentId, month, ...figure } of rows) figures.get(agentId)!.set(month, figure);
    return figures;
  }
}
