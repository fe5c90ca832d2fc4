import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { placeholders, selectRows } from '../../../database/sql.js';
import type { Condition, Scope } from '../../../common/access/scope.js';
import { Database } from '../../../database/database.js';

/** An agent with the subjects that the agent answers calls on. */
export interface SkilledAgent {
  agentId: number;
  firstName: string;
  lastName: string;
  skills: string[];
}

const MOST_KNOWN = 200;

/** Reads which subjects agents answer calls on. */
@Injectable()
export class SkillQueries {
  constructor(private readonly database: Database) {}

  /** An agent who is employed now, for those who may see the agent; undefined for all others. Inside a unit of work pass its tx. */
  async find(
    scope: Scope,
    agentId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<SkilledAgent | undefined> {
    return this.read(scopeOfAgents(scope, true), agentId, source);
  }

  /** The same for those who may change the skills: the leaders of the agent's municipality and the secretariat, never the agent. */
  async changeable(
    scope: Scope,
    agentId: number,
    source: EntityManager = this.database.reader.manager,
  ): Promise<SkilledAgent | undefined> {
    return this.read(scopeOfAgents(scope, false), agentId, source);
  }

  /** All skills that any agent has, in the order of the alphabet. */
  async known(): Promise<string[]> {
    const rows = await this.database.select<{ skill: string }>(
      `SELECT DISTINCT skill FROM agent_skill ORDER BY skill LIMIT ${MOST_KNOWN}`,
    );
    return rows.map(({ skill }) => skill);
  }

  private async read(seen: Condition, agentId: number, source: EntityManager) {
    const [agent] = await selectRows<Omit<SkilledAgent, 'skills'>>(
      source,
      `SELECT a.id AS agentId, p.firstName, p.lastName FROM agent a JOIN person p ON p.id = a.personId
         JOIN employment m ON m.openAgentId = a.id WHERE a.id = ? AND (${seen.sql})`,
      [agentId, ...seen.values],
    );
    if (!agent) return undefined;
    const rows = await selectRows<{ skill: string }>(
      source,
      'SELECT skill FROM agent_skill WHERE agentId = ? ORDER BY skill',
      [agentId],
    );
    return { ...agent, skills: rows.map(({ skill }) => skill) };
  }
}

function scopeOfAgents(scope: Scope, withOwn: boolean): Condition {
  if (scope.kind === 'all') return { sql: '1 = 1', values: [] };
  const own = withOwn ? { sql: 'a.personId = ?', values: [scope.personId] } : { sql: '1 = 0', values: [] };
  if (scope.kind === 'person' || scope.codes.length === 0) return own;
  return {
    sql: `m.municipalityCode IN (${placeholders(scope.codes)}) OR ${own.sql}`,
    values: [...scope.codes, ...own.values],
  };
}
