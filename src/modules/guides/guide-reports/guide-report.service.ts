import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { GuideReport, ReportKind } from '../entities/guide-report.entity.js';
import { visibleTo, type GuideViewer } from '../guide-viewer.js';

/** What somebody reports. */
export interface NewGuideReport {
  kind: ReportKind;
  topic: string;
  guideId?: number | undefined;
}

/** Takes what agents and leaders report about guides, and notes what was settled. */
@Injectable()
export class GuideReportService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `unknown_guide` for one that the reporter may not see */
  report(
    report: NewGuideReport,
    by: { personId: number; viewer: GuideViewer },
    call: IdempotentCall,
  ): Promise<{ id: number }> {
    return this.idempotency.run(call, async (tx) => {
      if (report.guideId !== undefined) await this.checkSeen(tx, by.viewer, report.guideId);
      const id = await insertRow<GuideReport>(tx, 'guide_report', {
        kind: report.kind,
        topic: report.topic,
        guideId: report.guideId ?? null,
        reportedAt: this.clock.now(),
        reportedByPersonId: by.personId,
        settledAt: null,
        settledByPersonId: null,
      });
      return { id };
    });
  }

  /** Settles a report, or opens it again. @throws DomainError `not_found` */
  setSettled(reportId: number, isSettled: boolean, byPersonId: number): Promise<void> {
    return this.unitOfWork.run(async (tx) => {
      const known = await selectRows(tx, 'SELECT id FROM guide_report WHERE id = ?', [reportId]);
      if (known.length === 0) throw new DomainError('not_found', 'not_found');
      await execute(tx, 'UPDATE guide_report SET settledAt = ?, settledByPersonId = ? WHERE id = ?', [
        isSettled ? this.clock.now() : null,
        isSettled ? byPersonId : null,
        reportId,
      ]);
      const entry = { actorPersonId: byPersonId, subjectType: 'guide_report', subjectId: reportId };
      await this.audit.record(tx, {
        ...entry,
        action: isSettled ? 'guide_report.settled' : 'guide_report.reopened',
      });
    });
  }

  private async checkSeen(tx: Tx, viewer: GuideViewer, guideId: number): Promise<void> {
    const seen = visibleTo(viewer, 'v');
    const known = await selectRows(
      tx,
      `SELECT v.id FROM guide_version v WHERE v.guideId = ? AND ${seen.sql} LIMIT 1`,
      [guideId, ...seen.values],
    );
    if (known.length > 0) return;
    const code = 'unknown_guide';
    throw new DomainError(code, 'rule', { faults: [{ field: 'guideId', code }] });
  }
}
