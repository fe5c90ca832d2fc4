import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey, isSharedMailbox } from '../../common/email.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { execute, insertRow, isUniqueViolation, orUpdate, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import type { Role } from '../../common/access/principal.js';
import { OutboxService } from '../notifications/index.js';
import { AccessEnds } from './access-ends.js';
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
  constructor(
    private readonly clock: Clock,
    private readonly outbox: OutboxService,
    private readonly accessEnds: AccessEnds,
  ) {}

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
        erasedAt: null,
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

  /**
   * The person is no longer an agent. Somebody who holds no other role is locked out: every link and session ends, and what
   * has not been mailed yet is cancelled.
   */
  async endAgentRole(tx: Tx, personId: number): Promise<void> {
    await tx.delete(RoleAssignment, { personId, role: 'agent' });
    if ((await this.staffMunicipalities(tx, personId)).length > 0) return;
    const now = this.clock.now();
    await execute(tx, 'UPDATE person SET deactivatedAt = ? WHERE id = ? AND deactivatedAt IS NULL', [
      now,
      personId,
    ]);
    await this.endAccess(tx, personId, now);
  }

  /** The language of the person's pages and mails. */
  async setLanguage(tx: Tx, personId: number, language: string): Promise<void> {
    await tx.update(Person, { id: personId }, { language });
  }

  /** Whether the person is a user whom the secretariat has locked out, and only the secretariat may let in again. */
  async isLockedOutUser(tx: Tx, personId: number): Promise<boolean> {
    const [row] = await selectRows(
      tx,
      `SELECT p.id FROM person p JOIN role_assignment r ON r.personId = p.id AND r.role <> 'agent'
        WHERE p.id = ? AND p.deactivatedAt IS NOT NULL`,
      [personId],
    );
    return row !== undefined;
  }

  /** Changes what a person is called and reached by, the address apart. */
  async rename(
    tx: Tx,
    personId: number,
    told: { firstName: string; lastName: string; phone: string | null; language: string },
  ): Promise<void> {
    await execute(
      tx,
      `UPDATE person SET firstName = ?, lastName = ?, nameSortKey = ?, phone = ?, language = ?, version = version + 1
        WHERE id = ?`,
      [told.firstName, told.lastName, sortKeyOf(told), told.phone, told.language, personId],
    );
  }

  /** Whether an active person leads the municipality. */
  async leads(tx: Tx, personId: number, municipalityCode: string): Promise<boolean> {
    const [row] = await selectRows(
      tx,
      `SELECT r.id FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
        WHERE r.role = 'leader' AND r.personId = ? AND r.municipalityCode = ?`,
      [personId, municipalityCode],
    );
    return row !== undefined;
  }

  /**
   * Corrects an address. Whoever has the wrong one may hold links, or have chosen a password by one: all of them end, and so
   * do all sessions, and what has not been mailed yet is cancelled.
   * @throws DomainError `email_taken`, `shared_mailbox`
   */
  async changeEmail(tx: Tx, personId: number, email: string): Promise<void> {
    if (isSharedMailbox(email)) throw emailFault('shared_mailbox', 'rule');
    const now = this.clock.now();
    try {
      await execute(
        tx,
        'UPDATE person SET email = ?, emailKey = ?, passwordHash = NULL, version = version + 1 WHERE id = ?',
        [email, emailKey(email), personId],
      );
    } catch (error) {
      throw isUniqueViolation(error) ? emailFault('email_taken', 'conflict') : error;
    }
    await this.endAccess(tx, personId, now);
  }

  private async endAccess(tx: Tx, personId: number, now: Date): Promise<void> {
    for (const table of ['link_token', 'session'])
      await execute(tx, `UPDATE ${table} SET revokedAt = ? WHERE personId = ? AND revokedAt IS NULL`, [
        now,
        personId,
      ]);
    await this.outbox.cancelTo(tx, personId);
    await this.accessEnds.tell(tx, personId);
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
    details: { municipalityCode?: string | null; agentId?: number | null; deputyId?: number | null } = {},
  ): Promise<void> {
    await execute(
      tx,
      'INSERT INTO role_assignment (personId, role, municipalityCode, agentId, deputyId) VALUES (?, ?, ?, ?, ?)' +
        orUpdate(tx, ['personId', 'role'], ['municipalityCode', 'agentId', 'deputyId']),
      [personId, role, details.municipalityCode, details.agentId, details.deputyId],
    );
  }
}

function emailFault(code: string, kind: 'rule' | 'conflict'): DomainError {
  return new DomainError(code, kind, { faults: [{ field: 'email', code }] });
}

/** Family name first, so that a list sorted by it reads like a telephone book. */
export function sortKeyOf(person: { firstName: string; lastName: string }): string {
  return `${nameSortKey(person.lastName)} ${nameSortKey(person.firstName)}`.slice(0, 500);
}
