import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';

/** A value that a statement takes; instants and booleans are brought into the form both databases share. */
export type SqlValue = string | number | boolean | Date | null | undefined;

/** Outcome of a changing statement. */
export interface Changed {
  affected: number;
  insertId: number;
}

/** Rows of a SELECT, with the column names of the statement. */
export async function selectRows<T>(
  source: EntityManager | DataSource,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<T[]> {
  return source.query<T[]>(sql, values.map(bound));
}

/** Runs INSERT, UPDATE or DELETE inside a unit of work; tells how many rows changed and the new key, if any. */
export async function execute(
  tx: EntityManager,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<Changed> {
  const result = await tx.queryRunner!.query(sql, values.map(bound), true);
  const raw = result.raw as number | bigint | { insertId?: number } | undefined;
  const insertId = typeof raw === 'object' ? (raw.insertId ?? 0) : Number(raw ?? 0);
  return { affected: result.affected ?? 0, insertId };
}

/** `?, ?, ?` for an IN list. The caller makes sure that the list is not empty. */
export function placeholders(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}

/** The instant in a column, whichever form the driver gave it. */
export function toInstant(value: string | Date): Date {
  return value instanceof Date ? value : new Date(`${value.replace(' ', 'T')}Z`);
}

/** The instant in a nullable column. */
export function toInstantOrNull(value: string | Date | null): Date | null {
  return value === null ? null : toInstant(value);
}

/** An instant as both databases store it: `YYYY-MM-DD HH:MM:SS.mmm`, UTC. */
export function sqlInstant(instant: Date): string {
  return instant.toISOString().replace('T', ' ').replace('Z', '');
}

/** Pattern for `LIKE … ESCAPE '!'` that finds the text anywhere, with its wildcards made harmless. */
export function containing(text: string): string {
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}

/** A statement's value in the form that libsql and mysql2 both take. */
export function bound(value: SqlValue): string | number | null {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return sqlInstant(value);
  return typeof value === 'boolean' ? Number(value) : value;
}

/** Tells whether a write failed because a value that must be unique is taken (MySQL 1062, SQLite 2067 and 1555). */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const { errno, code } = error.driverError as { errno?: number; code?: string };
  return errno === 1062 || code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY';
}

const AWAY = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ER_CON_COUNT_ERROR',
  'ER_SERVER_SHUTDOWN',
  'SQLITE_BUSY',
]);

/** Tells whether a statement failed because the database could not be reached or was busy: trying again may help. */
export function isDatabaseAway(error: unknown): boolean {
  const { driverError, code } = (error ?? {}) as { driverError?: { code?: string }; code?: string };
  return AWAY.has(driverError?.code ?? code ?? '');
}

/** ` FOR UPDATE` where rows can be locked; SQLite has one writer at a time and needs no lock. */
export function lockClause(tx: EntityManager): string {
  return tx.connection.options.type === 'better-sqlite3' ? '' : ' FOR UPDATE';
}

/** Beginning of an INSERT that passes over a row which exists already. */
export function insertIgnore(tx: EntityManager): string {
  return tx.connection.options.type === 'better-sqlite3' ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
}
