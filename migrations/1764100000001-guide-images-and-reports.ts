import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, json, longText, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'guide_image',
    columns: [
      id(),
      text('fileName', 150),
      text('contentType', 20),
      integer('bytes'),
      json('content'),
      instant('uploadedAt'),
      integer('uploadedByPersonId'),
    ],
  },
  {
    name: 'guide_report',
    columns: [
      id(),
      text('kind', 10),
      text('topic', 150),
      integer('guideId', nullable),
      instant('reportedAt'),
      integer('reportedByPersonId'),
      instant('settledAt', nullable),
      integer('settledByPersonId', nullable),
    ],
    indices: { ix_guide_report_settled: ['settledAt'], ix_guide_report_person: ['reportedByPersonId'] },
    foreignKeys: [{ name: 'fk_guide_report_guide', column: 'guideId', references: 'guide' }],
  },
];

const COLUMNS = { guide_version: [longText('searchText', nullable)] };

/** Images in guides, reports that a guide is missing or wrong, and what a search looks in. */
export class GuideImagesAndReports1764100000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    await addColumns(runner, COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, COLUMNS);
    await dropTables(runner, TABLES);
  }
}
