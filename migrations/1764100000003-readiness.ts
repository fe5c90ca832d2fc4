import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'readiness_policy',
    columns: [id(), text('unreadGuide', 10), integer('byPersonId'), instant('createdAt')],
    foreignKeys: [{ name: 'fk_readiness_policy_person', column: 'byPersonId', references: 'person' }],
  },
  {
    name: 'readiness_override',
    columns: [
      id(),
      integer('shiftId'),
      integer('agentId'),
      instant('startsAt'),
      text('reason', 30),
      text('note', 200, nullable),
      integer('byPersonId'),
      instant('createdAt'),
    ],
    unique: { uq_readiness_override: ['shiftId'] },
    indices: {
      ix_readiness_override_starts: ['startsAt'],
      ix_readiness_override_agent: ['agentId'],
      ix_readiness_override_person: ['byPersonId'],
    },
    foreignKeys: [
      { name: 'fk_readiness_override_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_readiness_override_person', column: 'byPersonId', references: 'person' },
    ],
  },
];

/** What the secretariat decided about readiness, and single shifts that somebody answers for. */
export class Readiness1764100000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
