import type { EntitySchema } from 'typeorm';
import type { Env } from '../config/env.js';
import type { Database } from './database.js';
import { openMysql } from './open-mysql.js';
import { openSqlite } from './open-sqlite.js';

/** The tables of all modules, as TypeORM knows them. */
export type Entities = (Function | EntitySchema)[];

/** How to open it. */
export interface OpenOptions {
  entities: Entities;
  /** Only one server may own an SQLite file; command-line tools beside it do not ask for it. */
  exclusive: boolean;
}

/**
 * Opens the configured database and brings its schema up to date.
 * @throws Error with a sentence for the operator when the SQLite file is in use by another server
 */
export function openDatabase(env: Env, options: OpenOptions): Promise<Database> {
  return env.DATABASE_URL.startsWith('sqlite:') ? openSqlite(env, options) : openMysql(env, options);
}
