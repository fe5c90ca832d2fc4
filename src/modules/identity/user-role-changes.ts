import { Injectable } from '@nestjs/common';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { MunicipalityService } from '../municipalities/index.js';
import { RoleAssignment } from './entities/role-assignment.entity.js';
import { LeaderAppointments } from './leader-appointments.js';
import { PeopleService } from './people.service.js';
import type { UserChanges } from './user-changes.service.js';
import { UserLifecycle } from './user-lifecycle.js';
import { UserLockout } from './user-lockout.js';
import { faulty } from './users.service.js';

/** Changes what a user is: roles, municipality, deputy; always inside somebody else's unit of work. */
@Injectable()
export class UserRoleChanges {
  constructor(
    private readonly people: PeopleService,
    private readonly municipalities: MunicipalityService,
    private readonly appointments: LeaderAppointments,
    private readonly lockout: UserLockout,
    private readonly lifecycle: UserLifecycle,
  ) {}

  /** @throws DomainError `unknown_municipality`, `unknown_deputy` */
  async change(
    tx: Tx,
    userId: number,
    before: RoleAssignment[],
    changes: UserChanges,
    actorPersonId: number,
  ): Promise<void> {
    const code =
      changes.municipalityCode ??
      before.find(({ municipalityCode }) => municipalityCode)?.municipalityCode ??
      null;
    const roles = changes.roles ?? before.map(({ role }) => role);
    const deputyId =
      changes.deputyId === undefined
        ? (before.find(({ role }) => role === 'leader')?.deputyId ?? null)
        : changes.deputyId;
    await this.assertKnown(tx, userId, code, deputyId);
    const gone = before.filter(({ role }) => !roles.includes(role));
    for (const { role } of gone) await tx.delete(RoleAssignment, { personId: userId, role });
    for (const role of roles)
      await this.people.grantRole(tx, userId, role, {
        municipalityCode: code,
        deputyId: role === 'leader' ? deputyId : null,
      });
    if (roles.includes('leader') && !before.some(({ role }) => role === 'leader'))
      await this.appointments.tell(tx, userId);
    const stillLeads = roles.includes('leader') && changes.active !== false;
    await this.lockout.passOnFirstLeadership(tx, userId, stillLeads ? code : null, actorPersonId);
    if (stillLeads && code) await this.becomeFirst(tx, userId, code, actorPersonId);
    await this.lifecycle.tell(tx, userId);
  }

  private async assertKnown(
    tx: Tx,
    userId: number,
    code: string | null,
    deputyId: number | null,
  ): Promise<void> {
    const [known] = await selectRows(tx, 'SELECT code FROM municipality WHERE code = ?', [code]);
    if (!known) throw faulty('unknown_municipality', 'municipalityCode', 'rule');
    if (deputyId === null) return;
    if (deputyId === userId || !(await this.people.leads(tx, deputyId, code!)))
      throw faulty('unknown_deputy', 'deputyId', 'rule');
  }

  /** A municipality without a first leader gets one. */
  private async becomeFirst(tx: Tx, userId: number, code: string, actorPersonId: number): Promise<void> {
    const [row] = await selectRows<{ primaryLeaderId: number | null }>(
      tx,
      'SELECT primaryLeaderId FROM municipality WHERE code = ?',
      [code],
    );
    if (row?.primaryLeaderId === null)
      await this.municipalities.setPrimaryLeader(tx, code, userId, actorPersonId);
  }
}
