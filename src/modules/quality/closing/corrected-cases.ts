import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { placeholders } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import type { CaseState } from '../notices/case-state.rules.js';
import { OPEN_STATES } from '../notices/case.rules.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import { streakAt, type MonthFigure } from '../streak.rules.js';
import { FigureHistories, type AgentHistory } from './figure-histories.js';

/** A case whose agent the rule would not hit any more. */
export interface CorrectedCase {
  caseId: number;
  agentId: number;
  name: string;
  state: CaseState;
  /** The months that led to it: as they were, and as they are now (null where there is no figure any more). */
  months: { month: Month; before: MonthFigure; now: MonthFigure | null }[];
}

interface CaseRow {
  id: number;
  agentId: number;
  state: CaseState;
  policyId: number;
}

interface CaseMonth extends MonthFigure {
  caseId: number;
  month: Month;
}

/** Finds cases of a month that corrections have taken the ground from; they are shown, never silently undone. */
@Injectable()
export class CorrectedCases {
  constructor(
    private readonly database: Database,
    private readonly policies: QualityPolicies,
    private readonly histories: FigureHistories,
  ) {}

  /** The open cases of a month that the figures of today no longer lead to, by the policy by which it was closed. */
  async of(month: Month): Promise<CorrectedCase[]> {
    const cases = await this.openCases(month);
    const found: CorrectedCase[] = [];
    for (const policyId of new Set(cases.map((one) => one.policyId)))
      found.push(...(await this.correctedBy(policyId, month, cases)));
    return found;
  }

  private async correctedBy(policyId: number, month: Month, cases: readonly CaseRow[]) {
    const source = this.database.reader.manager;
    const policy = await this.policies.version(policyId);
    const own = new Map(cases.filter((one) => one.policyId === policyId).map((one) => [one.agentId, one]));
    const histories = await this.histories.of(source, month, policy, [...own.keys()]);
    const corrected = histories.filter(
      ({ employment, history }) => employment && streakAt(month, history, policy).outcome !== 'hit',
    );
    const months = await this.monthsOf(corrected.map(({ agentId }) => own.get(agentId)!.id));
    return corrected.map((agent) => asCorrected(own.get(agent.agentId)!, agent, months));
  }

  private openCases(month: Month): Promise<CaseRow[]> {
    return this.database.select<CaseRow>(
      `SELECT c.id, c.agentId, c.state, k.policyId
         FROM month_closing k JOIN quality_case c ON c.closingId = k.id
        WHERE k.month = ? AND c.state IN (${placeholders(OPEN_STATES)})`,
      [month, ...OPEN_STATES],
    );
  }

  private async monthsOf(caseIds: readonly number[]): Promise<CaseMonth[]> {
    if (caseIds.length === 0) return [];
    return this.database.select<CaseMonth>(
      `SELECT caseId, month, answered, resolved, warmTransferred FROM quality_case_month
        WHERE followUpOf IS NULL AND caseId IN (${placeholders(caseIds)}) ORDER BY caseId, month`,
      caseIds,
    );
  }
}

function asCorrected(
  { id, agentId, state }: CaseRow,
  { name, history }: AgentHistory,
  months: readonly CaseMonth[],
): CorrectedCase {
  const own = months.filter(({ caseId }) => caseId === id);
  return {
    caseId: id,
    agentId,
    name,
    state,
    months: own.map(({ month, answered, resolved, warmTransferred }) => ({
      month,
      before: { answered, resolved, warmTransferred },
      now: history.figures.get(month) ?? null,
    })),
  };
}
