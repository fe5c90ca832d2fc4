import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { lockClause, selectRows } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { MunicipalityService } from '../municipalities/index.js';
import { TaskService } from '../tasks/index.js';
import { AccessEnds } from './access-ends.js';
import { LinkService } from './link.service.js';
import { SessionService } from './session.service.js';

/** What follows when somebody no longer is a user: signed out everywhere, and replaced where others rely on them. */
@Injectable()
export class UserLockout {
  constructor(
    private readonly municipalities: MunicipalityService,
    private readonly links: LinkService,
    private readonly sessions: SessionService,
    private readonly tasks: TaskService,
    private readonly accessEnds: AccessEnds,
  ) {}

  /** Somebody must be left to run the place. @throws DomainError `not_yourself`, `last_secretariat` */
  async assertMayLoseSecretariat(
    tx: Tx,
    userId: number,
    actorPersonId: number,
    isDeactivation: boolean,
  ): Promise<void> {
    if (isDeactivation && userId === actorPersonId) throw new DomainError('not_yourself', 'conflict');
    // The rows are locked: two who lock each other out at once must see each other.
    const others = await selectRows<{ personId: number }>(
      tx,
      `SELECT r.personId FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
        WHERE r.role = 'secretariat' ORDER BY r.id${lockClause(tx)}`,
    );
    const isOne = others.some(({ personId }) => personId === userId);
    if (isOne && others.length === 1) throw new DomainError('last_secretariat', 'conflict');
  }

  /** Ends every session and link. */
  async lockOut(tx: Tx, userId: number): Promise<void> {
    await this.sessions.revokeAll(tx, userId);
    await this.links.revokeAll(tx, userId, ['personal', 'sign-in', 'invitation', 'reset']);
    await this.accessEnds.tell(tx, userId);
  }

  /**
   * Names another first leader wherever the user was one and no longer leads; where nobody else leads it becomes a task.
   * @param stillLeads the municipality the user goes on leading, null for none
   */
  async passOnFirstLeadership(
    tx: Tx,
    userId: number,
    stillLeads: string | null,
    actorPersonId: number,
  ): Promise<void> {
    const was = await selectRows<{ code: string }>(
      tx,
      'SELECT code FROM municipality WHERE primaryLeaderId = ? ORDER BY code',
      [userId],
    );
    for (const { code } of was.filter((municipality) => municipality.code !== stillLeads)) {
      const [next] = await selectRows<{ personId: number }>(
        tx,
        `SELECT r.personId FROM role_assignment r JOIN person p ON p.id = r.personId AND p.deactivatedAt IS NULL
          WHERE r.role = 'leader' AND r.municipalityCode = ? AND r.personId <> ? ORDER BY p.createdAt, p.id LIMIT 1`,
        [code, userId],
      );
      await this.municipalities.setPrimaryLeader(tx, code, next?.personId ?? null, actorPersonId);
      if (!next)
        await this.tasks.open(tx, {
          kind: 'leader_missing',
          subjectType: 'person',
          subjectId: userId,
          municipalityCode: code,
          occasion: code,
        });
    }
  }
}
