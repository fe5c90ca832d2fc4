import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, json, longText, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'shift_plan',
    columns: [
      id(),
      instant('updatedAt', nullable),
      instant('importedAt', nullable),
      text('url', 1000, nullable),
      longText('sealedToken', nullable),
      text('covers', 15),
      integer('setByPersonId', nullable),
      instant('fetchedAt', nullable),
      text('appliedChecksum', 64, nullable),
      instant('failedSince', nullable),
      text('failure', 60, nullable),
      integer('version'),
    ],
  },
  {
    name: 'shift_mapping',
    columns: [
      id(),
      text('signatureHash', 64),
      json('mapping'),
      integer('savedByPersonId'),
      instant('savedAt'),
    ],
    unique: { uq_shift_mapping: ['signatureHash'] },
  },
  {
    name: 'shift_import',
    columns: [
      id(),
      text('source', 10),
      text('fileName', 200),
      text('format', 4),
      text('storedAs', 43, nullable),
      text('checksum', 64),
      text('encoding', 12),
      text('delimiter', 1),
      text('state', 12),
      integer('actorPersonId', nullable),
      json('header', nullable),
      text('covers', 15),
      json('municipalities'),
      integer('total'),
      integer('faulty'),
      integer('unknownRows'),
      integer('duplicates'),
      instant('coversFrom', nullable),
      instant('coversTo', nullable),
      integer('comparedUpTo'),
      integer('known'),
      integer('same'),
      integer('added'),
      integer('moved'),
      integer('gone'),
      integer('done'),
      instant('comparedAt', nullable),
      text('refusal', 60, nullable),
      text('leaseOwner', 43, nullable),
      instant('leaseUntil', nullable),
      instant('createdAt'),
      instant('finishedAt', nullable),
    ],
    indices: {
      ix_shift_import_state: ['state', 'leaseUntil'],
      ix_shift_import_created: ['createdAt'],
    },
    foreignKeys: [{ name: 'fk_shift_import_person', column: 'actorPersonId', references: 'person' }],
  },
  {
    name: 'shift_import_row',
    columns: [
      id(),
      integer('importId'),
      integer('rowNumber'),
      text('state', 10),
      integer('agentId', nullable),
      instant('startsAt', nullable),
      instant('endsAt', nullable),
      text('agentText', 200, nullable),
      longText('faults', nullable),
    ],
    indices: {
      ix_shift_import_row_agent: ['importId', 'agentId'],
      ix_shift_import_row_state: ['importId', 'state', 'rowNumber'],
    },
    foreignKeys: [{ name: 'fk_shift_import_row_import', column: 'importId', references: 'shift_import' }],
  },
  {
    name: 'shift_import_agent',
    columns: [
      id(),
      integer('importId'),
      integer('agentId'),
      integer('added'),
      integer('moved'),
      integer('gone'),
      flag('isDone'),
    ],
    unique: { uq_shift_import_agent: ['importId', 'agentId'] },
    indices: { ix_shift_import_agent_open: ['importId', 'isDone', 'agentId'] },
    foreignKeys: [
      { name: 'fk_shift_import_agent_import', column: 'importId', references: 'shift_import' },
      { name: 'fk_shift_import_agent_agent', column: 'agentId', references: 'agent' },
    ],
  },
];

/** How the shift plan comes in: imports with their rows and what they change, remembered columns, the address it is fetched from. */
export class ShiftPlan1764100000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
    const known = (await runner.query('SELECT id FROM shift_plan WHERE id = 1')) as unknown[];
    if (known.length === 0)
      await runner.query("INSERT INTO shift_plan (id, covers, version) VALUES (1, 'municipalities', 1)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
