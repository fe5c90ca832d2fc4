import { Column, type ColumnOptions } from 'typeorm';

/** An instant in UTC with milliseconds. */
export const InstantColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'datetime', precision: 3, ...options });

/** A calendar day, kept as the ten characters `YYYY-MM-DD` so that no driver turns it into an instant. */
export const LocalDateColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: 10, ...options });

/** A key of another table. */
export const IdColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'integer', ...options });

/** A short text. */
export const TextColumn = (length: number, options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'varchar', length: String(length), ...options });

/** JSON of any length: a `text` of MySQL ends at 65,535 bytes. Drivers give it as a text or parsed already: read it with `fromJson`. */
export const JsonColumn = (options: ColumnOptions = {}): PropertyDecorator =>
  Column({ type: 'json', ...options });
