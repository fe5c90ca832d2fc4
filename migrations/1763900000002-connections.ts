import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, integer, nullable, text } from './support/columns.js';
import { addColumns, addIndices, dropColumns, dropIndices } from './support/tables.js';

const NEW_COLUMNS = {
  connection: [
    { ...integer('refusedCount'), fill: '0' },
    instant('refusedSince', nullable),
    instant('lastRefusedAt', nullable),
    text('lastRefusalReason', 20, nullable),
    { ...integer('version'), fill: '1' },
  ],
};
const NEW_INDICES = {
  inbox_message: { ix_inbox_message_connection: ['connectionId', 'receivedAt'] },
};

/** What was refused of a connection, edits of it, and its messages by time. */
export class Connections1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, NEW_COLUMNS);
    await addIndices(runner, NEW_INDICES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropIndices(runner, NEW_INDICES);
    await dropColumns(runner, NEW_COLUMNS);
  }
}
