import { Injectable } from '@nestjs/common';
import { execute } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { OfferGround } from './offer-ground.js';

/** Lets the secretariat say that a talk would not help in a case. */
@Injectable()
export class TalkRelevance {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ground: OfferGround,
    private readonly audit: AuditService,
  ) {}

  /**
   * Notes whether a talk is relevant; offering one says so by itself.
   * @throws DomainError `not_found`, `case_ended`, `talk_under_way`
   */
  async decide(caseId: number, isRelevant: boolean, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { agentId } = await this.ground.hold(tx, caseId);
      await execute(tx, 'UPDATE quality_case SET isTalkRelevant = ? WHERE id = ?', [isRelevant, caseId]);
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: isRelevant ? 'coaching_talk.relevant' : 'coaching_talk.not_relevant',
        subjectType: 'agent',
        subjectId: agentId,
        detail: { case: caseId },
      });
    });
  }
}
