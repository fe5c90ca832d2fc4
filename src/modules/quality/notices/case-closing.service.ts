import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import { DomainError } from '../../../common/domain-error.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { CaseProgress } from './case-progress.js';
import { CaseStepWriter } from './case-step-writer.js';
import { CaseQueries, type CaseRow } from './case.queries.js';
import type { CaseClosing } from './case.schemas.js';

/** Ends cases of which the leader has been told. */
@Injectable()
export class CaseClosingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: CaseQueries,
    private readonly progress: CaseProgress,
    private readonly writer: CaseStepWriter,
  ) {}

  /** Ends a case. @throws DomainError `not_found`, `case_not_open`, `talk_under_way`, `stale_version` */
  async close(
    scope: Scope,
    caseId: number,
    { reason, version }: CaseClosing,
    byPersonId: number,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const kase = await this.held(tx, scope, caseId);
      const end = { state: 'closed', endReason: reason } as const;
      if (!(await this.writer.end(tx, { ...kase, version }, end, byPersonId)))
        throw new DomainError('stale_version', 'conflict');
      // Last of all: only whoever does end the case learns whether a talk is under way.
      await this.checkNoTalk(tx, caseId);
    });
  }

  /** The case, its agent held. */
  private async held(tx: Tx, scope: Scope, caseId: number): Promise<CaseRow> {
    const known = await this.queries.find(scope, caseId, tx);
    if (!known) throw new DomainError('not_found', 'not_found');
    await this.progress.hold(tx, known.agentId);
    const kase = await this.queries.find(scope, caseId, tx);
    if (kase?.state !== 'notified') throw new DomainError('case_not_open', 'conflict');
    return kase;
  }

  private async checkNoTalk(tx: Tx, caseId: number): Promise<void> {
    const talks = await selectRows(tx, 'SELECT id FROM coaching_talk WHERE openCaseId = ?', [caseId]);
    if (talks.length > 0) throw new DomainError('talk_under_way', 'conflict');
  }
}
