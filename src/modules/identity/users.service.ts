import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { isSharedMailbox } from '../../common/email.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { AuditService } from '../audit/index.js';
import { Municipality, MunicipalityService } from '../municipalities/index.js';
import { AccountService } from './account.service.js';
import { PeopleService } from './people.service.js';

/** A leader or somebody in the secretariat who is invited. */
export interface NewUser {
  firstName: string;
  lastName: string;
  email: string;
  roles: Role[];
  municipalityCode: string;
  language: 'da' | 'en';
}

/** What the inviter sees. */
export interface InvitedUser extends NewUser {
  id: number;
}

/** Invites leaders and the secretariat. */
@Injectable()
export class UserService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly people: PeopleService,
    private readonly accounts: AccountService,
    private readonly municipalities: MunicipalityService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes the user, mails the invitation, and names the first leader of a municipality that had none.
   * @param actorPersonId null when made from the command line
   * @throws DomainError `shared_mailbox`, `email_taken`, `unknown_municipality`
   */
  async invite(user: NewUser, actorPersonId: number | null, call: IdempotentCall): Promise<InvitedUser> {
    if (isSharedMailbox(user.email))
      throw new DomainError('shared_mailbox', 'rule', {
        faults: [{ field: 'email', code: 'shared_mailbox' }],
      });
    return this.idempotency.run(call, async (tx) => {
      const municipality = await tx.findOneBy(Municipality, { code: user.municipalityCode });
      if (!municipality)
        throw new DomainError('unknown_municipality', 'rule', {
          faults: [{ field: 'municipalityCode', code: 'unknown_municipality' }],
        });
      const person = await this.people.findOrCreate(tx, user);
      if (!person.isNew)
        throw new DomainError('email_taken', 'conflict', {
          faults: [{ field: 'email', code: 'email_taken' }],
        });
      for (const role of user.roles)
        await this.people.grantRole(tx, person.id, role, { municipalityCode: user.municipalityCode });
      if (user.roles.includes('leader') && municipality.primaryLeaderId === null)
        await this.municipalities.setPrimaryLeader(tx, municipality.code, person.id, actorPersonId);
      await this.accounts.invite(tx, { id: person.id, ...user }, person.id);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'user.invited',
        subjectType: 'person',
        subjectId: person.id,
        detail: { roles: user.roles.join(' '), municipality: user.municipalityCode },
      });
      return { id: person.id, ...user };
    });
  }
}
