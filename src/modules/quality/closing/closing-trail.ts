import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService, type AuditRecord } from '../../audit/index.js';
import type { Month } from '../month.rules.js';
import type { Chosen } from './closing-choice.rules.js';
import type { Closed } from './closing.schemas.js';

/** Who closed or undid what. */
export interface TrailedClosing {
  id: number;
  month: Month;
  byPersonId: number;
}

/** Notes for what an agent's figures were used, at the closing and at each agent. */
@Injectable()
export class ClosingTrail {
  constructor(private readonly audit: AuditService) {}

  /** What came of a closing. */
  async closed(
    tx: Tx,
    closing: TrailedClosing,
    { cases, followUps, left }: Pick<Closed, 'cases' | 'followUps'> & Pick<Chosen, 'left'>,
  ): Promise<void> {
    const counts = { cases: cases.length, followUps: followUps.length, left: left.length };
    await this.audit.recordAll(tx, [
      ofClosing(closing, 'month.closed', counts),
      ...cases.map(({ id, agentId }) => ofAgent(closing, agentId, 'quality_case.opened', { case: id })),
      ...followUps.map(({ caseId, agentId }) =>
        ofAgent(closing, agentId, 'quality_case.followed_up', { case: caseId }),
      ),
      ...left.map(({ agentId, reason }) => ofAgent(closing, agentId, 'quality_case.left_out', { reason })),
    ]);
  }

  /** That a closing was undone, and whose cases went with it. */
  async undone(tx: Tx, closing: TrailedClosing, cases: Closed['cases']): Promise<void> {
    await this.audit.recordAll(tx, [
      ofClosing(closing, 'month.closing_undone', { cases: cases.length }),
      ...cases.map(({ id, agentId }) =>
        ofAgent(closing, agentId, 'quality_case.withdrawn', { case: id, reason: 'undone' }),
      ),
    ]);
  }
}

function ofClosing(
  { id, month, byPersonId }: TrailedClosing,
  action: string,
  counts: Record<string, number>,
): AuditRecord {
  const detail = { month, ...counts };
  return { actorPersonId: byPersonId, action, subjectType: 'month_closing', subjectId: id, detail };
}

function ofAgent(
  { id, month, byPersonId }: TrailedClosing,
  agentId: number,
  action: string,
  about: Record<string, string | number>,
): AuditRecord {
  const detail = { closing: id, month, ...about };
  return { actorPersonId: byPersonId, action, subjectType: 'agent', subjectId: agentId, detail };
}
