import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow, lockClause, selectRows, toInstantOrNull } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import type { ShiftImport } from '../entities/shift-import.entity.js';
import type { PlanCovers } from '../entities/shift-plan.entity.js';
import type { StoredPlan } from './files/plan-store.js';
import { loadImport, type ImportJob } from './import-job.js';
import { PlanHeaders, type FileHead } from './plan-headers.js';
import { mappingFaults, type ShiftMapping } from './shift-columns.rules.js';

/** A plan as it is handed in. */
export interface NewPlan {
  fileName: string;
  file: StoredPlan;
  head: FileHead;
  covers: PlanCovers;
  source: 'upload' | 'feed';
  /** Null for one that was fetched. */
  actorPersonId: number | null;
}

/** Takes plans in, learns what their columns mean, and lets them be written. The work itself is done by `ShiftImportRunner`. */
@Injectable()
export class ShiftImportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly headers: PlanHeaders,
    private readonly audit: AuditService,
  ) {}

  /** Takes a plan in; it is read at once when its columns are known. Gives the file that was kept: that of the first call. */
  take(plan: NewPlan, call: IdempotentCall): Promise<{ id: number; storedAs: string }> {
    return this.idempotency.run(call, async (tx) => {
      const id = await insertRow<ShiftImport>(tx, 'shift_import', this.rowOf(plan));
      await this.record(tx, 'shift_import.uploaded', id, plan.actorPersonId);
      return { id, storedAs: plan.file.storedAs };
    });
  }

  /**
   * Says what the columns mean; the same headings will be known the next time. The file is read anew.
   * @throws DomainError `not_found`, `import_committed`, `shift_columns_incomplete`
   */
  async map(importId: number, mapping: ShiftMapping, covers: PlanCovers, personId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const job = await this.lock(tx, importId);
      if (['committing', 'committed'].includes(job.state))
        throw new DomainError('import_committed', 'conflict');
      if (job.header) await this.setMapping(tx, job, mapping, personId);
      await execute(
        tx,
        "UPDATE shift_import SET covers = ?, state = 'reading', refusal = NULL, leaseOwner = NULL, leaseUntil = NULL WHERE id = ?",
        [covers, importId],
      );
    });
  }

  /** Reads and compares anew, because the plan has changed in the meantime. @throws DomainError `not_found`, `import_committed` */
  async compareAgain(importId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { state } = await this.lock(tx, importId);
      if (state !== 'ready') throw new DomainError('import_committed', 'conflict');
      await execute(tx, "UPDATE shift_import SET state = 'reading' WHERE id = ?", [importId]);
    });
  }

  /**
   * Lets the differences be written; again for an import that is being written changes nothing.
   * @throws DomainError `not_found`, `shift_import_not_ready`, `shift_import_running`, `shift_import_outdated`
   */
  async commit(importId: number, personId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const job = await this.lock(tx, importId);
      if (['committing', 'committed'].includes(job.state)) return;
      if (job.state !== 'ready') throw new DomainError('shift_import_not_ready', 'conflict');
      await this.refuseOutdated(tx, job);
      await execute(tx, "UPDATE shift_import SET state = 'committing' WHERE id = ?", [importId]);
      await this.record(tx, 'shift_import.committed', importId, personId);
    });
  }

  private async setMapping(tx: Tx, { id, header }: ImportJob, mapping: ShiftMapping, personId: number) {
    const { headings, examples } = header!;
    const found = mappingFaults(mapping, examples);
    // The examples of a refused import are gone: whether days stand beside the times turns out when it is read.
    if (examples.length === 0 && mapping.date === undefined) delete found.date;
    const faults = Object.entries(found).map(([field, code]) => ({ field, code }));
    const outside = Object.entries(mapping).filter(([, position]) => position >= headings.length);
    for (const [field] of outside) faults.push({ field, code: 'invalid_choice' });
    if (faults.length > 0) throw new DomainError('shift_columns_incomplete', 'rule', { faults });
    await this.headers.remember(tx, headings, mapping, personId);
    await execute(tx, 'UPDATE shift_import SET header = ? WHERE id = ?', [
      JSON.stringify({ ...header!, mapping }),
      id,
    ]);
  }

  /** One import is written at a time, and none whose comparison is older than the plan. */
  private async refuseOutdated(tx: Tx, job: ImportJob): Promise<void> {
    const [plan] = await selectRows<{ importedAt: string | Date | null }>(
      tx,
      `SELECT importedAt FROM shift_plan WHERE id = 1${lockClause(tx)}`,
    );
    const [other] = await selectRows(tx, "SELECT id FROM shift_import WHERE state = 'committing' LIMIT 1");
    if (other) throw new DomainError('shift_import_running', 'conflict');
    const importedAt = toInstantOrNull(plan?.importedAt ?? null);
    if (importedAt && job.comparedAt && importedAt > job.comparedAt)
      throw new DomainError('shift_import_outdated', 'conflict');
  }

  private async lock(tx: Tx, importId: number): Promise<ImportJob> {
    await selectRows(tx, `SELECT id FROM shift_import WHERE id = ?${lockClause(tx)}`, [importId]);
    const job = await loadImport(tx, importId);
    if (!job) throw new DomainError('not_found', 'not_found');
    return job;
  }

  private async record(
    tx: Tx,
    action: string,
    subjectId: number,
    actorPersonId: number | null,
  ): Promise<void> {
    await this.audit.record(tx, { actorPersonId, action, subjectType: 'shift_import', subjectId });
  }

  private rowOf({ fileName, file, head, covers, source, actorPersonId }: NewPlan) {
    const { header } = head;
    const isKnown =
      header === null || Object.keys(mappingFaults(header.mapping, header.examples)).length === 0;
    const none = {
      total: 0,
      faulty: 0,
      unknownRows: 0,
      duplicates: 0,
      known: 0,
      same: 0,
      added: 0,
      moved: 0,
      gone: 0,
    };
    return {
      source,
      fileName: fileName.slice(0, 200),
      format: file.format,
      storedAs: file.storedAs,
      checksum: file.checksum,
      encoding: file.encoding,
      delimiter: head.delimiter,
      state: isKnown ? ('reading' as const) : ('mapping' as const),
      actorPersonId,
      header: header && JSON.stringify(header),
      covers,
      municipalities: '[]',
      ...none,
      coversFrom: null,
      coversTo: null,
      comparedUpTo: 0,
      done: 0,
      comparedAt: null,
      refusal: null,
      leaseOwner: null,
      leaseUntil: null,
      createdAt: this.clock.now(),
      finishedAt: null,
    };
  }
}
