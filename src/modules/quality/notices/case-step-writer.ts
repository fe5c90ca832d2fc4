import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { CaseEnd, CaseMail, CaseStep } from './case.rules.js';
import type { CaseEndReason, CaseState } from './case-state.rules.js';

/** The case that is written. */
export interface WrittenCase {
  id: number;
  agentId: number;
  state: CaseState;
  version: number;
}

/** Writes what becomes of a case, and notes it in the audit trail of the agent. */
@Injectable()
export class CaseStepWriter {
  constructor(
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Takes a step. @returns false when somebody else has changed the case meanwhile, so that nothing was written */
  async take(tx: Tx, known: WrittenCase, step: CaseStep): Promise<boolean> {
    const now = this.clock.now();
    const toldAt = (mail: CaseMail) => (step.mails.includes(mail) ? now : null);
    const { affected } = await execute(
      tx,
      `UPDATE quality_case SET state = ?, leaderNoticeAt = ?, agentToldAt = COALESCE(?, agentToldAt),
              leaderToldAt = COALESCE(?, leaderToldAt), version = version + 1 WHERE id = ? AND version = ?`,
      [step.state, step.leaderNoticeAt, toldAt('agent'), toldAt('leader'), known.id, known.version],
    );
    if (affected !== 1) return false;
    if (step.endReason) await this.stamp(tx, known, step.endReason);
    if (step.endReason || step.state !== known.state || step.mails.length > 0)
      await this.note(tx, known, step.state, step.endReason, null);
    return true;
  }

  /** Ends a case. @returns false when somebody else has changed it meanwhile, so that nothing was written */
  async end(
    tx: Tx,
    known: WrittenCase,
    { state, endReason }: CaseEnd,
    byPersonId: number | null,
  ): Promise<boolean> {
    const { affected } = await execute(
      tx,
      'UPDATE quality_case SET state = ?, version = version + 1 WHERE id = ? AND version = ?',
      [state, known.id, known.version],
    );
    if (affected !== 1) return false;
    await this.stamp(tx, known, endReason);
    await this.note(tx, known, state, endReason, byPersonId);
    return true;
  }

  /** A withdrawn case leaves its streak to a later one. */
  private async stamp(tx: Tx, { id }: WrittenCase, endReason: CaseEndReason): Promise<void> {
    await execute(
      tx,
      `UPDATE quality_case SET endedAt = ?, endReason = ?,
              liveStreakFrom = CASE WHEN state = 'withdrawn' THEN NULL ELSE liveStreakFrom END WHERE id = ?`,
      [this.clock.now(), endReason, id],
    );
  }

  private async note(
    tx: Tx,
    { id, agentId }: WrittenCase,
    state: CaseState,
    reason: CaseEndReason | null,
    actorPersonId: number | null,
  ): Promise<void> {
    await this.audit.record(tx, {
      actorPersonId,
      action: `quality_case.${state}`,
      subjectType: 'agent',
      subjectId: agentId,
      detail: { case: id, ...(reason && { reason }) },
    });
  }
}
