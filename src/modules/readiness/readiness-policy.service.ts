import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { insertRow } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import type { ReadinessPolicy } from './entities/readiness-policy.entity.js';
import { ReadinessPolicyQueries } from './readiness-policy.queries.js';
import type { ReasonEffect } from './readiness.rules.js';

/** Lets the secretariat decide about readiness; each decision stays as a row. */
@Injectable()
export class ReadinessPolicyService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: ReadinessPolicyQueries,
    private readonly audit: AuditService,
  ) {}

  /** Decides what an unread guide does; deciding the same again changes nothing. */
  async decide(unreadGuide: ReasonEffect, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if ((await this.queries.current(tx)).unreadGuide === unreadGuide) return;
      const id = await insertRow<ReadinessPolicy>(tx, 'readiness_policy', {
        unreadGuide,
        byPersonId,
        createdAt: this.clock.now(),
      });
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: 'readiness_policy.decided',
        subjectType: 'readiness_policy',
        subjectId: id,
        detail: { unreadGuide },
      });
    });
  }
}
