import { Injectable } from '@nestjs/common';
import { allOf, columnIs, type Condition } from '../../common/access/scope.js';
import { DomainError } from '../../common/domain-error.js';
import { nameSortKey } from '../../common/name-sort-key.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';
import { containing } from '../../database/sql.js';

/** A user as lists show it. */
export interface UserRow {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  municipalityCode: string | null;
  municipalityName: string | null;
  deputyId: number | null;
  deputyName: string | null;
  isFirstLeader: boolean;
  /** Whether the person may sign in. */
  active: boolean;
  /** Whether a password has been chosen. */
  hasSignedIn: boolean;
  roles: string[];
  version: number;
}

/** What a list of users may be narrowed to. */
export interface UserFilter {
  q?: string | undefined;
  role?: string | undefined;
  municipality?: string | undefined;
  active?: boolean | undefined;
  limit: number;
  cursor?: string | undefined;
}

type Raw = Omit<UserRow, 'roles' | 'isFirstLeader' | 'active' | 'hasSignedIn'> & {
  roles: string;
  nameSortKey: string;
  isFirstLeader: number | string;
  isActive: number;
  hasPassword: number;
};

const SELECT = `SELECT p.id, p.firstName, p.lastName, p.email, p.language, p.nameSortKey, p.version,
    CASE WHEN p.deactivatedAt IS NULL THEN 1 ELSE 0 END AS isActive,
    CASE WHEN p.passwordHash IS NULL THEN 0 ELSE 1 END AS hasPassword,
    r.municipalityCode, u.name AS municipalityName, r.deputyId,
    CASE WHEN d.id IS NULL THEN NULL ELSE CONCAT(d.firstName, ' ', d.lastName) END AS deputyName,
    CASE WHEN EXISTS (SELECT 1 FROM municipality f WHERE f.primaryLeaderId = p.id) THEN 1 ELSE 0 END AS isFirstLeader,
    (SELECT GROUP_CONCAT(x.role) FROM role_assignment x WHERE x.personId = p.id) AS roles
  FROM person p
  JOIN role_assignment r ON r.personId = p.id AND r.role <> 'agent'
   AND r.role = (SELECT MIN(y.role) FROM role_assignment y WHERE y.personId = p.id AND y.role <> 'agent')
  LEFT JOIN municipality u ON u.code = r.municipalityCode
  LEFT JOIN person d ON d.id = r.deputyId`;

/** Reads leaders and secretariat. */
@Injectable()
export class UserQueries {
  constructor(private readonly database: Database) {}

  /** Users with a role other than agent, sorted by name. */
  async list(filter: UserFilter): Promise<Page<UserRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const where = allOf([
      ...wordsOf(filter.q),
      columnIs('r.municipalityCode', filter.municipality),
      filter.active === undefined
        ? undefined
        : { sql: `p.deactivatedAt IS ${filter.active ? 'NULL' : 'NOT NULL'}`, values: [] },
      filter.role
        ? {
            sql: 'EXISTS (SELECT 1 FROM role_assignment x WHERE x.personId = p.id AND x.role = ?)',
            values: [filter.role],
          }
        : undefined,
      cursor && {
        sql: 'p.nameSortKey > ? OR (p.nameSortKey = ? AND p.id > ?)',
        values: [cursor[0], cursor[0], cursor[1]],
      },
    ]);
    const rows = await this.database.select<Raw>(
      `${SELECT} WHERE ${where.sql} ORDER BY p.nameSortKey, p.id LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.nameSortKey, row.id]);
    return { ...page, items: page.items.map(toUser) };
  }

  /** One user. @throws DomainError `not_found` */
  async find(userId: number): Promise<UserRow> {
    const raw = await this.database.selectOne<Raw>(`${SELECT} WHERE p.id = ?`, [userId]);
    if (!raw) throw new DomainError('not_found', 'not_found');
    return toUser(raw);
  }

  /** Which of these addresses belong to somebody who is a user already. */
  async staffAmong(emailKeys: readonly string[]): Promise<Set<string>> {
    if (emailKeys.length === 0) return new Set();
    const rows = await this.database.select<{ emailKey: string }>(
      `SELECT DISTINCT p.emailKey FROM person p JOIN role_assignment r ON r.personId = p.id AND r.role <> 'agent'
        WHERE p.emailKey IN (${emailKeys.map(() => '?').join(', ')})`,
      emailKeys,
    );
    return new Set(rows.map((row) => row.emailKey));
  }
}

function wordsOf(q: string | undefined): Condition[] {
  const words = (q ?? '').trim().split(/\s+/).filter(Boolean).slice(0, 5);
  return words.map((word) => ({
    sql: "p.nameSortKey LIKE ? ESCAPE '!' OR p.emailKey LIKE ? ESCAPE '!'",
    values: [containing(nameSortKey(word)), containing(word.toLowerCase())],
  }));
}

function toUser({ nameSortKey: _, roles, isFirstLeader, isActive, hasPassword, ...user }: Raw): UserRow {
  return {
    ...user,
    roles: roles.split(',').sort(),
    isFirstLeader: Number(isFirstLeader) === 1,
    active: isActive === 1,
    hasSignedIn: hasPassword === 1,
  };
}
