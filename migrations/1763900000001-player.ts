import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';
import { decimal, flag, id, instant, integer, json, longInteger, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'attempt',
    columns: [
      id(),
      integer('personId'),
      integer('enrolmentId', nullable),
      integer('courseVersionId'),
      integer('number'),
      text('completion', 12, nullable),
      text('success', 10, nullable),
      decimal('scoreScaled', nullable),
      instant('startedAt'),
      instant('completedAt', nullable),
    ],
    unique: { uq_attempt: ['enrolmentId', 'number'] },
    indices: {
      ix_attempt_person: ['personId'],
      ix_attempt_version: ['courseVersionId'],
    },
    foreignKeys: [
      { name: 'fk_attempt_person', column: 'personId', references: 'person' },
      { name: 'fk_attempt_enrolment', column: 'enrolmentId', references: 'enrolment' },
      { name: 'fk_attempt_version', column: 'courseVersionId', references: 'course_version' },
    ],
  },
  {
    name: 'launch',
    columns: [
      id(),
      integer('attemptId'),
      integer('sessionId'),
      text('tokenHash', 64),
      text('mode', 10),
      longInteger('sequence'),
      decimal('seconds'),
      instant('startedAt'),
      instant('lastSeenAt'),
      instant('expiresAt'),
      instant('endedAt', nullable),
    ],
    unique: { uq_launch_token: ['tokenHash'] },
    indices: { ix_launch_attempt: ['attemptId', 'startedAt'], ix_launch_last_seen: ['lastSeenAt'] },
    foreignKeys: [{ name: 'fk_launch_attempt', column: 'attemptId', references: 'attempt' }],
  },
  {
    name: 'sco_state',
    columns: [
      id(),
      integer('attemptId'),
      integer('scoIndex'),
      integer('launchId'),
      longInteger('sequence'),
      json('cmi', nullable),
      text('completion', 12, nullable),
      text('success', 10, nullable),
      decimal('scoreScaled', nullable),
      text('place', 1000, nullable),
      decimal('secondsBefore'),
      decimal('secondsNow'),
      flag('isClosed'),
      instant('updatedAt'),
    ],
    unique: { uq_sco_state: ['attemptId', 'scoIndex'] },
    foreignKeys: [
      { name: 'fk_sco_state_attempt', column: 'attemptId', references: 'attempt' },
      { name: 'fk_sco_state_launch', column: 'launchId', references: 'launch' },
    ],
  },
  {
    name: 'player_message',
    columns: [
      id(),
      integer('launchId'),
      longInteger('sequence'),
      integer('scoIndex'),
      json('body', nullable),
      instant('receivedAt'),
    ],
    unique: { uq_player_message: ['launchId', 'sequence'] },
    indices: { ix_player_message_received: ['receivedAt'] },
    foreignKeys: [{ name: 'fk_player_message_launch', column: 'launchId', references: 'launch' }],
  },
];

const NEW_COLUMNS = {
  course_version: [integer('packageId', nullable), { ...flag('isRetake'), fill: '0' }],
  enrolment: [integer('retakeVersionId', nullable)],
  completion_event: [integer('attemptId', nullable)],
};

/** E-learning played here: packages as versions, attempts, launches and what the content keeps of a learner. */
export class Player1763900000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addColumns(runner, NEW_COLUMNS);
    await runner.changeColumn(
      'course_version',
      'launchUrl',
      new TableColumn(text('launchUrl', 1000, nullable)),
    );
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
    await runner.query("UPDATE course_version SET launchUrl = '' WHERE launchUrl IS NULL");
    await runner.changeColumn('course_version', 'launchUrl', new TableColumn(text('launchUrl', 1000)));
    await dropColumns(runner, NEW_COLUMNS);
  }
}
