import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import { Database } from '../../database/database.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { selectRows } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Absence } from './entities/absence.entity.js';
import { faulty } from './users.service.js';

/** Days of absence, both ends included. */
export interface AbsenceView {
  id: number;
  personId: number;
  from: LocalDate;
  to: LocalDate;
}

/** Notes when users are away; never why. */
@Injectable()
export class AbsenceService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** The absences of a person that are not over, earliest first. */
  coming(personId: number, today: LocalDate): Promise<AbsenceView[]> {
    return this.database.select<AbsenceView>(
      'SELECT id, personId, fromOn AS `from`, toOn AS `to` FROM absence WHERE personId = ? AND toOn >= ? ORDER BY fromOn, id',
      [personId, today],
    );
  }

  /** @throws DomainError `not_found`, `period_ends_before_it_begins` */
  add(
    personId: number,
    { from, to }: { from: LocalDate; to: LocalDate },
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<AbsenceView> {
    if (to < from) throw faulty('period_ends_before_it_begins', 'to', 'rule');
    return this.idempotency.run(call, async (tx) => {
      const [user] = await selectRows(
        tx,
        "SELECT id FROM role_assignment WHERE personId = ? AND role <> 'agent'",
        [personId],
      );
      if (!user) throw new DomainError('not_found', 'not_found');
      const createdAt = this.clock.now();
      const { identifiers } = await tx.insert(Absence, { personId, fromOn: from, toOn: to, createdAt });
      const id = identifiers[0]!['id'] as number;
      await this.audit.record(tx, {
        actorPersonId,
        action: 'absence.added',
        subjectType: 'person',
        subjectId: personId,
      });
      return { id, personId, from, to };
    });
  }

  /** @throws DomainError `not_found` */
  async remove(personId: number, absenceId: number, actorPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await tx.delete(Absence, { id: absenceId, personId });
      if (affected !== 1) throw new DomainError('not_found', 'not_found');
      await this.audit.record(tx, {
        actorPersonId,
        action: 'absence.removed',
        subjectType: 'person',
        subjectId: personId,
      });
    });
  }
}
