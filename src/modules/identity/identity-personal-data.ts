import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { execute } from '../../database/sql.js';
import { PersonalData, type PersonalHolding } from '../privacy/index.js';

const SIGN_IN_HOLDINGS: PersonalHolding[] = [
  {
    table: 'session',
    select: 'SELECT strength, createdAt, expiresAt, revokedAt FROM session WHERE personId = ?',
    erase: async (tx, personId) => {
      const own = 'SELECT id FROM session WHERE personId = ?';
      await execute(tx, `DELETE FROM refresh_token WHERE sessionId IN (${own})`, [personId]);
      await execute(tx, 'DELETE FROM session WHERE personId = ?', [personId]);
    },
  },
  {
    table: 'refresh_token',
    select: `SELECT s.createdAt, t.usedAt FROM refresh_token t JOIN session s ON s.id = t.sessionId WHERE s.personId = ?`,
  },
  {
    table: 'link_token',
    select: 'SELECT purpose, createdAt, expiresAt, usedAt, revokedAt FROM link_token WHERE personId = ?',
    erase: async (tx, personId) => {
      await execute(tx, 'DELETE FROM link_token WHERE personId = ?', [personId]);
    },
  },
  {
    table: 'api_token',
    select: `SELECT name, scopes, createdAt, expiresAt, lastUsedAt, revokedAt FROM api_token WHERE createdByPersonId = ?`,
  },
];

/** What the identity module holds about a person. */
@Injectable()
export class IdentityPersonalData implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  onModuleInit(): void {
    this.personalData.register(...this.accountHoldings(), ...SIGN_IN_HOLDINGS);
  }

  private accountHoldings(): PersonalHolding[] {
    return [
      {
        table: 'person',
        select: `SELECT firstName, lastName, email, phone, language, createdAt, deactivatedAt FROM person WHERE id = ?`,
        erase: async (tx, personId) => {
          const now = this.clock.now();
          await execute(
            tx,
            `UPDATE person SET firstName = 'Slettet', lastName = 'person', nameSortKey = 'person slettet', phone = NULL,
                    email = CONCAT('slettet-', id, '@invalid'), emailKey = CONCAT('slettet-', id, '@invalid'),
                    passwordHash = NULL, deactivatedAt = COALESCE(deactivatedAt, ?), erasedAt = ?, version = version + 1
              WHERE id = ?`,
            [now, now, personId],
          );
        },
      },
      {
        table: 'role_assignment',
        select: `SELECT r.role, u.name AS municipality, CONCAT(d.firstName, ' ', d.lastName) AS deputy
                   FROM role_assignment r LEFT JOIN municipality u ON u.code = r.municipalityCode
                   LEFT JOIN person d ON d.id = r.deputyId WHERE r.personId = ?`,
        erase: async (tx, personId) => {
          await execute(tx, 'UPDATE role_assignment SET deputyId = NULL WHERE deputyId = ?', [personId]);
          await execute(tx, 'DELETE FROM role_assignment WHERE personId = ?', [personId]);
        },
      },
      {
        table: 'municipality',
        select: 'SELECT name AS municipality FROM municipality WHERE primaryLeaderId = ?',
      },
      {
        table: 'absence',
        select: 'SELECT fromOn, toOn, createdAt FROM absence WHERE personId = ?',
        erase: async (tx, personId) => {
          await execute(tx, 'DELETE FROM absence WHERE personId = ?', [personId]);
        },
      },
    ];
  }
}
