import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, localDate, longText, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'waiver',
    columns: [
      id(),
      integer('enrolmentId'),
      text('reason', 30),
      integer('byPersonId'),
      instant('createdAt'),
      instant('revokedAt', nullable),
      integer('revokedByPersonId', nullable),
    ],
    indices: { ix_waiver_enrolment: ['enrolmentId'] },
    foreignKeys: [
      { name: 'fk_waiver_enrolment', column: 'enrolmentId', references: 'enrolment' },
      { name: 'fk_waiver_person', column: 'byPersonId', references: 'person' },
    ],
  },
  {
    name: 'import_job',
    columns: [
      id(),
      text('kind', 20),
      text('fileName', 200),
      text('state', 12),
      integer('actorPersonId'),
      longText('options'),
      longText('ignoredColumns'),
      integer('total'),
      integer('valid'),
      integer('invalid'),
      integer('done'),
      integer('failed'),
      text('leaseOwner', 43, nullable),
      instant('leaseUntil', nullable),
      instant('createdAt'),
      instant('finishedAt', nullable),
    ],
    indices: { ix_import_job_state: ['state', 'leaseUntil'], ix_import_job_created: ['createdAt'] },
    foreignKeys: [{ name: 'fk_import_job_person', column: 'actorPersonId', references: 'person' }],
  },
  {
    name: 'import_row',
    columns: [
      id(),
      integer('importId'),
      integer('rowNumber'),
      text('state', 10),
      longText('content'),
      text('emailKey', 500, nullable),
      longText('faults', nullable),
      integer('resultId', nullable),
    ],
    unique: { uq_import_row: ['importId', 'rowNumber'] },
    indices: { ix_import_row_state: ['importId', 'state', 'rowNumber'], ix_import_row_email: ['emailKey'] },
    foreignKeys: [{ name: 'fk_import_row_import', column: 'importId', references: 'import_job' }],
  },
  {
    name: 'saved_report',
    columns: [id(), integer('personId'), text('name', 100), text('query', 1000), instant('createdAt')],
    indices: { ix_saved_report_person: ['personId'] },
    foreignKeys: [{ name: 'fk_saved_report_person', column: 'personId', references: 'person' }],
  },
];

const NEW_COLUMNS = {
  enrolment: [{ ...localDate('enrolledOn'), fill: 'SUBSTR(createdAt, 1, 10)' }],
  completion_event: [
    text('note', 500, nullable),
    integer('recordedByPersonId', nullable),
    instant('annulledAt', nullable),
  ],
  inbox_message: [text('learnerKey', 500, nullable)],
  connection: [text('previousSecret', 255, nullable), instant('previousSecretEndsAt', nullable)],
};

/** Waivers, completions by hand, imports, saved reports and the second secret of a connection. */
export class CoursesInFull1763800000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    await addColumns(runner, NEW_COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, NEW_COLUMNS);
    await dropTables(runner, TABLES);
  }
}
