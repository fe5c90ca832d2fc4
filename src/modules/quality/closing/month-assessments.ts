import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../database/database.js';
import type { Month } from '../month.rules.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { assess, type EarlierClosings } from './assessment.rules.js';
import { compare, keyOf, type AssessedAgent, type AssessedMonth } from './assessed-month.rules.js';
import { EarlierClosingQueries } from './earlier-closings.queries.js';
import { FigureHistories, type AgentHistory } from './figure-histories.js';

const NOTHING: EarlierClosings = { cases: [], takenOut: [] };

/** Asks the rule about everybody for whom a month may lead to something. Writes nothing. */
@Injectable()
export class MonthAssessments {
  constructor(
    private readonly database: Database,
    private readonly policies: QualityPolicies,
    private readonly histories: FigureHistories,
    private readonly earlier: EarlierClosingQueries,
  ) {}

  /** The month as the policy in force sees it; null while there is no policy. Inside a unit of work pass its tx. */
  async of(
    month: Month,
    source: EntityManager = this.database.reader.manager,
  ): Promise<AssessedMonth | null> {
    const policy = await this.policies.current(source);
    if (!policy) return null;
    const imported = await this.histories.imported(source, month, month);
    const histories = await this.histories.of(source, month, policy);
    const agents = await this.assessed(source, month, histories, policy);
    const unknown = agents.filter(({ outcome }) => outcome === 'unknown');
    const missing = new Set(unknown.flatMap(({ streak }) => streak.missing));
    if (imported.size === 0) missing.add(month);
    return {
      month,
      policy,
      isImported: imported.size > 0,
      agents: agents
        .filter(({ outcome }) => outcome !== 'unknown' && outcome !== 'none')
        .sort((a, b) => compare(keyOf(a), keyOf(b))),
      unknown,
      missingMonths: [...missing].sort(),
    };
  }

  /** Agents by a policy; what came of earlier closings is read only for those whom the rule hits. */
  private async assessed(
    source: EntityManager,
    month: Month,
    histories: readonly AgentHistory[],
    policy: PolicyInForce,
  ): Promise<AssessedAgent[]> {
    const first = histories.map((agent) => assessedBy(month, agent, policy, NOTHING));
    const hits = first.filter(({ outcome }) => outcome === 'hit').map(({ agentId }) => agentId);
    const earlier = await this.earlier.of(source, hits);
    return first.map((one) =>
      one.outcome === 'hit' ? assessedBy(month, one.agent, policy, earlier.get(one.agentId)!) : one,
    );
  }
}

function assessedBy(
  month: Month,
  agent: AgentHistory,
  policy: PolicyInForce,
  earlier: EarlierClosings,
): AssessedAgent {
  return { agentId: agent.agentId, agent, ...assess(month, agent.history, policy, earlier) };
}
