import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, integer, localDate, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const toMunicipality = (name: string) => ({
  name,
  column: 'municipalityCode',
  references: 'municipality',
  key: 'code',
});

const TABLES: TablePlan[] = [
  {
    name: 'municipality',
    columns: [
      text('code', 3, { isPrimary: true }),
      text('name', 60),
      text('nameSortKey', 120),
      integer('primaryLeaderId', nullable),
    ],
  },
  {
    name: 'municipality_region',
    columns: [
      id(),
      text('municipalityCode', 3),
      text('region', 40),
      localDate('fromOn'),
      localDate('toOn', nullable),
    ],
    unique: { uq_municipality_region: ['municipalityCode', 'fromOn'] },
    foreignKeys: [toMunicipality('fk_municipality_region_municipality')],
  },
  {
    name: 'membership',
    columns: [id(), text('municipalityCode', 3), localDate('fromOn'), localDate('toOn', nullable)],
    unique: { uq_membership: ['municipalityCode', 'fromOn'] },
    foreignKeys: [toMunicipality('fk_membership_municipality')],
  },
];

/** Municipalities, their regions and memberships. */
export class Municipalities1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
