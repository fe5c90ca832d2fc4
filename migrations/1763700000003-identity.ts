import type { MigrationInterface, QueryRunner } from 'typeorm';
import { flag, id, instant, integer, nullable, text } from './support/columns.js';
import { createTables, dropTables, type TablePlan } from './support/tables.js';

const TABLES: TablePlan[] = [
  {
    name: 'person',
    columns: [
      id(),
      text('firstName', 100),
      text('lastName', 100),
      text('nameSortKey', 500),
      text('email', 254),
      text('emailKey', 500),
      text('phone', 20, nullable),
      text('language', 2),
      text('passwordHash', 255, nullable),
      flag('isDemo'),
      instant('createdAt'),
      instant('deactivatedAt', nullable),
      integer('version'),
    ],
    unique: { uq_person_email: ['emailKey'] },
    indices: { ix_person_name: ['nameSortKey'] },
  },
  {
    name: 'role_assignment',
    columns: [
      id(),
      integer('personId'),
      text('role', 20),
      text('municipalityCode', 3, nullable),
      integer('agentId', nullable),
    ],
    unique: { uq_role_assignment: ['personId', 'role'] },
    indices: { ix_role_assignment_municipality: ['municipalityCode', 'role'] },
    foreignKeys: [{ name: 'fk_role_assignment_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'session',
    columns: [
      id(),
      integer('personId'),
      text('strength', 10),
      instant('createdAt'),
      instant('expiresAt'),
      instant('revokedAt', nullable),
    ],
    indices: { ix_session_person: ['personId'] },
    foreignKeys: [{ name: 'fk_session_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'refresh_token',
    columns: [id(), integer('sessionId'), text('tokenHash', 64), instant('usedAt', nullable)],
    unique: { uq_refresh_token: ['tokenHash'] },
    indices: { ix_refresh_token_session: ['sessionId'] },
    foreignKeys: [{ name: 'fk_refresh_token_session', column: 'sessionId', references: 'session' }],
  },
  {
    name: 'link_token',
    columns: [
      id(),
      integer('personId'),
      text('purpose', 10),
      text('tokenHash', 64),
      instant('createdAt'),
      instant('expiresAt'),
      instant('usedAt', nullable),
      instant('revokedAt', nullable),
    ],
    unique: { uq_link_token: ['tokenHash'] },
    indices: { ix_link_token_person: ['personId', 'purpose', 'createdAt'] },
    foreignKeys: [{ name: 'fk_link_token_person', column: 'personId', references: 'person' }],
  },
  {
    name: 'sign_in_counter',
    columns: [
      id(),
      text('counterKey', 64),
      integer('failures'),
      instant('resetAt'),
      instant('succeededAt', nullable),
    ],
    unique: { uq_sign_in_counter: ['counterKey'] },
    indices: { ix_sign_in_counter_reset: ['resetAt'] },
  },
];

/** People, roles, sessions and links. */
export class Identity1763700000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner, TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropTables(runner, TABLES);
  }
}
