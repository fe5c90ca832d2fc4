import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, isUniqueViolation } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { AgreementView, NewAgreement } from './agreement.schemas.js';
import { AgreementQueries } from './agreements.queries.js';

/** Notes what is agreed with the municipalities about figures on their agents. */
@Injectable()
export class AgreementService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly queries: AgreementQueries,
    private readonly audit: AuditService,
  ) {}

  /**
   * Notes or changes the agreement with a municipality. Where figures begin later than before, the months in between no longer
   * count; nothing is deleted.
   * @throws DomainError `unknown_municipality`, `stale_version`
   */
  note(code: string, { version, ...days }: NewAgreement, byPersonId: number): Promise<AgreementView> {
    return this.unitOfWork.run(async (tx) => {
      if (!(await this.queries.find(code, tx))) throw new DomainError('unknown_municipality', 'not_found');
      await (version === undefined
        ? this.sign(tx, code, days, byPersonId)
        : this.change(tx, code, days, version));
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: version === undefined ? 'figures_agreement.signed' : 'figures_agreement.changed',
        subjectType: 'municipality',
        subjectId: Number(code),
        detail: days,
      });
      return (await this.queries.find(code, tx))!;
    });
  }

  private async sign(
    tx: Tx,
    code: string,
    { signedOn, figuresFrom }: Omit<NewAgreement, 'version'>,
    byPersonId: number,
  ): Promise<void> {
    try {
      await execute(
        tx,
        `INSERT INTO figures_agreement (municipalityCode, signedOn, figuresFrom, byPersonId, createdAt, version)
         VALUES (?, ?, ?, ?, ?, 1)`,
        [code, signedOn, figuresFrom, byPersonId, this.clock.now()],
      );
    } catch (error) {
      throw isUniqueViolation(error) ? new DomainError('stale_version', 'conflict') : error;
    }
  }

  private async change(
    tx: Tx,
    code: string,
    { signedOn, figuresFrom }: Omit<NewAgreement, 'version'>,
    version: number,
  ): Promise<void> {
    const { affected } = await execute(
      tx,
      `UPDATE figures_agreement SET signedOn = ?, figuresFrom = ?, createdAt = ?, version = version + 1
        WHERE municipalityCode = ? AND version = ?`,
      [signedOn, figuresFrom, this.clock.now(), code, version],
    );
    if (affected !== 1) throw new DomainError('stale_version', 'conflict');
  }
}
