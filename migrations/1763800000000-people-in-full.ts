import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, localDate, nullable, text } from './support/columns.js';
import { addColumns, createTables, dropColumns, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'absence',
    columns: [id(), integer('personId'), localDate('fromOn'), localDate('toOn'), instant('createdAt')],
    indices: { ix_absence_person: ['personId'] },
    foreignKeys: [{ name: 'fk_absence_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'api_token',
    columns: [
      id(),
      text('name', 100),
      text('tokenHash', 64),
      text('scopes', 500),
      integer('createdByPersonId'),
      instant('createdAt'),
      instant('expiresAt'),
      instant('lastUsedAt', nullable),
      instant('revokedAt', nullable),
    ],
    unique: { uq_api_token: ['tokenHash'] },
    foreignKeys: [{ name: 'fk_api_token_person', column: 'createdByPersonId', references: 'person' }],
  },
  {
    name: 'transfer_request',
    columns: [
      id(),
      integer('agentId', nullable),
      text('email', 254, nullable),
      text('toMunicipalityCode', 3),
      integer('leaderId', nullable),
      localDate('onDate'),
      integer('requestedByPersonId'),
      text('state', 10),
      integer('decidedByPersonId', nullable),
      instant('decidedAt', nullable),
      instant('appliedAt', nullable),
      instant('createdAt'),
    ],
    indices: {
      ix_transfer_request_state: ['state', 'onDate'],
      ix_transfer_request_agent: ['agentId'],
      ix_transfer_request_requester: ['requestedByPersonId'],
    },
    foreignKeys: [
      { name: 'fk_transfer_request_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_transfer_request_person', column: 'requestedByPersonId', references: 'person' },
      {
        name: 'fk_transfer_request_municipality',
        column: 'toMunicipalityCode',
        references: 'municipality',
        key: 'code',
      },
    ],
  },
  {
    name: 'task',
    columns: [
      id(),
      text('kind', 40),
      text('subjectType', 40),
      integer('subjectId'),
      text('municipalityCode', 3, nullable),
      text('dedupeKey', 190),
      instant('createdAt'),
      instant('doneAt', nullable),
      integer('doneByPersonId', nullable),
    ],
    unique: { uq_task_dedupe: ['dedupeKey'] },
    indices: { ix_task_done: ['doneAt', 'id'] },
  },
  {
    name: 'job_lease',
    columns: [
      text('name', 60, { isPrimary: true }),
      text('owner', 43, nullable),
      instant('leaseUntil'),
      instant('nextAt'),
    ],
  },
];

const NEW_COLUMNS = {
  role_assignment: [integer('deputyId', nullable)],
  person: [instant('erasedAt', nullable)],
  mail: [instant('bouncedAt', nullable)],
  employment: [
    {
      ...localDate('effectiveFromOn'),
      fill: 'CASE WHEN startOn < SUBSTR(createdAt, 1, 10) THEN startOn ELSE SUBSTR(createdAt, 1, 10) END',
    },
    text('endReason', 20, nullable),
  ],
};

/** Deputies, absences, tokens for machines, transfers, tasks and the leases of scheduled work. */
export class PeopleInFull1763800000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    await addColumns(runner, NEW_COLUMNS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropColumns(runner, NEW_COLUMNS);
    await dropTables(runner, TABLES);
  }
}
