import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, integer, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const NEW_COLUMNS = { link_token: [text('target', 200, nullable)] };

const TABLES: TablePlan[] = [
  {
    name: 'reading_notice',
    columns: [
      integer('agentId', { isPrimary: true }),
      integer('versionId', { isPrimary: true }),
      instant('startsAt', nullable),
      instant('toldAt', nullable),
      integer('mailId', nullable),
      instant('leaderStartsAt', nullable),
      instant('leaderToldAt', nullable),
      integer('leaderMailId', nullable),
    ],
    indices: {
      ix_reading_notice_version: ['versionId'],
      ix_reading_notice_mail: ['mailId'],
      ix_reading_notice_leader_mail: ['leaderMailId'],
    },
    foreignKeys: [
      { name: 'fk_reading_notice_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_reading_notice_version', column: 'versionId', references: 'guide_version' },
    ],
  },
  {
    name: 'minutes_notice',
    columns: [
      integer('versionId', { isPrimary: true }),
      text('municipalityCode', 3, { isPrimary: true }),
      integer('leaderId', { isPrimary: true }),
      instant('toldAt'),
    ],
    indices: { ix_minutes_notice_told: ['toldAt'] },
    foreignKeys: [{ name: 'fk_minutes_notice_version', column: 'versionId', references: 'guide_version' }],
  },
];

/** What agents and leaders have been mailed about guides, and where a personal link leads. */
export class ReadingMails1764100000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, NEW_COLUMNS);
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
    await dropColumns(runner, NEW_COLUMNS);
  }
}
