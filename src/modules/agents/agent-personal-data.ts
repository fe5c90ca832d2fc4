import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { execute, sqlInstant } from '../../database/sql.js';
import { ErasureService, PersonalData, Retention } from '../privacy/index.js';

const TOGETHER = 200;

/** What the agents module holds about a person, and when those who left are forgotten. */
@Injectable()
export class AgentPersonalData implements OnModuleInit {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly personalData: PersonalData,
    private readonly retention: Retention,
    private readonly erasure: ErasureService,
  ) {}

  onModuleInit(): void {
    this.personalData.register(
      {
        table: 'agent',
        select: 'SELECT phoneSystemId, onboardingAttendedOn, createdAt FROM agent WHERE personId = ?',
        erase: async (tx, personId) => {
          await execute(tx, 'UPDATE agent SET phoneSystemId = NULL WHERE personId = ?', [personId]);
        },
      },
      {
        table: 'employment',
        select: `SELECT u.name AS municipality, CONCAT(l.firstName, ' ', l.lastName) AS leader, m.kind, m.startOn, m.endOn,
                        m.endReason, m.firstShiftOn, m.createdAt
                   FROM employment m JOIN agent a ON a.id = m.agentId JOIN municipality u ON u.code = m.municipalityCode
                   LEFT JOIN person l ON l.id = m.leaderId WHERE a.personId = ?`,
      },
      {
        table: 'transfer_request',
        select: `SELECT r.toMunicipalityCode AS municipality, r.onDate, r.state, r.createdAt
                   FROM transfer_request r LEFT JOIN agent a ON a.id = r.agentId
                  WHERE a.personId = ? OR r.requestedByPersonId = ?`,
        erase: async (tx, personId) => {
          await execute(
            tx,
            `UPDATE transfer_request SET email = NULL WHERE agentId IN (SELECT id FROM agent WHERE personId = ?)
                OR email = (SELECT LOWER(email) FROM person WHERE id = ?)`,
            [personId, personId],
          );
        },
      },
    );
    this.retention.register({
      key: 'agents',
      months: this.env.RETENTION_AGENT_MONTHS,
      run: (before) => this.forgetDeparted(before),
    });
  }

  /** Erases agents whose last period ended before the day and who hold no other role, and users who were locked out by then. */
  private async forgetDeparted(before: Date): Promise<number> {
    let erased = 0;
    for (;;) {
      const rows = await this.database.select<{ personId: number }>(
        `SELECT a.personId FROM agent a JOIN person p ON p.id = a.personId AND p.erasedAt IS NULL
          WHERE NOT EXISTS (SELECT 1 FROM employment m WHERE m.agentId = a.id AND (m.endOn IS NULL OR m.endOn >= ?))
            AND NOT EXISTS (SELECT 1 FROM employment o WHERE o.openAgentId = a.id)
            AND NOT EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = a.personId AND r.role <> 'agent')
         UNION
         SELECT u.id FROM person u
          WHERE u.erasedAt IS NULL AND u.deactivatedAt < ?
            AND NOT EXISTS (SELECT 1 FROM agent b JOIN employment o ON o.openAgentId = b.id WHERE b.personId = u.id)
          ORDER BY 1 LIMIT ${TOGETHER}`,
        [sqlInstant(before).slice(0, 10), before],
      );
      let left = 0;
      for (const { personId } of rows)
        // Somebody who came back in this moment must not keep the others from being forgotten.
        if (await this.erasure.eraseIfGone(personId)) erased += 1;
        else left += 1;
      if (rows.length < TOGETHER || left === rows.length) return erased;
    }
  }
}
