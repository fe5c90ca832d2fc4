import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Mail } from './entities/mail.entity.js';

/** Puts a mail that was given up back into the outbox. */
@Injectable()
export class MailRetryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `not_found`, `mail_not_failed` */
  async retry(mailId: number, actorPersonId: number): Promise<{ id: number; state: 'queued' }> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const { affected } = await execute(
        tx,
        // The three days of trying begin anew, so the age is counted from now.
        "UPDATE mail SET state = 'queued', attempts = 0, nextAttemptAt = ?, createdAt = ? WHERE id = ? AND state = 'failed'",
        [now, now, mailId],
      );
      if (affected === 0) {
        const exists = await tx.existsBy(Mail, { id: mailId });
        throw exists
          ? new DomainError('mail_not_failed', 'conflict')
          : new DomainError('not_found', 'not_found');
      }
      await this.audit.record(tx, {
        actorPersonId,
        action: 'mail.retried',
        subjectType: 'mail',
        subjectId: mailId,
      });
      return { id: mailId, state: 'queued' as const };
    });
  }
}
