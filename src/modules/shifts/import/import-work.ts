import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ImportEnds } from './import-ends.js';
import { loadImport, type ImportJob } from './import-job.js';
import { ImportLease, LeaseLost, type Claim } from './import-lease.js';
import { PlanComparing } from './plan-comparing.js';
import { PlanReading } from './plan-reading.js';
import { PlanWriting } from './plan-writing.js';

/** Brings one import as far as it gets without a person: to its preview, or to its end. */
@Injectable()
export class ImportWork {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lease: ImportLease,
    private readonly reading: PlanReading,
    private readonly comparing: PlanComparing,
    private readonly writing: PlanWriting,
    private readonly ends: ImportEnds,
  ) {}

  /** Does nothing when somebody else is at it. */
  async run(importId: number): Promise<void> {
    const claim = await this.lease.claim(importId);
    if (!claim) return;
    try {
      await this.steps(claim);
    } catch (error) {
      if (error instanceof LeaseLost) return;
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      await this.ends.refuse(claim, error.code);
    }
  }

  private async steps(claim: Claim): Promise<void> {
    const job = await this.unitOfWork.run((tx) => loadImport(tx, claim.importId));
    if (!job) return;
    if (job.state === 'committing') return this.commit(claim);
    if (job.state === 'reading') await this.reading.read(job, claim);
    await this.comparing.compare(claim);
    if (await this.isToBeWritten(claim, job)) await this.commit(claim);
  }

  /** What was fetched is written without a person when it is harmless. */
  private async isToBeWritten(claim: Claim, job: ImportJob): Promise<boolean> {
    if (job.source === 'upload') {
      await this.ends.show(claim);
      return false;
    }
    return this.ends.decide(claim);
  }

  private async commit(claim: Claim): Promise<void> {
    await this.writing.write(claim);
    await this.writing.clean(claim);
    await this.ends.finish(claim);
  }
}
