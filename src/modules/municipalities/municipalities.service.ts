import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import type { LocalDate } from '../../common/local-date.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { Membership, Municipality } from './entities/municipality.entity.js';
import { overlap } from './municipalities.rules.js';

/** A period of membership as it is made. */
export interface NewMembership {
  code: string;
  from: LocalDate;
  to: LocalDate | null;
}

/** Changes memberships and first leaders. */
@Injectable()
export class MunicipalityService {
  constructor(
    private readonly idempotency: Idempotency,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
  ) {}

  /**
   * Adds a period in which the municipality takes part.
   * @throws DomainError `not_found`, `membership_overlaps`, `period_ends_before_it_begins`
   */
  async addMembership({ code, from, to }: NewMembership, actorPersonId: number, call: IdempotentCall) {
    if (to !== null && to < from) throw endsTooEarly();
    return this.idempotency.run(call, async (tx) => {
      const municipality = await this.lock(tx, code);
      const periods = await tx.findBy(Membership, { municipalityCode: code });
      if (periods.some((period) => overlap(period, { fromOn: from, toOn: to })))
        throw new DomainError('membership_overlaps', 'conflict');
      const { identifiers } = await tx.insert(Membership, { municipalityCode: code, fromOn: from, toOn: to });
      const id = identifiers[0]!['id'] as number;
      await this.audit.record(tx, {
        actorPersonId,
        action: 'membership.added',
        subjectType: 'membership',
        subjectId: id,
        detail: { municipality: municipality.code, from, to },
      });
      return { id, municipalityCode: code, from, to };
    });
  }

  /**
   * Sets or takes away the last day of a membership. What follows from its end happens when the day is over.
   * @throws DomainError `not_found`, `membership_overlaps`, `period_ends_before_it_begins`
   */
  async endMembership(
    code: string,
    membershipId: number,
    to: LocalDate | null,
    actorPersonId: number,
  ): Promise<{ id: number; municipalityCode: string; from: LocalDate; to: LocalDate | null }> {
    return this.unitOfWork.run(async (tx) => {
      await this.lock(tx, code);
      const periods = await tx.findBy(Membership, { municipalityCode: code });
      const period = periods.find(({ id }) => id === membershipId);
      if (!period) throw new DomainError('not_found', 'not_found');
      if (to !== null && to < period.fromOn) throw endsTooEarly();
      const changed = { fromOn: period.fromOn, toOn: to };
      if (periods.some((other) => other.id !== membershipId && overlap(other, changed)))
        throw new DomainError('membership_overlaps', 'conflict');
      await execute(tx, 'UPDATE membership SET toOn = ? WHERE id = ?', [to, membershipId]);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'membership.changed',
        subjectType: 'membership',
        subjectId: membershipId,
        detail: { municipality: code, to },
      });
      return { id: membershipId, municipalityCode: code, from: period.fromOn, to };
    });
  }

  /** Names the first leader, or none; the caller has made sure that the person leads this municipality. */
  async setPrimaryLeader(
    tx: Tx,
    code: string,
    personId: number | null,
    actorPersonId: number | null,
  ): Promise<void> {
    await this.lock(tx, code);
    await tx.update(Municipality, { code }, { primaryLeaderId: personId });
    await this.audit.record(tx, {
      actorPersonId,
      action: 'municipality.first_leader_set',
      subjectType: 'municipality',
      subjectId: Number(code),
      detail: { personId },
    });
  }

  /** Two periods added at once must see each other, so the municipality's row is taken first. */
  private async lock(tx: Tx, code: string): Promise<{ code: string }> {
    const [municipality] = await selectRows<{ code: string }>(
      tx,
      `SELECT code FROM municipality WHERE code = ?${lockClause(tx)}`,
      [code],
    );
    if (!municipality) throw new DomainError('not_found', 'not_found');
    return municipality;
  }
}

function endsTooEarly(): DomainError {
  return new DomainError('period_ends_before_it_begins', 'rule', {
    faults: [{ field: 'to', code: 'period_ends_before_it_begins' }],
  });
}
