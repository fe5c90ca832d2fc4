import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { execute, lockClause, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { TaskService } from '../../tasks/index.js';
import { PlanAge } from '../plan-age.js';
import { PlanStore } from './files/plan-store.js';
import { loadImport, type ImportJob } from './import-job.js';
import { ImportLease, LeaseLost, type Claim } from './import-lease.js';
import { isAlarming } from './shift-difference.rules.js';

interface Counts {
  known: number;
  moved: number;
  gone: number;
  total: number;
  faulty: number;
  unknownRows: number;
}

/** How the work at an import ends: at its preview, written, or refused. */
@Injectable()
export class ImportEnds {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly lease: ImportLease,
    private readonly store: PlanStore,
    private readonly tasks: TaskService,
    private readonly age: PlanAge,
  ) {}

  /** The preview is ready to be looked at. */
  async show(claim: Claim): Promise<void> {
    await this.unitOfWork.run((tx) => this.lease.release(tx, claim, "state = 'ready'", []));
  }

  /** Whether a fetched plan is written at once; one that would change too much waits, and becomes a task. */
  async decide(claim: Claim): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const [counts] = await selectRows<Counts>(
        tx,
        'SELECT known, moved, gone, total, faulty, unknownRows FROM shift_import WHERE id = ?',
        [claim.importId],
      );
      const { known, moved, gone, total, faulty, unknownRows } = counts!;
      const isBusy = await this.isAnotherWritten(tx);
      if (!isBusy && !isAlarming({ known, moved, gone, rows: total, unusable: faulty + unknownRows })) {
        await this.lease.hold(tx, claim, "state = 'committing'");
        return true;
      }
      await this.lease.release(tx, claim, "state = 'ready'", []);
      await this.tasks.open(tx, {
        kind: 'shift_plan_waiting',
        subjectType: 'shift_import',
        subjectId: claim.importId,
        municipalityCode: null,
        occasion: claim.importId,
      });
      return false;
    });
  }

  /** Everything is written; the file is of no use any more. */
  async finish(claim: Claim): Promise<void> {
    const job = await this.unitOfWork.run(async (tx) => {
      const found = await loadImport(tx, claim.importId);
      if (!found) throw new LeaseLost();
      const set = "state = 'committed', finishedAt = ?, storedAs = NULL, header = ?";
      await this.lease.release(tx, claim, set, [this.clock.now(), headerOnly(found)]);
      if (found.source === 'feed') await this.fetched(tx, found.checksum);
      await this.tasks.settle(tx, 'shift_plan_waiting', 'shift_import', claim.importId);
      await this.age.imported(tx);
      return found;
    });
    if (job.storedAs) await this.store.remove(job.storedAs);
  }

  private async fetched(tx: Tx, checksum: string): Promise<void> {
    await execute(
      tx,
      'UPDATE shift_plan SET appliedChecksum = ?, fetchedAt = ?, failedSince = NULL, failure = NULL WHERE id = 1',
      [checksum, this.clock.now()],
    );
    await this.tasks.settle(tx, 'shift_plan_failed', 'shift_plan', 1);
  }

  /** The file cannot be read; it stays, since other columns may be what is needed. */
  async refuse(claim: Claim, code: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const job = await loadImport(tx, claim.importId);
      const header = job ? headerOnly(job) : null;
      await this.lease.release(tx, claim, "state = 'refused', refusal = ?, header = ?", [code, header]);
      if (job?.source === 'feed') await this.fail(tx, code);
    });
  }

  /** Notes that fetching the plan has failed; the first time it becomes a task. */
  async fail(tx: Tx, code: string): Promise<void> {
    const now = this.clock.now();
    const [plan] = await selectRows<{ failedSince: string | Date | null }>(
      tx,
      `SELECT failedSince FROM shift_plan WHERE id = 1${lockClause(tx)}`,
    );
    await execute(
      tx,
      'UPDATE shift_plan SET failure = ?, failedSince = COALESCE(failedSince, ?) WHERE id = 1',
      [code, now],
    );
    if (plan?.failedSince) return;
    await this.tasks.open(tx, {
      kind: 'shift_plan_failed',
      subjectType: 'shift_plan',
      subjectId: 1,
      municipalityCode: null,
      occasion: now.toISOString(),
    });
  }

  private async isAnotherWritten(tx: Tx): Promise<boolean> {
    await selectRows(tx, `SELECT id FROM shift_plan WHERE id = 1${lockClause(tx)}`);
    return (
      (await selectRows(tx, "SELECT id FROM shift_import WHERE state = 'committing' LIMIT 1")).length > 0
    );
  }
}

/** The headings without the examples below them, which name people and are of no more use. */
function headerOnly({ header }: ImportJob): string | null {
  return header && JSON.stringify({ ...header, examples: [] });
}
