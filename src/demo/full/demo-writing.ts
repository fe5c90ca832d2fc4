import { emailKey } from '../../common/email.js';
import { insertRows, selectRows, type NewRow } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { sortKeyOf, type Person } from '../../modules/identity/index.js';

const TOGETHER = 100;

/** Inserts any number of rows. */
export async function insertMany<Row>(tx: Tx, table: string, rows: readonly NewRow<Row>[]): Promise<void> {
  for (let from = 0; from < rows.length; from += TOGETHER)
    await insertRows(tx, table, rows.slice(from, from + TOGETHER));
}

/** Keys of rows by something that names them. */
export async function keysBy(tx: Tx, sql: string): Promise<Map<string, number>> {
  const rows = await selectRows<{ name: string | number; id: number }>(tx, sql);
  return new Map(rows.map(({ name, id }) => [String(name), id]));
}

/** The people by their address. */
export function peopleByEmail(tx: Tx): Promise<Map<string, number>> {
  return keysBy(tx, 'SELECT email AS name, id FROM person');
}

/** What of a person differs between those of a demonstration. */
export interface DemoPerson {
  firstName: string;
  lastName: string;
  email: string;
  phone?: string | null;
  language?: string;
  passwordHash?: string | null;
  createdAt: Date;
  deactivatedAt?: Date | null;
}

/** The whole row of a person. */
export function personRow(person: DemoPerson): NewRow<Person> {
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    nameSortKey: sortKeyOf(person),
    email: person.email,
    emailKey: emailKey(person.email),
    phone: person.phone ?? null,
    language: person.language ?? 'da',
    passwordHash: person.passwordHash ?? null,
    isDemo: true,
    createdAt: person.createdAt,
    deactivatedAt: person.deactivatedAt ?? null,
    erasedAt: null,
    version: 1,
  };
}
