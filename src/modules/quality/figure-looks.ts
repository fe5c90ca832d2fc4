import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { Database } from '../../database/database.js';
import { lockClause, placeholders, selectRows } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { lookerRole, type FigurePlace, type LookerRole } from './figure-looks.rules.js';

/** What an entry of the audit trail is called that tells of a look at somebody's figures. */
export const FIGURES_VIEWED = 'figures.viewed';

const HOUR_MS = 3_600_000;
/** So many agents are looked up in one statement. */
const AT_ONCE = 500;

/** Notes who looked at figures of single agents: an agent can see it in the own data export. */
@Injectable()
export class FigureLooks {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /**
   * One entry for each agent, and at most one an hour for the same viewer in the same role: a program does not hide the person it acts
   * for. A look at the own figures is nobody's business.
   * @param agentIds whose figures are shown
   * @param place on what
   * @param role as what; a leader looks as a coach at what a talk is about
   */
  async record(
    principal: Principal,
    agentIds: readonly number[],
    place: FigurePlace,
    role: LookerRole = lookerRole(principal),
  ): Promise<void> {
    const others = [...new Set(agentIds)].filter((id) => id !== principal.agentId).sort((a, b) => a - b);
    // A page with many charts asks for each of them, and nothing is left to write after the first.
    const before = await this.noted(this.database.reader.manager, principal.personId, role, others);
    if (others.every((id) => before.has(id))) return;
    await this.unitOfWork.run(async (tx) => {
      // The viewer's other requests wait here, and find what has been noted.
      await selectRows(tx, `SELECT id FROM person WHERE id = ?${lockClause(tx)}`, [principal.personId]);
      const noted = await this.noted(tx, principal.personId, role, others);
      const detail = { place, role, ...(principal.token && { token: principal.token.id }) };
      await this.audit.recordAll(
        tx,
        others
          .filter((id) => !noted.has(id))
          .map((subjectId) => ({
            actorPersonId: principal.personId,
            action: FIGURES_VIEWED,
            subjectType: 'agent',
            subjectId,
            detail,
          })),
      );
    });
  }

  /** Whose figures the viewer has looked at in the role within the hour. */
  private async noted(
    source: EntityManager,
    personId: number,
    role: LookerRole,
    agentIds: readonly number[],
  ): Promise<Set<number>> {
    const since = new Date(this.clock.now().getTime() - HOUR_MS);
    const noted = new Set<number>();
    for (let from = 0; from < agentIds.length; from += AT_ONCE) {
      const some = agentIds.slice(from, from + AT_ONCE);
      const rows = await selectRows<{ subjectId: number }>(
        source,
        `SELECT DISTINCT subjectId FROM audit_entry
          WHERE subjectType = 'agent' AND subjectId IN (${placeholders(some)}) AND actorPersonId = ? AND action = ? AND at > ?
            AND detail LIKE ?`,
        [...some, personId, FIGURES_VIEWED, since, `%"role":"${role}"%`],
      );
      for (const { subjectId } of rows) noted.add(subjectId);
    }
    return noted;
  }
}
