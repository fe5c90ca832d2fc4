import type { TableColumnOptions } from 'typeorm';

/** Generated integer key. */
export const id = (): TableColumnOptions => ({
  name: 'id',
  type: 'integer',
  isPrimary: true,
  isGenerated: true,
  generationStrategy: 'increment',
});

/** An integer: a key of another table or a count. */
export const integer = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'integer',
  ...more,
});

/** An integer beyond 32 bits, such as a count of milliseconds. */
export const longInteger = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'bigint',
  ...more,
});

/** A short text. */
export const text = (
  name: string,
  length: number,
  more: Partial<TableColumnOptions> = {},
): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  ...more,
});

/** A long text. */
export const longText = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'text',
  ...more,
});

/** JSON of any length. */
export const json = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'json',
  ...more,
});

/** An instant in UTC with milliseconds. */
export const instant = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  ...more,
});

/** A calendar day, `YYYY-MM-DD`. */
export const localDate = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions =>
  text(name, 10, more);

/** True or false. */
export const flag = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'boolean',
  ...more,
});

/** A number with decimals. */
export const decimal = (name: string, more: Partial<TableColumnOptions> = {}): TableColumnOptions => ({
  name,
  type: 'double precision',
  ...more,
});

/** May be empty. */
export const nullable = { isNullable: true } as const;
