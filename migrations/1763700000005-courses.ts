import type { MigrationInterface, QueryRunner } from 'typeorm';
import { decimal, flag, id, instant, integer, longText, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'course',
    columns: [
      id(),
      text('code', 60),
      text('title', 150),
      text('audience', 10),
      text('creditRule', 40),
      integer('estimatedMinutes'),
      flag('requiredBeforeFirstShift'),
      instant('createdAt'),
    ],
    unique: { uq_course_code: ['code'] },
  },
  {
    name: 'course_version',
    columns: [
      id(),
      integer('courseId'),
      integer('number'),
      text('state', 10),
      text('launchUrl', 1000),
      text('changeNote', 500, nullable),
      instant('createdAt'),
      instant('publishedAt', nullable),
    ],
    unique: { uq_course_version: ['courseId', 'number'] },
    foreignKeys: [{ name: 'fk_course_version_course', column: 'courseId', references: 'course' }],
  },
  {
    name: 'enrolment',
    columns: [
      id(),
      text('reference', 32),
      integer('personId'),
      integer('courseId'),
      text('state', 12),
      text('success', 10, nullable),
      decimal('scoreScaled', nullable),
      instant('begunAt', nullable),
      instant('completedAt', nullable),
      text('source', 60, nullable),
      longText('facts'),
      instant('createdAt'),
      integer('version'),
    ],
    unique: { uq_enrolment: ['personId', 'courseId'], uq_enrolment_reference: ['reference'] },
    indices: { ix_enrolment_course_state: ['courseId', 'state'] },
    foreignKeys: [
      { name: 'fk_enrolment_person', column: 'personId', references: 'person' },
      { name: 'fk_enrolment_course', column: 'courseId', references: 'course' },
    ],
  },
  {
    name: 'completion_event',
    columns: [
      id(),
      integer('enrolmentId'),
      instant('occurredAt'),
      text('completion', 12, nullable),
      text('success', 10, nullable),
      decimal('scoreScaled', nullable),
      decimal('seconds', nullable),
      text('source', 60),
      integer('inboxMessageId', nullable),
    ],
    indices: { ix_completion_event_enrolment: ['enrolmentId'] },
    foreignKeys: [{ name: 'fk_completion_event_enrolment', column: 'enrolmentId', references: 'enrolment' }],
  },
  {
    name: 'connection',
    columns: [
      id(),
      text('connectionKey', 40),
      text('name', 100),
      text('shape', 20),
      text('sealedSecret', 255),
      longText('courseIds', nullable),
      instant('createdAt'),
    ],
    unique: { uq_connection_key: ['connectionKey'] },
  },
  {
    name: 'inbox_message',
    columns: [
      id(),
      integer('connectionId'),
      text('messageId', 190),
      text('messageHash', 64),
      longText('body'),
      text('status', 10),
      text('reason', 30, nullable),
      integer('enrolmentId', nullable),
      instant('receivedAt'),
    ],
    unique: { uq_inbox_message: ['connectionId', 'messageHash'] },
    indices: { ix_inbox_message_status: ['status', 'id'], ix_inbox_message_enrolment: ['enrolmentId'] },
    foreignKeys: [
      { name: 'fk_inbox_message_connection', column: 'connectionId', references: 'connection' },
      { name: 'fk_inbox_message_enrolment', column: 'enrolmentId', references: 'enrolment' },
    ],
  },
];

/** Courses, enrolments, completions, and the inbox they come from. */
export class Courses1763700000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
