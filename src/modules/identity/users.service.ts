import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import { isSharedMailbox } from '../../common/email.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import type { Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Municipality, MunicipalityService } from '../municipalities/index.js';
import { AccountService } from './account.service.js';
import { LeaderAppointments } from './leader-appointments.js';
import { PeopleService } from './people.service.js';

/** A leader or somebody in the secretariat who is invited. */
export interface NewUser {
  firstName: string;
  lastName: string;
  email: string;
  roles: Role[];
  municipalityCode: string;
  deputyId?: number | undefined;
  language: 'da' | 'en';
}

/** What the inviter sees. */
export interface InvitedUser extends Omit<NewUser, 'deputyId'> {
  id: number;
  deputyId: number | null;
  version: number;
  active: boolean;
}

/** Invites leaders and the secretariat. */
@Injectable()
export class UserService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly people: PeopleService,
    private readonly accounts: AccountService,
    private readonly municipalities: MunicipalityService,
    private readonly appointments: LeaderAppointments,
    private readonly audit: AuditService,
  ) {}

  /**
   * Makes the user, mails the invitation, and names the first leader of a municipality that had none.
   * @param actorPersonId null when made from the command line
   * @throws DomainError `shared_mailbox`, `email_taken`, `unknown_municipality`, `unknown_deputy`
   */
  async invite(user: NewUser, actorPersonId: number | null, call: IdempotentCall): Promise<InvitedUser> {
    return this.idempotency.run(call, (tx) => this.inviteWithin(tx, user, actorPersonId));
  }

  /** The same inside a unit of work. */
  async inviteWithin(tx: Tx, user: NewUser, actorPersonId: number | null): Promise<InvitedUser> {
    if (isSharedMailbox(user.email)) throw faulty('shared_mailbox', 'email', 'rule');
    const municipality = await tx.findOneBy(Municipality, { code: user.municipalityCode });
    if (!municipality) throw faulty('unknown_municipality', 'municipalityCode', 'rule');
    const id = await this.personOf(tx, user);
    await this.giveRoles(tx, id, user);
    if (user.roles.includes('leader') && municipality.primaryLeaderId === null)
      await this.municipalities.setPrimaryLeader(tx, municipality.code, id, actorPersonId);
    if (user.roles.includes('leader')) await this.appointments.tell(tx, id);
    await this.accounts.invite(tx, { id, ...user }, id);
    await this.audit.record(tx, {
      actorPersonId,
      action: 'user.invited',
      subjectType: 'person',
      subjectId: id,
      detail: { roles: user.roles.join(' '), municipality: user.municipalityCode },
    });
    return { ...user, id, deputyId: user.deputyId ?? null, version: 1, active: true };
  }

  /** A new person, or an agent who gets a role beside; somebody who is a user already is refused. */
  private async personOf(tx: Tx, user: NewUser): Promise<number> {
    const person = await this.people.findOrCreate(tx, {
      firstName: user.firstName,
      lastName: user.lastName,
      email: user.email,
      language: user.language,
    });
    if (!person.isNew && (await this.people.staffMunicipalities(tx, person.id)).length > 0)
      throw faulty('email_taken', 'email', 'conflict');
    // Somebody who was an agent once comes back under the name that is told now.
    if (!person.isNew) await this.people.refresh(tx, person.id, user);
    return person.id;
  }

  private async giveRoles(tx: Tx, personId: number, user: NewUser): Promise<void> {
    const { municipalityCode, deputyId } = user;
    if (deputyId !== undefined && !(await this.people.leads(tx, deputyId, municipalityCode)))
      throw faulty('unknown_deputy', 'deputyId', 'rule');
    for (const role of user.roles)
      await this.people.grantRole(tx, personId, role, {
        municipalityCode,
        deputyId: role === 'leader' ? (deputyId ?? null) : null,
      });
  }
}

/** A refusal that points at a field. */
export function faulty(code: string, field: string, kind: 'rule' | 'conflict'): DomainError {
  return new DomainError(code, kind, { faults: [{ field, code }] });
}
