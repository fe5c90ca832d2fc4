import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, longText, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'readiness_subscription',
    columns: [
      id(),
      text('url', 1000),
      text('sealedSecret', 255),
      integer('createdByPersonId'),
      instant('createdAt'),
      instant('takenAt', nullable),
      instant('failingSince', nullable),
    ],
  },
  {
    name: 'readiness_told',
    columns: [integer('agentId', { isPrimary: true }), flag('isReady'), integer('shiftId')],
    foreignKeys: [{ name: 'fk_readiness_told_agent', column: 'agentId', references: 'agent' }],
  },
  {
    name: 'readiness_message',
    columns: [
      id(),
      text('messageId', 43),
      integer('subscriptionId'),
      integer('agentId'),
      longText('body'),
      instant('createdAt'),
      integer('attempts'),
      instant('nextAttemptAt'),
    ],
    unique: { uq_readiness_message: ['messageId'] },
    indices: {
      ix_readiness_message_due: ['nextAttemptAt'],
      ix_readiness_message_agent: ['agentId'],
    },
    foreignKeys: [
      {
        name: 'fk_readiness_message_subscription',
        column: 'subscriptionId',
        references: 'readiness_subscription',
      },
      { name: 'fk_readiness_message_agent', column: 'agentId', references: 'agent' },
    ],
  },
];

/** Programs that are told who is ready. */
export class ReadinessMessages1764100000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
