import { Controller, Get, Param } from '@nestjs/common';
import { Roles } from '../../common/access/access.decorator.js';
import { Current } from '../../common/access/current.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { id } from '../../common/fields.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Page } from '../../web/render/page.decorator.js';
import { AuditService } from '../audit/index.js';
import { AttemptQueries } from './attempt.queries.js';
import { supportView } from './runtime-view.rules.js';

/** What happened in an attempt, for the secretariat that helps a learner or has tried a version itself. */
@Controller('e-laering/forsoeg/:attempt')
@Roles('secretariat')
export class AttemptsPages {
  constructor(
    private readonly attempts: AttemptQueries,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  @Get()
  @Page('player/attempt')
  async show(@Param('attempt', { schema: id }) attemptId: number, @Current() principal: Principal) {
    const attempt = await this.attempts.find(attemptId);
    if (!attempt) throw new DomainError('not_found', 'not_found');
    const isOwn = attempt.enrolmentId === null && attempt.personId === principal.personId;
    if (!isOwn) await this.noteLook(attemptId, principal.personId);
    const units = await this.attempts.runtime(attemptId);
    return {
      pageTitle: attempt.course,
      attempt,
      isOwn,
      history: await this.attempts.history(attempt),
      units: units.map(({ cmi, ...unit }) => ({
        ...unit,
        number: unit.scoIndex + 1,
        raw: cmi && JSON.stringify(isOwn ? cmi : supportView(cmi), null, 2),
      })),
    };
  }

  private noteLook(attemptId: number, actorPersonId: number): Promise<void> {
    return this.unitOfWork.run((tx) =>
      this.audit.record(tx, {
        actorPersonId,
        action: 'elearning.history_seen',
        subjectType: 'attempt',
        subjectId: attemptId,
      }),
    );
  }
}
