import type { MigrationInterface, QueryRunner } from 'typeorm';
import { instant, nullable } from './support/columns.js';
import { addColumns, dropColumns } from './support/tables.js';

const NEW_COLUMNS = { booking: [instant('seatedAt', nullable)] };

/** A booking tells since when it is a seat, so that a report as of a day knows who had one. */
export class BookingSeatedAt1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, NEW_COLUMNS);
    await runner.query(
      "UPDATE booking SET seatedAt = createdAt WHERE status = 'booked' AND seatedAt IS NULL",
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, NEW_COLUMNS);
  }
}
