import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { PersonalData } from './personal-data.js';

const isLast = (table: string) => Number(table === 'person');

/** Takes away who a person was; what is left counts in reports but names nobody. */
@Injectable()
export class ErasureService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly personalData: PersonalData,
    private readonly audit: AuditService,
  ) {}

  /**
   * Erases a person who has left: every module takes away what it holds, in one unit of work.
   * @param actorPersonId null when the retention period is over
   * @throws DomainError `not_found`, `person_in_office` for a user or an agent who is still there
   */
  async erase(personId: number, actorPersonId: number | null): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.assertGone(tx, personId);
      // The address in the person's own row finds some of the others, so that row goes last.
      const inOrder = this.personalData.holdings().toSorted((a, b) => isLast(a.table) - isLast(b.table));
      for (const { erase } of inOrder) await erase?.(tx, personId);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'person.erased',
        subjectType: 'person',
        subjectId: personId,
      });
    });
  }

  /** The same when the retention period is over; false for somebody who is there after all. */
  async eraseIfGone(personId: number): Promise<boolean> {
    try {
      await this.erase(personId, null);
      return true;
    } catch (error) {
      if (error instanceof DomainError) return false;
      throw error;
    }
  }

  private async assertGone(tx: Tx, personId: number): Promise<void> {
    // A registration that begins now waits here, and finds nobody afterwards.
    await selectRows(tx, `SELECT id FROM person WHERE id = ?${lockClause(tx)}`, [personId]);
    const [person] = await selectRows<{ inOffice: number | string }>(
      tx,
      `SELECT CASE
          WHEN p.deactivatedAt IS NULL
               AND EXISTS (SELECT 1 FROM role_assignment r WHERE r.personId = p.id AND r.role <> 'agent') THEN 1
          WHEN EXISTS (SELECT 1 FROM employment m JOIN agent a ON a.id = m.openAgentId WHERE a.personId = p.id) THEN 1
          ELSE 0 END AS inOffice
         FROM person p WHERE p.id = ?`,
      [personId],
    );
    if (!person) throw new DomainError('not_found', 'not_found');
    if (Number(person.inOffice) === 1) throw new DomainError('person_in_office', 'conflict');
  }
}
