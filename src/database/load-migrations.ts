import { readdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import type { MigrationInterface } from 'typeorm';
import { migrationFiles } from '../config/paths.js';

type MigrationClass = new () => MigrationInterface;

/** All migrations that belong to the running code, oldest first (file names begin with a time stamp). */
export async function loadMigrations(): Promise<MigrationClass[]> {
  const { folder, ending } = migrationFiles;
  const names = (await readdir(folder))
    .filter((name) => /^\d{13}-/.test(name) && name.endsWith(ending))
    .sort();
  const migrations: MigrationClass[] = [];
  for (const name of names) {
    const exported = (await import(pathToFileURL(`${folder}${name}`).href)) as Record<string, MigrationClass>;
    migrations.push(...Object.values(exported));
  }
  return migrations;
}
