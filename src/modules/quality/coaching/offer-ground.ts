import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import type { CaseState } from '../notices/case-state.rules.js';
import type { CoachedAgent } from './coach.rules.js';
import { firstState } from './talk-state.rules.js';

/** A case on which a talk is offered. */
export interface OfferedCase {
  id: number;
  agentId: number;
  agent: CoachedAgent;
  /** In which a talk begins now. */
  firstState: 'prepared' | 'offered';
}

interface Row {
  state: CaseState;
  caseCode: string;
  personId: number;
  municipalityCode: string | null;
  leaderId: number | null;
  openTalkId: number | null;
}

/** Finds out whether a talk can be offered, and holds everything that decides it. */
@Injectable()
export class OfferGround {
  /**
   * Holds the agent, the case, and whoever may be asked with their roles and employments, in this order. A transfer, a change of a
   * user and a second offer wait until the offer is made, and then see it.
   * @throws DomainError `not_found`, `case_ended`, `talk_under_way`
   */
  async hold(tx: Tx, caseId: number): Promise<OfferedCase> {
    const [known] = await selectRows<{ agentId: number }>(
      tx,
      'SELECT agentId FROM quality_case WHERE id = ?',
      [caseId],
    );
    if (!known) throw new DomainError('not_found', 'not_found');
    const lock = lockClause(tx);
    await selectRows(tx, `SELECT id FROM agent WHERE id = ?${lock}`, [known.agentId]);
    await selectRows(tx, `SELECT id FROM quality_case WHERE id = ?${lock}`, [caseId]);
    await this.holdCoaches(tx);
    return { id: caseId, agentId: known.agentId, ...(await this.read(tx, caseId)) };
  }

  /**
   * A user who is changed is held by the own row, an agent who is moved by that of the agent. Each table is asked for something,
   * since MariaDB leaves out those that are not.
   */
  private async holdCoaches(tx: Tx): Promise<void> {
    await selectRows(
      tx,
      `SELECT g.personId, r.id AS roleId, a.id AS agentId FROM coach_grant g JOIN person p ON p.id = g.personId
         LEFT JOIN role_assignment r ON r.personId = g.personId
         LEFT JOIN agent a ON a.personId = g.personId
        ORDER BY g.personId, r.id${lockClause(tx)}`,
    );
  }

  private async read(tx: Tx, caseId: number): Promise<Pick<OfferedCase, 'agent' | 'firstState'>> {
    const [row] = await selectRows<Row>(
      tx,
      `SELECT c.state, c.municipalityCode AS caseCode, a.personId, m.municipalityCode, m.leaderId,
              (SELECT t.id FROM coaching_talk t WHERE t.openCaseId = c.id) AS openTalkId
         FROM quality_case c JOIN agent a ON a.id = c.agentId LEFT JOIN employment m ON m.openAgentId = c.agentId
        WHERE c.id = ?`,
      [caseId],
    );
    const { state, caseCode, personId, municipalityCode, leaderId, openTalkId } = row!;
    const begins = firstState(state);
    if (begins === null || municipalityCode === null || municipalityCode !== caseCode)
      throw new DomainError('case_ended', 'conflict');
    if (openTalkId !== null) throw new DomainError('talk_under_way', 'conflict');
    return { agent: { personId, municipalityCode, leaderId }, firstState: begins };
  }
}
