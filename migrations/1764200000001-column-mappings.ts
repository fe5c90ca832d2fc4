import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, json, longText, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const COLUMN_MAPPING: TablePlan = {
  name: 'column_mapping',
  columns: [
    id(),
    text('kind', 20),
    text('signatureHash', 64),
    json('mapping'),
    integer('savedByPersonId'),
    instant('savedAt'),
  ],
  unique: { uq_column_mapping: ['kind', 'signatureHash'] },
  foreignKeys: [{ name: 'fk_column_mapping_person', column: 'savedByPersonId', references: 'person' }],
};
const SHIFT_MAPPING: TablePlan = {
  name: 'shift_mapping',
  columns: [id(), text('signatureHash', 64), json('mapping'), integer('savedByPersonId'), instant('savedAt')],
  unique: { uq_shift_mapping: ['signatureHash'] },
};
const NEW_COLUMNS = {
  import_job: [json('header', nullable), { ...integer('skipped'), fill: '0' }, longText('changes', nullable)],
  import_row: [json('original', nullable), longText('note', nullable)],
};

/** What columns mean is remembered for every kind of import; imports keep the cells as they were in the file. */
export class ColumnMappings1764200000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, [COLUMN_MAPPING]);
    if (await runner.hasTable('shift_mapping'))
      await runner.query(
        `INSERT INTO column_mapping (kind, signatureHash, mapping, savedByPersonId, savedAt)
         SELECT 'shifts', s.signatureHash, s.mapping, s.savedByPersonId, s.savedAt FROM shift_mapping s
          WHERE NOT EXISTS (SELECT 1 FROM column_mapping c WHERE c.kind = 'shifts' AND c.signatureHash = s.signatureHash)`,
      );
    await dropTables(runner, [SHIFT_MAPPING]);
    await addColumns(runner, NEW_COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, NEW_COLUMNS);
    await createTables(runner, [SHIFT_MAPPING]);
    await runner.query(
      `INSERT INTO shift_mapping (signatureHash, mapping, savedByPersonId, savedAt)
       SELECT signatureHash, mapping, savedByPersonId, savedAt FROM column_mapping WHERE kind = 'shifts'`,
    );
    await dropTables(runner, [COLUMN_MAPPING]);
  }
}
