import { Injectable } from '@nestjs/common';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
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
    await this.note(tx, closing, 'month.closed', { month: closing.month, ...counts });
    for (const { id, agentId } of cases)
      await this.noteAgent(tx, closing, agentId, 'quality_case.opened', { case: id });
    for (const { caseId, agentId } of followUps)
      await this.noteAgent(tx, closing, agentId, 'quality_case.followed_up', { case: caseId });
    for (const { agentId, reason } of left)
      await this.noteAgent(tx, closing, agentId, 'quality_case.left_out', { reason });
  }

  /** That a closing was undone, and whose cases went with it. */
  async undone(tx: Tx, closing: TrailedClosing, cases: Closed['cases']): Promise<void> {
    await this.note(tx, closing, 'month.closing_undone', { month: closing.month, cases: cases.length });
    for (const { id, agentId } of cases)
      await this.noteAgent(tx, closing, agentId, 'quality_case.withdrawn', { case: id, reason: 'undone' });
  }

  private note(
    tx: Tx,
    { id, byPersonId }: TrailedClosing,
    action: string,
    detail: Record<string, string | number>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: byPersonId,
      action,
      subjectType: 'month_closing',
      subjectId: id,
      detail,
    });
  }

  private noteAgent(
    tx: Tx,
    { id, month, byPersonId }: TrailedClosing,
    agentId: number,
    action: string,
    detail: Record<string, string | number>,
  ): Promise<void> {
    return this.audit.record(tx, {
      actorPersonId: byPersonId,
      action,
      subjectType: 'agent',
      subjectId: agentId,
      detail: { closing: id, month, ...detail },
    });
  }
}
