import { Injectable } from '@nestjs/common';
import { scopeCondition, type Scope } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import { lockClause, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { AgentKind } from './entities/employment.entity.js';

/** The open period of an agent, its row locked. */
export interface OpenEmploymentRow {
  id: number;
  agentId: number;
  personId: number;
  municipalityCode: string;
  leaderId: number | null;
  kind: AgentKind;
  startOn: LocalDate;
  effectiveFromOn: LocalDate;
  endOn: LocalDate | null;
  firstShiftOn: LocalDate | null;
}

/** Finds the period an agent works in, for those who are going to change it. */
@Injectable()
export class OpenEmployments {
  /**
   * The open period within what the caller may see; two who change it at once wait for each other.
   * @throws DomainError `not_found`, `agent_departed`
   */
  async lock(tx: Tx, scope: Scope, agentId: number): Promise<OpenEmploymentRow> {
    // The agent's own row is the lock: a return after a departure is a new row of employment.
    const [agent] = await selectRows<{ personId: number }>(
      tx,
      `SELECT personId FROM agent WHERE id = ?${lockClause(tx)}`,
      [agentId],
    );
    // Seeing one's own record elsewhere is one thing, changing it another.
    const writable = scope.kind === 'municipalities' ? { ...scope, personId: 0 } : scope;
    const seen = scopeCondition(writable, 'm.municipalityCode', 'a.personId');
    const rows = await selectRows<OpenEmploymentRow & { openAgentId: number | null }>(
      tx,
      `SELECT m.id, m.agentId, a.personId, m.municipalityCode, m.leaderId, m.kind, m.startOn, m.effectiveFromOn, m.endOn,
              m.firstShiftOn, m.openAgentId
         FROM employment m JOIN agent a ON a.id = m.agentId
        WHERE m.agentId = ? AND (${seen.sql})
        ORDER BY CASE WHEN m.openAgentId IS NULL THEN 1 ELSE 0 END, m.effectiveFromOn DESC, m.id DESC LIMIT 1`,
      [agentId, ...seen.values],
    );
    const [latest] = rows;
    if (!agent || !latest) throw new DomainError('not_found', 'not_found');
    if (latest.openAgentId !== null) return latest;
    // A leader whose agent went to another municipality is told no more than that the agent has left.
    throw new DomainError('agent_departed', 'conflict');
  }
}
