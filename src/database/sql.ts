import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';
import { sendStatement, type BoundValue } from './statements.js';

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
  const { rows } = await sendStatement(source, sql, values.map(bound));
  return rows as T[];
}

/** Runs INSERT, UPDATE or DELETE inside a unit of work; tells how many rows changed and the new key, if any. */
export async function execute(
  tx: EntityManager,
  sql: string,
  values: readonly SqlValue[] = [],
): Promise<Changed> {
  if (!tx.queryRunner) throw new Error('Writing takes the tx of a unit of work.');
  return sendStatement(tx, sql, values.map(bound));
}

/** A whole row of a table but for its key; each column is named, so that none is forgotten when the table grows. */
export type NewRow<Row> = { [Column in Exclude<keyof Row, 'id'>]: Row[Column] & SqlValue };

/**
 * Inserts a row inside a unit of work and gives its key. For what is written often: TypeORM's `insert()` builds its statement
 * anew each time, and reads the row back when a column has a default.
 */
export async function insertRow<Row>(tx: EntityManager, table: string, row: NewRow<Row>): Promise<number> {
  const { insertId } = await insertRows(tx, table, [row]);
  return insertId;
}

/** Inserts several rows, all with the same columns in the same order, in one statement; at least one. */
export function insertRows<Row>(
  tx: EntityManager,
  table: string,
  rows: readonly NewRow<Row>[],
): Promise<Changed> {
  const columns = Object.keys(rows[0]!);
  const tuple = `(${placeholders(columns)})`;
  return execute(
    tx,
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => tuple).join(', ')}`,
    rows.flatMap((row) => Object.values<SqlValue>(row)),
  );
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

/** The value in a JSON column, whether the driver has parsed it (MySQL) or not (MariaDB, SQLite). */
export function fromJson<T>(value: string | T): T {
  return typeof value === 'string' ? (JSON.parse(value) as T) : value;
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
export function bound(value: SqlValue): BoundValue {
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
  return isSqlite(tx) ? '' : ' FOR UPDATE';
}

/** An expression that gives 32 hexadecimal digits nobody can guess, anew for each row. */
export function randomHex(tx: EntityManager): string {
  return isSqlite(tx) ? 'LOWER(HEX(RANDOMBLOB(16)))' : 'LOWER(HEX(RANDOM_BYTES(16)))';
}

/** End of an INSERT that brings an existing row with the same unique values up to date instead. */
export function orUpdate(tx: EntityManager, unique: readonly string[], columns: readonly string[]): string {
  const told = columns.map((name) => `${name} = ${isSqlite(tx) ? `excluded.${name}` : `VALUES(${name})`}`);
  const conflict = isSqlite(tx)
    ? `ON CONFLICT (${unique.join(', ')}) DO UPDATE SET`
    : 'ON DUPLICATE KEY UPDATE';
  return ` ${conflict} ${told.join(', ')}`;
}

/** ` LOCK IN SHARE MODE` where rows can be locked: waits for whoever is changing them, and not for other readers. */
export function shareClause(tx: EntityManager): string {
  return lockClause(tx) && ' LOCK IN SHARE MODE';
}

/** Beginning of an INSERT that passes over a row which exists already. */
export function insertIgnore(tx: EntityManager): string {
  return isSqlite(tx) ? 'INSERT OR IGNORE' : 'INSERT IGNORE';
}

/**
 * Lets the embedded database give back the memory in which it keeps pages of the file, as far as they are written. For long work,
 * which would fill all that the cache may take with pages that nobody else asks for.
 */
export async function releaseMemory(tx: EntityManager): Promise<void> {
  if (isSqlite(tx)) await execute(tx, 'PRAGMA shrink_memory');
}

/** Whether the database is the embedded one, for the few statements that cannot be written for both. */
export function isSqlite(tx: EntityManager): boolean {
  return tx.dataSource.options.type === 'better-sqlite3';
}

/** A join whose left side is read first, for where the database guesses wrongly which side is the shorter one. */
export function joinInOrder(source: EntityManager): string {
  return isSqlite(source) ? 'CROSS JOIN' : 'STRAIGHT_JOIN';
}
