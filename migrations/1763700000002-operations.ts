import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, longText, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'idempotency_key',
    columns: [
      id(),
      text('keyHash', 64),
      text('requestHash', 64),
      longText('answer', nullable),
      instant('createdAt'),
    ],
    unique: { uq_idempotency_key: ['keyHash'] },
    indices: { ix_idempotency_key_created: ['createdAt'] },
  },
  {
    name: 'audit_entry',
    columns: [
      id(),
      instant('at'),
      integer('actorPersonId', nullable),
      text('action', 60),
      text('subjectType', 40),
      integer('subjectId'),
      longText('detail', nullable),
    ],
    indices: {
      ix_audit_entry_subject: ['subjectType', 'subjectId'],
      ix_audit_entry_actor: ['actorPersonId'],
    },
  },
  {
    name: 'mail',
    columns: [
      id(),
      text('template', 40),
      text('language', 2),
      integer('toPersonId', nullable),
      text('toAddress', 254),
      text('subject', 255),
      longText('html'),
      longText('text'),
      longText('sealedLinks', nullable),
      text('dedupeKey', 190, nullable),
      text('aboutType', 40, nullable),
      integer('aboutId', nullable),
      text('state', 10),
      integer('attempts'),
      instant('nextAttemptAt'),
      text('leaseOwner', 43, nullable),
      text('lastError', 255, nullable),
      instant('createdAt'),
      instant('sentAt', nullable),
    ],
    unique: { uq_mail_dedupe: ['dedupeKey'] },
    indices: {
      ix_mail_due: ['state', 'nextAttemptAt'],
      ix_mail_about: ['aboutType', 'aboutId'],
      ix_mail_receiver: ['toPersonId'],
    },
  },
];

/** Idempotency, audit and the outbox. */
export class Operations1763700000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
