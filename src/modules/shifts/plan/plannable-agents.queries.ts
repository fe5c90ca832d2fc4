import { Injectable } from '@nestjs/common';
import { allOf, scopeCondition, type Condition, type Scope } from '../../../common/access/scope.js';
import { Database } from '../../../database/database.js';
import { wordsOf } from './shift.queries.js';

/** An agent for whom a shift can be planned. */
export interface PlannableAgent {
  agentId: number;
  firstName: string;
  lastName: string;
  municipalityName: string;
}

/** Finds agents to plan shifts for. */
@Injectable()
export class PlannableAgents {
  constructor(private readonly database: Database) {}

  /** Agents who work now, by name; every word of the search must be found. */
  search(scope: Scope, q: string | undefined, limit: number): Promise<PlannableAgent[]> {
    return this.read(scope, wordsOf(q), limit);
  }

  /** One of them. */
  async find(scope: Scope, agentId: number): Promise<PlannableAgent | undefined> {
    return (await this.read(scope, [{ sql: 'a.id = ?', values: [agentId] }], 1))[0];
  }

  private read(scope: Scope, conditions: readonly Condition[], limit: number): Promise<PlannableAgent[]> {
    const where = allOf([scopeCondition(scope, 'm.municipalityCode', 'a.personId'), ...conditions]);
    return this.database.select<PlannableAgent>(
      `SELECT a.id AS agentId, p.firstName, p.lastName, u.name AS municipalityName
         FROM employment m JOIN agent a ON a.id = m.openAgentId JOIN person p ON p.id = a.personId
         JOIN municipality u ON u.code = m.municipalityCode
        WHERE ${where.sql} ORDER BY p.nameSortKey, a.id LIMIT ?`,
      [...where.values, limit],
    );
  }
}
