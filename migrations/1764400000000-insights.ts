import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, json, nullable, text } from './support/columns.js';
import {
  addIndices,
  createTables,
  dropIndices,
  dropTables,
  type AddedIndices,
  type TablePlan,
} from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'insight_result',
    columns: [
      id(),
      text('insightKey', 40),
      text('definitionHash', 64),
      text('fingerprint', 64, nullable),
      json('finding', nullable),
      instant('computedAt', nullable),
      instant('claimedAt'),
      text('leaseOwner', 43, nullable),
      instant('leaseUntil'),
    ],
    unique: { uq_insight_result: ['definitionHash'] },
    indices: { ix_insight_result_claimed: ['claimedAt'] },
  },
];

/** Holds all that insights sum up of figures, by agent: without it every figure is fetched from where it lies. */
const INDICES: AddedIndices = {
  resolution_figure: { ix_resolution_figure_calls: ['agentId', 'month', 'answered', 'resolved'] },
};

/** What insights were reckoned as, and an index they read figures by. */
export class Insights1764400000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    await addIndices(runner, INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndices(runner, INDICES);
    await dropTables(runner, TABLES);
  }
}
