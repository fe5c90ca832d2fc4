import { Injectable } from '@nestjs/common';
import { allOf } from '../../common/access/scope.js';
import { decodeCursor, toPage, type Page } from '../../common/pagination.js';
import { Database } from '../../database/database.js';

/** A user as the list shows it. */
export interface UserRow {
  id: number;
  firstName: string;
  lastName: string;
  email: string;
  language: string;
  municipalityCode: string | null;
  roles: string[];
}

type Raw = Omit<UserRow, 'roles'> & { roles: string; nameSortKey: string };

/** Reads leaders and secretariat. */
@Injectable()
export class UserQueries {
  constructor(private readonly database: Database) {}

  /** Users with a role other than agent, sorted by name. */
  async list(filter: {
    role?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page<UserRow>> {
    const cursor = decodeCursor(filter.cursor, ['string', 'number']);
    const where = allOf([
      { sql: "r.role <> 'agent'", values: [] },
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
      `SELECT p.id, p.firstName, p.lastName, p.email, p.language, p.nameSortKey,
              MAX(r.municipalityCode) AS municipalityCode, GROUP_CONCAT(r.role) AS roles
         FROM person p JOIN role_assignment r ON r.personId = p.id
        WHERE ${where.sql}
        GROUP BY p.id, p.firstName, p.lastName, p.email, p.language, p.nameSortKey
        ORDER BY p.nameSortKey, p.id LIMIT ?`,
      [...where.values, filter.limit + 1],
    );
    const page = toPage(rows, filter.limit, (row) => [row.nameSortKey, row.id]);
    return { ...page, items: page.items.map(toUser) };
  }
}

function toUser({ nameSortKey: _, roles, ...user }: Raw): UserRow {
  return { ...user, roles: roles.split(',').sort() };
}
