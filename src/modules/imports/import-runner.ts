import { Inject, Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { randomToken } from '../../common/crypto.js';
import { DomainError, type FieldFault } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Database } from '../../database/database.js';
import { execute, isDatabaseAway, placeholders, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { ImportActors } from './import-actors.js';
import { ImportKinds, type ImportActor, type ImportKind, type NamedCells } from './import-kinds.js';

const CHUNK = 20;
const LEASE_MS = 60_000;
const EVERY_MS = 5_000;

interface Job {
  id: number;
  kind: string;
  options: string;
  actorPersonId: number;
}

interface Row {
  id: number;
  content: string;
}

/** Somebody else has taken the import over. */
class LeaseLost extends Error {}

/**
 * Writes what was committed, a few rows in each unit of work. The instance that dies in the middle loses its lease and another
 * one goes on at the first row that is not written yet, since a row's state changes together with what it became.
 */
@Injectable()
export class ImportRunner {
  private readonly logger = new Logger('Imports');

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly kinds: ImportKinds,
    private readonly actors: ImportActors,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.env.BACKGROUND_WORK) await this.runAll();
  }

  /** Goes on with every import that nobody is writing. */
  async runAll(): Promise<void> {
    try {
      const waiting = await this.database.select<Job>(
        `SELECT id, kind, options, actorPersonId FROM import_job
          WHERE state = 'committing' AND (leaseUntil IS NULL OR leaseUntil < ?) ORDER BY id`,
        [this.clock.now()],
      );
      for (const job of waiting)
        await this.runJob(job).catch((error: Error) =>
          this.logger.error({ import: job.id, error: error.message }),
        );
    } catch (error) {
      this.logger.error({ error: (error as Error).message });
    }
  }

  private async runJob(job: Job): Promise<void> {
    const lease = randomToken();
    if (!(await this.claim(job.id, lease))) return;
    const kind = this.kinds.get(job.kind);
    const actor = await this.actors.of(job.actorPersonId);
    try {
      for (;;) {
        const rows = await this.database.select<Row>(
          "SELECT id, content FROM import_row WHERE importId = ? AND state = 'valid' ORDER BY rowNumber LIMIT ?",
          [job.id, kind.writeAll?.rows ?? CHUNK],
        );
        if (rows.length === 0) break;
        await this.writeTogether(job, kind, rows, actor, lease);
      }
      await this.finish(job.id, lease);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
    }
  }

  /** All of a chunk, or, when one of its rows is refused, its halves by themselves, down to that row. */
  private async writeTogether(job: Job, kind: ImportKind, rows: Row[], actor: ImportActor, lease: string) {
    try {
      await this.write(job, kind, rows, actor, lease);
    } catch (error) {
      if (error instanceof LeaseLost || isDatabaseAway(error)) throw error;
      if (error instanceof DomainError && error.kind === 'unavailable') throw error;
      if (rows.length === 1) return this.refuse(job, rows[0]!, asRefusal(error), lease);
      const half = Math.ceil(rows.length / 2);
      for (const part of [rows.slice(0, half), rows.slice(half)])
        await this.writeTogether(job, kind, part, actor, lease);
    }
  }

  private async write(
    job: Job,
    kind: ImportKind,
    rows: Row[],
    actor: ImportActor,
    lease: string,
  ): Promise<void> {
    if (!kind.roles.some((role) => actor.roles.includes(role)))
      throw new DomainError('forbidden', 'forbidden');
    const options = JSON.parse(job.options) as Record<string, string>;
    await this.unitOfWork.run(async (tx) => {
      await this.hold(tx, job.id, lease, rows.length, 0);
      const inputs = rows.map((row) => kind.read(JSON.parse(row.content) as NamedCells, options));
      await markDone(tx, rows, await writeAll(tx, kind, inputs, actor));
    });
  }

  private async refuse(job: Job, row: Row, error: DomainError, lease: string): Promise<void> {
    const faults: FieldFault[] = error.options.faults ?? [{ field: '', code: error.code }];
    await this.unitOfWork.run(async (tx) => {
      await this.hold(tx, job.id, lease, 0, 1);
      await execute(tx, "UPDATE import_row SET state = 'failed', faults = ? WHERE id = ?", [
        JSON.stringify(faults),
        row.id,
      ]);
    });
  }

  private async claim(importId: number, lease: string): Promise<boolean> {
    const now = this.clock.now();
    const { affected } = await this.unitOfWork.run((tx) =>
      execute(
        tx,
        `UPDATE import_job SET leaseOwner = ?, leaseUntil = ?
          WHERE id = ? AND state = 'committing' AND (leaseUntil IS NULL OR leaseUntil < ?)`,
        [lease, new Date(now.getTime() + LEASE_MS), importId, now],
      ),
    );
    return affected === 1;
  }

  /** Counts on and prolongs the lease, in the unit of work of the rows: whoever has lost it writes nothing. */
  private async hold(tx: Tx, importId: number, lease: string, done: number, failed: number): Promise<void> {
    const { affected } = await execute(
      tx,
      'UPDATE import_job SET done = done + ?, failed = failed + ?, leaseUntil = ? WHERE id = ? AND leaseOwner = ?',
      [done, failed, new Date(this.clock.now().getTime() + LEASE_MS), importId, lease],
    );
    if (affected !== 1) throw new LeaseLost();
  }

  private async finish(importId: number, lease: string): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const [left] = await selectRows(
        tx,
        "SELECT id FROM import_row WHERE importId = ? AND state = 'valid' LIMIT 1",
        [importId],
      );
      if (left) return;
      await execute(
        tx,
        `UPDATE import_job SET state = 'committed', finishedAt = ?, leaseOwner = NULL, leaseUntil = NULL
          WHERE id = ? AND leaseOwner = ?`,
        [this.clock.now(), importId, lease],
      );
    });
  }
}

async function writeAll(tx: Tx, kind: ImportKind, inputs: unknown[], actor: ImportActor): Promise<number[]> {
  if (kind.writeAll) return kind.writeAll.write(tx, inputs, actor);
  const results: number[] = [];
  for (const input of inputs) results.push(await kind.write(tx, input, actor));
  return results;
}

async function markDone(tx: Tx, rows: readonly Row[], results: readonly number[]): Promise<void> {
  const cases = rows.map(() => 'WHEN ? THEN ?').join(' ');
  await execute(
    tx,
    `UPDATE import_row SET state = 'done', resultId = CASE id ${cases} END WHERE id IN (${placeholders(rows)})`,
    [...rows.flatMap(({ id }, index) => [id, results[index]!]), ...rows.map(({ id }) => id)],
  );
}

/** A row that breaks in a way nobody foresaw must not hold up the others. */
function asRefusal(error: unknown): DomainError {
  return error instanceof DomainError ? error : new DomainError('row_not_written', 'rule');
}
