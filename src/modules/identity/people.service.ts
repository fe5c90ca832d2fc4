import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { emailKey } from '../../common/email.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { execute, insertRow, isUniqueViolation, orUpdate } from '../../database/sql.js';
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
  language?: string | undefined;
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
      const id = await insertRow<Person>(tx, 'person', {
        firstName: person.firstName,
        lastName: person.lastName,
        nameSortKey: sortKeyOf(person),
        email: person.email,
        emailKey: key,
        phone: person.phone ?? null,
        language: person.language ?? 'da',
        passwordHash: person.passwordHash ?? null,
        isDemo: person.isDemo ?? false,
        createdAt: this.clock.now(),
        deactivatedAt: null,
        version: 1,
      });
      return { id, isNew: true };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const known = await tx.findOneOrFail(Person, { select: { id: true }, where: { emailKey: key } });
      return { id: known.id, isNew: false };
    }
  }

  /**
   * Brings somebody who had left up to date with what the new registration tells, and lets the person in again. People who
   * lead or work in the secretariat keep their data: a registration of an agent must not change an account of that kind.
   */
  async refresh(tx: Tx, personId: number, told: Omit<NewPerson, 'email'>): Promise<void> {
    if ((await this.staffMunicipalities(tx, personId)).length > 0) return;
    const { firstName, lastName, phone, language } = told;
    await tx.update(
      Person,
      { id: personId },
      {
        firstName,
        lastName,
        nameSortKey: sortKeyOf(told),
        deactivatedAt: null,
        ...(phone && { phone }),
        ...(language && { language }),
      },
    );
  }

  /** The language of the person's pages and mails. */
  async setLanguage(tx: Tx, personId: number, language: string): Promise<void> {
    await tx.update(Person, { id: personId }, { language });
  }

  /** The municipalities of the person's roles as leader or in the secretariat; empty for anybody else. */
  async staffMunicipalities(tx: Tx, personId: number): Promise<(string | null)[]> {
    const rows = await tx.find(RoleAssignment, { where: { personId, role: In(['leader', 'secretariat']) } });
    return rows.map((row) => row.municipalityCode);
  }

  /** Gives a role, or changes what an existing one stands for. */
  async grantRole(
    tx: Tx,
    personId: number,
    role: Role,
    details: { municipalityCode?: string | null; agentId?: number | null } = {},
  ): Promise<void> {
    await execute(
      tx,
      'INSERT INTO role_assignment (personId, role, municipalityCode, agentId) VALUES (?, ?, ?, ?)' +
        orUpdate(tx, ['personId', 'role'], ['municipalityCode', 'agentId']),
      [personId, role, details.municipalityCode, details.agentId],
    );
  }
}

/** Family name first, so that a list sorted by it reads like a telephone book. */
export function sortKeyOf(person: { firstName: string; lastName: string }): string {
  return `${nameSortKey(person.lastName)} ${nameSortKey(person.firstName)}`.slice(0, 500);
}
