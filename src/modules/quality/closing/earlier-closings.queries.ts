import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import type { EarlierClosings, StandingCase, TakenOut } from './assessment.rules.js';

/** So many agents are asked about in one statement. */
const AT_ONCE = 500;

interface CaseMonthRow {
  agentId: number;
  id: number;
  streakTo: Month;
  month: Month;
}

/** Reads what has come of earlier closings. */
@Injectable()
export class EarlierClosingQueries {
  /** The cases of agents that stand, and the closings that stand out of which they were taken. */
  async of(source: EntityManager, agentIds: readonly number[]): Promise<Map<number, EarlierClosings>> {
    const found = new Map<number, { cases: StandingCase[]; takenOut: TakenOut[] }>(
      agentIds.map((agentId) => [agentId, { cases: [], takenOut: [] }]),
    );
    for (let start = 0; start < agentIds.length; start += AT_ONCE) {
      const some = agentIds.slice(start, start + AT_ONCE);
      for (const row of await this.caseMonths(source, some)) addMonth(found.get(row.agentId)!.cases, row);
      for (const { agentId, ...out } of await this.takenOut(source, some))
        found.get(agentId)!.takenOut.push(out);
    }
    return found;
  }

  private caseMonths(source: EntityManager, agentIds: readonly number[]): Promise<CaseMonthRow[]> {
    return selectRows<CaseMonthRow>(
      source,
      `SELECT c.agentId, c.id, c.streakTo, m.month
         FROM quality_case c JOIN quality_case_month m ON m.caseId = c.id
        WHERE c.state <> 'withdrawn' AND c.agentId IN (${placeholders(agentIds)})
        ORDER BY c.id, m.month`,
      agentIds,
    );
  }

  private takenOut(
    source: EntityManager,
    agentIds: readonly number[],
  ): Promise<(TakenOut & { agentId: number })[]> {
    return selectRows(
      source,
      `SELECT x.agentId, k.month, x.reason
         FROM closing_exclusion x JOIN month_closing k ON k.id = x.closingId
        WHERE k.undoneAt IS NULL AND x.agentId IN (${placeholders(agentIds)})
        ORDER BY k.month DESC, k.id DESC`,
      agentIds,
    );
  }
}

function addMonth(cases: StandingCase[], { id, streakTo, month }: CaseMonthRow): void {
  const last = cases.at(-1);
  if (last?.id === id) (last.months as Month[]).push(month);
  else cases.push({ id, streakTo, months: [month] });
}
