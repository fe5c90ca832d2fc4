import { Injectable } from '@nestjs/common';
import { ROLES, type Principal, type Role, type SessionStrength } from '../../common/access/principal.js';
import { emailKey } from '../../common/email.js';
import { Database } from '../../database/database.js';
import { selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';

/** What signing in needs to know of a person. */
export interface Account {
  id: number;
  firstName: string;
  email: string;
  language: string;
  passwordHash: string | null;
}

/** A leader as a choice in a form and as receiver of mails. */
export interface LeaderRow {
  personId: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  municipalityCode: string;
}

const SELECT_ACCOUNT =
  'SELECT id, firstName, email, language, passwordHash FROM person WHERE deactivatedAt IS NULL';

interface PrincipalRow {
  personId: number;
  firstName: string;
  lastName: string;
  language: string;
  strength: SessionStrength;
  role: Role | null;
  municipalityCode: string | null;
  agentId: number | null;
}

/** Reads people, roles and sessions. */
@Injectable()
export class PeopleQueries {
  constructor(private readonly database: Database) {}

  /** The active account of an address. */
  accountByEmail(email: string): Promise<Account | undefined> {
    return this.account('emailKey = ?', emailKey(email));
  }

  /** The active account of a person. */
  accountById(personId: number): Promise<Account | undefined> {
    return this.account('id = ?', personId);
  }

  /** The same inside a unit of work. */
  async accountWithin(tx: Tx, personId: number): Promise<Account | undefined> {
    const [account] = await selectRows<Account>(tx, `${SELECT_ACCOUNT} AND id = ?`, [personId]);
    return account;
  }

  /** The person of a session that is neither revoked nor over. */
  async principalOfSession(sessionId: number, now: Date): Promise<Omit<Principal, 'via'> | undefined> {
    const rows = await this.database.select<PrincipalRow>(
      `SELECT p.id AS personId, p.firstName, p.lastName, p.language, s.strength, r.role, r.municipalityCode, r.agentId
         FROM session s
         JOIN person p ON p.id = s.personId AND p.deactivatedAt IS NULL
         LEFT JOIN role_assignment r ON r.personId = p.id
        WHERE s.id = ? AND s.revokedAt IS NULL AND s.expiresAt > ?`,
      [sessionId, now],
    );
    const [first] = rows;
    if (!first) return undefined;
    return {
      personId: first.personId,
      sessionId,
      name: `${first.firstName} ${first.lastName}`,
      language: first.language,
      strength: first.strength,
      roles: ROLES.filter((role) => rows.some((row) => row.role === role)),
      agentId: rows.find((row) => row.role === 'agent')?.agentId ?? null,
      municipalityCodes: rows.flatMap((row) =>
        row.role === 'leader' && row.municipalityCode ? [row.municipalityCode] : [],
      ),
    };
  }

  /** The active leaders of the municipalities, or of all when none are named; sorted by name. */
  async leaders(municipalityCodes?: readonly string[]): Promise<LeaderRow[]> {
    if (municipalityCodes?.length === 0) return [];
    const among = municipalityCodes
      ? `AND r.municipalityCode IN (${municipalityCodes.map(() => '?').join(', ')})`
      : '';
    return this.database.select<LeaderRow>(
      `SELECT p.id AS personId, p.firstName, p.lastName, p.email, p.language, r.municipalityCode
         FROM role_assignment r
         JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
        WHERE r.role = 'leader' ${among}
        ORDER BY p.nameSortKey, p.id`,
      municipalityCodes ?? [],
    );
  }

  private account(condition: string, value: string | number): Promise<Account | undefined> {
    return this.database.selectOne<Account>(`${SELECT_ACCOUNT} AND ${condition}`, [value]);
  }
}
