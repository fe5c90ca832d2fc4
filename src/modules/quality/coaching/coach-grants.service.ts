import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, insertIgnore, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { TalkWatch } from './talk-watch.js';

/** Says who may be asked to be a coach. */
@Injectable()
export class CoachGrants {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    private readonly watch: TalkWatch,
    private readonly audit: AuditService,
  ) {}

  /** Lets a user be asked; doing it again changes nothing. @throws DomainError `not_found`, `coach_not_user` */
  async grant(personId: number, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.assertUser(tx, personId);
      const { affected } = await execute(
        tx,
        `${insertIgnore(tx)} INTO coach_grant (personId, grantedByPersonId, grantedAt) VALUES (?, ?, ?)`,
        [personId, byPersonId, this.clock.now()],
      );
      if (affected > 0) await this.record(tx, 'coach.granted', personId, byPersonId);
    });
  }

  /** Takes it back; the talks that are under way with the person are cancelled. @throws DomainError `not_found` */
  async withdraw(personId: number, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(tx, 'DELETE FROM coach_grant WHERE personId = ?', [personId]);
      if (affected === 0) throw new DomainError('not_found', 'not_found');
      await this.watch.coachChanged(tx, personId);
      await this.record(tx, 'coach.withdrawn', personId, byPersonId);
    });
  }

  /** Somebody with a municipality of their own who may sign in. */
  private async assertUser(tx: Tx, personId: number): Promise<void> {
    await selectRows(tx, `SELECT id FROM person WHERE id = ?${lockClause(tx)}`, [personId]);
    const [person] = await selectRows<{ isUser: number }>(
      tx,
      `SELECT CASE WHEN p.deactivatedAt IS NULL AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = p.id
                         AND r.role <> 'agent' AND r.municipalityCode IS NOT NULL) THEN 1 ELSE 0 END AS isUser
         FROM person p WHERE p.id = ?`,
      [personId],
    );
    if (!person) throw new DomainError('not_found', 'not_found');
    if (person.isUser !== 1)
      throw new DomainError('coach_not_user', 'rule', {
        faults: [{ field: 'personId', code: 'coach_not_user' }],
      });
  }

  private record(tx: Tx, action: string, personId: number, actorPersonId: number): Promise<void> {
    return this.audit.record(tx, { actorPersonId, action, subjectType: 'person', subjectId: personId });
  }
}
