import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, json, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'content_package',
    columns: [
      id(),
      text('checksum', 64),
      text('fileName', 200),
      text('standard', 20),
      text('title', 300),
      json('manifest'),
      integer('sizeBytes'),
      integer('fileCount'),
      integer('uploadedByPersonId'),
      instant('createdAt'),
    ],
    unique: { uq_content_package_checksum: ['checksum'] },
    indices: { ix_content_package_person: ['uploadedByPersonId'] },
    foreignKeys: [{ name: 'fk_content_package_person', column: 'uploadedByPersonId', references: 'person' }],
  },
];

/** Uploaded e-learning packages. */
export class Packages1763900000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
