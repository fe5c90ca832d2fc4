import { Injectable } from '@nestjs/common';
import type { Role } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { execute, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Person } from './entities/person.entity.js';
import { RoleAssignment } from './entities/role-assignment.entity.js';
import { sortKeyOf } from './people.service.js';
import { UserAddresses } from './user-addresses.js';
import { UserLockout } from './user-lockout.js';
import { UserRoleChanges } from './user-role-changes.js';

/** What may be changed of a user; what is left out stays. */
export interface UserChanges {
  version: number;
  firstName?: string | undefined;
  lastName?: string | undefined;
  email?: string | undefined;
  roles?: Role[] | undefined;
  municipalityCode?: string | undefined;
  deputyId?: number | null | undefined;
  language?: 'da' | 'en' | undefined;
  active?: boolean | undefined;
}

/** Edits leaders and the secretariat. */
@Injectable()
export class UserChangesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly addresses: UserAddresses,
    private readonly roles: UserRoleChanges,
    private readonly lockout: UserLockout,
    private readonly audit: AuditService,
  ) {}

  /**
   * Changes a user. A corrected address ends every link and sign-in and is invited anew.
   * @throws DomainError `not_found`, `stale_version`, `email_taken`, `shared_mailbox`, `unknown_municipality`,
   * `unknown_deputy`, `last_secretariat`, `not_yourself`
   */
  async change(userId: number, changes: UserChanges, actorPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const roles = await this.rolesOf(tx, userId);
      const person = await tx.findOneByOrFail(Person, { id: userId });
      if (person.version !== changes.version) throw new DomainError('stale_version', 'conflict');
      if (changes.active === false || (changes.roles && !changes.roles.includes('secretariat')))
        await this.lockout.assertMayLoseSecretariat(tx, userId, actorPersonId, changes.active === false);
      await this.changePerson(tx, person, changes);
      await this.roles.change(tx, userId, roles, changes, actorPersonId);
      if (changes.active === false) await this.lockout.lockOut(tx, userId);
      await this.audit.record(tx, {
        actorPersonId,
        action:
          changes.active === false ? 'user.deactivated' : changes.active ? 'user.activated' : 'user.changed',
        subjectType: 'person',
        subjectId: userId,
        detail: {
          fields: Object.keys(changes)
            .filter((key) => key !== 'version')
            .join(' '),
        },
      });
    });
  }

  /** The roles other than agent, the rows locked; somebody without is no user. */
  private async rolesOf(tx: Tx, userId: number): Promise<RoleAssignment[]> {
    await selectRows(tx, `SELECT id FROM person WHERE id = ?${lockClause(tx)}`, [userId]);
    const roles = (await tx.findBy(RoleAssignment, { personId: userId })).filter(
      ({ role }) => role !== 'agent',
    );
    if (roles.length === 0) throw new DomainError('not_found', 'not_found');
    return roles;
  }

  private async changePerson(tx: Tx, person: Person, changes: UserChanges): Promise<void> {
    const named = {
      firstName: changes.firstName ?? person.firstName,
      lastName: changes.lastName ?? person.lastName,
    };
    const isActive = changes.active ?? person.deactivatedAt === null;
    await execute(
      tx,
      `UPDATE person SET firstName = ?, lastName = ?, nameSortKey = ?, language = ?, deactivatedAt = ?, version = version + 1
        WHERE id = ?`,
      [
        named.firstName,
        named.lastName,
        sortKeyOf(named),
        changes.language ?? person.language,
        isActive ? null : (person.deactivatedAt ?? this.clock.now()),
        person.id,
      ],
    );
    if (changes.email === undefined || changes.email === person.email) return;
    const language = changes.language ?? person.language;
    await this.addresses.correct(tx, {
      id: person.id,
      firstName: named.firstName,
      email: changes.email,
      language,
    });
  }
}
