import type { MigrationInterface, QueryRunner } from 'typeorm';
import { id, instant, integer, localDate, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'agent',
    columns: [
      id(),
      integer('personId'),
      text('phoneSystemId', 60, nullable),
      localDate('onboardingAttendedOn', nullable),
      instant('createdAt'),
      integer('version'),
    ],
    unique: { uq_agent_person: ['personId'], uq_agent_phone_system: ['phoneSystemId'] },
    foreignKeys: [{ name: 'fk_agent_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'employment',
    columns: [
      id(),
      integer('agentId'),
      integer('openAgentId', nullable),
      text('municipalityCode', 3),
      integer('leaderId', nullable),
      text('kind', 10),
      localDate('startOn'),
      localDate('endOn', nullable),
      localDate('firstShiftOn', nullable),
      instant('createdAt'),
    ],
    unique: { uq_employment_open: ['openAgentId'] },
    indices: {
      ix_employment_agent: ['agentId'],
      ix_employment_municipality: ['municipalityCode', 'openAgentId'],
      ix_employment_leader: ['leaderId'],
      ix_employment_first_shift: ['openAgentId', 'firstShiftOn'],
    },
    foreignKeys: [
      { name: 'fk_employment_agent', column: 'agentId', references: 'agent' },
      { name: 'fk_employment_leader', column: 'leaderId', references: 'person' },
      {
        name: 'fk_employment_municipality',
        column: 'municipalityCode',
        references: 'municipality',
        key: 'code',
      },
    ],
  },
  {
    name: 'onboarding_day',
    columns: [
      id(),
      localDate('onDate'),
      instant('startsAt'),
      instant('endsAt'),
      text('venue', 150),
      text('address', 200),
      integer('capacity'),
      localDate('bookBy'),
      instant('cancelledAt', nullable),
    ],
    indices: { ix_onboarding_day_on: ['onDate'] },
  },
];

/** Agents, their employment, and onboarding days. */
export class Agents1763700000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
