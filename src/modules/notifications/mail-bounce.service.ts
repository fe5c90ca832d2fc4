import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Mail } from './entities/mail.entity.js';
import { Undeliverable } from './undeliverable.js';

/** Notes mails that came back to the sender although the mail server had taken them. */
@Injectable()
export class MailBounceService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly undeliverable: Undeliverable,
    private readonly audit: AuditService,
  ) {}

  /** @throws DomainError `not_found`, `mail_not_sent` */
  async bounce(mailId: number, actorPersonId: number): Promise<{ id: number; state: 'failed' }> {
    return this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        "UPDATE mail SET state = 'failed', bouncedAt = ?, lastError = 'bounced' WHERE id = ? AND state = 'sent'",
        [this.clock.now(), mailId],
      );
      const mail = await tx.findOne(Mail, {
        select: { id: true, template: true, toPersonId: true },
        where: { id: mailId },
      });
      if (!mail) throw new DomainError('not_found', 'not_found');
      if (affected !== 1) throw new DomainError('mail_not_sent', 'conflict');
      await this.undeliverable.tell(tx, mail);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'mail.bounced',
        subjectType: 'mail',
        subjectId: mailId,
      });
      return { id: mailId, state: 'failed' as const };
    });
  }
}
