import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, json, longText, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'guide',
    columns: [
      id(),
      text('title', 150),
      instant('createdAt'),
      integer('createdByPersonId'),
      instant('archivedAt', nullable),
      integer('version'),
    ],
  },
  {
    name: 'guide_version',
    columns: [
      id(),
      integer('guideId'),
      integer('number'),
      text('title', 150),
      text('changeNote', 600),
      text('url', 1000, nullable),
      longText('body', nullable),
      integer('courseId', nullable),
      json('questions', nullable),
      flag('isMinor'),
      text('urgency', 10),
      integer('minutes'),
      text('audienceKind', 15),
      instant('effectiveFrom'),
      instant('publishedAt'),
      integer('publishedByPersonId'),
      instant('withdrawnAt', nullable),
      integer('answeredFrom'),
      instant('countsFrom'),
      instant('appliesUntil', nullable),
      instant('spreadAt', nullable),
      integer('spreadUpTo'),
      instant('prunedAt', nullable),
      instant('announcedAt', nullable),
    ],
    unique: { uq_guide_version: ['guideId', 'number'] },
    indices: {
      ix_guide_version_spread: ['spreadAt'],
      ix_guide_version_live: ['prunedAt', 'appliesUntil'],
      ix_guide_version_announced: ['announcedAt'],
      ix_guide_version_course: ['courseId'],
    },
    foreignKeys: [
      { name: 'fk_guide_version_guide', column: 'guideId', references: 'guide' },
      { name: 'fk_guide_version_course', column: 'courseId', references: 'course' },
    ],
  },
  {
    name: 'guide_audience',
    columns: [id(), integer('versionId'), text('code', 60)],
    unique: { uq_guide_audience: ['versionId', 'code'] },
    foreignKeys: [{ name: 'fk_guide_audience_version', column: 'versionId', references: 'guide_version' }],
  },
  {
    name: 'agent_skill',
    columns: [id(), integer('agentId'), text('skill', 60)],
    unique: { uq_agent_skill: ['agentId', 'skill'] },
    indices: { ix_agent_skill: ['skill'] },
    foreignKeys: [{ name: 'fk_agent_skill_agent', column: 'agentId', references: 'agent' }],
  },
  {
    name: 'read_receipt',
    columns: [
      id(),
      integer('agentId'),
      integer('versionId'),
      integer('guideId'),
      integer('number'),
      instant('readAt'),
    ],
    unique: { uq_read_receipt: ['agentId', 'versionId'] },
    indices: { ix_read_receipt_guide: ['agentId', 'guideId', 'number'], ix_read_receipt_at: ['readAt'] },
    foreignKeys: [
      { name: 'fk_read_receipt_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_read_receipt_version', column: 'versionId', references: 'guide_version' },
    ],
  },
  {
    name: 'shift',
    columns: [
      id(),
      integer('agentId'),
      instant('startsAt'),
      instant('endsAt'),
      text('source', 10),
      instant('createdAt'),
      instant('updatedAt'),
      integer('version'),
    ],
    unique: { uq_shift: ['agentId', 'startsAt'] },
    indices: { ix_shift_starts: ['startsAt'] },
    foreignKeys: [{ name: 'fk_shift_agent', column: 'agentId', references: 'agent' }],
  },
  {
    name: 'reading_requirement',
    columns: [
      integer('agentId', { isPrimary: true }),
      integer('versionId', { isPrimary: true }),
      instant('dueAt', nullable),
      instant('readAt', nullable),
    ],
    indices: {
      ix_reading_requirement_open: ['agentId', 'readAt', 'dueAt'],
      ix_reading_requirement_version: ['versionId', 'readAt'],
    },
    foreignKeys: [
      { name: 'fk_reading_requirement_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_reading_requirement_version', column: 'versionId', references: 'guide_version' },
    ],
  },
];

/** Guides with their versions and receipts, the shift plan, and what each agent is to read. */
export class GuidesAndShifts1764100000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
