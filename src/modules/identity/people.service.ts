import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { emailKey } from '../../common/email.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { isUniqueViolation } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Role } from '../../common/access/principal.js';
import { Person } from './entities/person.entity.js';
import { RoleAssignment } from './entities/role-assignment.entity.js';

/** What is told of a person when it is made. */
export interface NewPerson {
  firstName: string;
  lastName: string;
  email: string;
  phone?: string | null | undefined;
  language: string;
  passwordHash?: string | null;
  isDemo?: boolean;
}

/** Makes people and gives them roles; always inside somebody else's unit of work. */
@Injectable()
export class PeopleService {
  constructor(private readonly clock: Clock) {}

  /**
   * Makes a person, or finds the one who has the address already. The insert itself decides, so that two requests at
   * once cannot make two people of one address.
   */
  async findOrCreate(tx: Tx, person: NewPerson): Promise<{ id: number; isNew: boolean }> {
    const key = emailKey(person.email);
    try {
      const { identifiers } = await tx.insert(Person, {
        phone: null,
        passwordHash: null,
        isDemo: false,
        ...person,
        emailKey: key,
        nameSortKey: sortKeyOf(person),
        createdAt: this.clock.now(),
      });
      return { id: identifiers[0]!['id'] as number, isNew: true };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const known = await tx.findOneOrFail(Person, { select: { id: true }, where: { emailKey: key } });
      return { id: known.id, isNew: false };
    }
  }

  /** Brings a known person up to date when a new registration tells more, and lets somebody who had left in again. */
  async refresh(
    tx: Tx,
    personId: number,
    told: { phone?: string | undefined; language: string },
  ): Promise<void> {
    await tx.update(
      Person,
      { id: personId },
      { language: told.language, deactivatedAt: null, ...(told.phone && { phone: told.phone }) },
    );
  }

  /** Gives a role, or changes what an existing one stands for. */
  async grantRole(
    tx: Tx,
    personId: number,
    role: Role,
    details: { municipalityCode?: string | null; agentId?: number | null } = {},
  ): Promise<void> {
    await tx.upsert(
      RoleAssignment,
      {
        personId,
        role,
        municipalityCode: details.municipalityCode ?? null,
        agentId: details.agentId ?? null,
      },
      ['personId', 'role'],
    );
  }
}

/** Family name first, so that a list sorted by it reads like a telephone book. */
export function sortKeyOf(person: { firstName: string; lastName: string }): string {
  return `${nameSortKey(person.lastName)} ${nameSortKey(person.firstName)}`.slice(0, 500);
}
