import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Person } from './entities/person.entity.js';
import { LinkService } from './link.service.js';
import { hashPassword } from './password.js';
import { SessionService } from './session.service.js';

/** Lets people choose a password. */
@Injectable()
export class PasswordService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly links: LinkService,
    private readonly sessions: SessionService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Sets the password by an invitation or reset link; every other session and link of the person ends.
   * @throws DomainError `link_invalid`
   */
  async choose(token: string, password: string): Promise<{ jwt: string; seconds: number }> {
    // Looked up first only to spare the hash; the use inside the unit of work decides.
    const held = await this.links.find(token, ['invitation', 'reset']);
    if (held?.state !== 'valid') throw new DomainError('link_invalid', 'rule');
    const passwordHash = await hashPassword(password);
    return this.unitOfWork.run(async (tx) => {
      const personId = await this.links.use(tx, token, ['invitation', 'reset']);
      const { affected } = await tx.update(Person, { id: personId }, { passwordHash });
      if (affected !== 1) throw new DomainError('link_invalid', 'rule');
      await this.sessions.revokeAll(tx, personId);
      await this.links.revokeAll(tx, personId, ['invitation', 'reset', 'sign-in', 'personal']);
      await this.audit.record(tx, {
        actorPersonId: personId,
        action: 'password.chosen',
        subjectType: 'person',
        subjectId: personId,
      });
      return this.sessions.openForBrowser(tx, personId, 'full');
    });
  }
}
