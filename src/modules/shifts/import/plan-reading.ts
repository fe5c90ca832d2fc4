import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError, type FieldFault } from '../../../common/domain-error.js';
import { endOfLocalDate, instantAt, localDateOf } from '../../../common/local-date.js';
import { ENV, type Env } from '../../../config/env.js';
import { execute, insertRows, releaseMemory, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import type { ShiftImportRow } from '../entities/shift-import-row.entity.js';
import { evenParts } from '../even-parts.js';
import { AgentDirectory } from './agent-directory.js';
import { CALENDAR_MAPPING } from './files/calendar-rows.js';
import { MOST_ROWS, planRows, type FileRow } from './files/plan-rows.js';
import { PlanStore } from './files/plan-store.js';
import { HeapCare } from './heap-care.js';
import type { ImportJob } from './import-job.js';
import { ImportLease, type Claim } from './import-lease.js';
import { ShiftReader, type ReadShift } from './read-shift.rules.js';

/** Rows in one unit of work: others who write wait no longer than that takes. */
const TOGETHER = 1_024;

/** Brings the rows of a file into the database, understood but not yet compared. Begins anew when it was broken off. */
@Injectable()
export class PlanReading {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: PlanStore,
    private readonly lease: ImportLease,
    private readonly heap: HeapCare,
  ) {}

  /** @throws DomainError when the file is to be refused */
  async read(job: ImportJob, claim: Claim): Promise<void> {
    await this.clear(claim);
    if (!job.storedAs || !(await this.store.has(job.storedAs)))
      throw new DomainError('shift_file_gone', 'rule');
    const file = { path: this.store.pathOf(job.storedAs), ...job };
    const batches = new Batches(this.unitOfWork, this.lease, claim, this.readerOf(job));
    const headerRow = job.header?.row ?? 0;
    let rows = 0;
    for await (const row of planRows(file, this.env.TZ_NAME)) {
      if (row.number <= headerRow) continue;
      rows += 1;
      if (rows > MOST_ROWS[job.format]) throw new DomainError('shift_plan_too_long', 'rule');
      await batches.add(row);
      this.heap.after(1);
    }
    await batches.end();
    if (rows === 0) throw new DomainError('table_empty', 'rule');
    await this.finish(claim, batches);
  }

  private readerOf({ header }: ImportJob): ShiftReader {
    return new ShiftReader(header?.mapping ?? CALENDAR_MAPPING, this.env.TZ_NAME);
  }

  /** What an earlier reading has left. */
  private async clear(claim: Claim): Promise<void> {
    while (await this.unitOfWork.run((tx) => this.clearSome(tx, claim)));
    const nothing =
      'total = 0, faulty = 0, unknownRows = 0, duplicates = 0, comparedUpTo = 0, known = 0, same = 0';
    await this.unitOfWork.run((tx) =>
      this.lease.hold(tx, claim, `${nothing}, added = 0, moved = 0, gone = 0`),
    );
  }

  private async clearSome(tx: Tx, claim: Claim): Promise<boolean> {
    await this.lease.hold(tx, claim);
    let left = false;
    for (const table of ['shift_import_row', 'shift_import_agent']) {
      const [last] = await selectRows<{ id: number }>(
        tx,
        `SELECT id FROM ${table} WHERE importId = ? ORDER BY id LIMIT 1 OFFSET 4999`,
        [claim.importId],
      );
      const upTo = last ? ' AND id <= ?' : '';
      await execute(tx, `DELETE FROM ${table} WHERE importId = ?${upTo}`, [
        claim.importId,
        ...(last ? [last.id] : []),
      ]);
      left ||= last !== undefined;
    }
    return left;
  }

  private async finish(claim: Claim, { first, last }: Batches): Promise<void> {
    const zone = this.env.TZ_NAME;
    const from = first && instantAt(localDateOf(first, zone), '00:00', zone);
    const to = last && endOfLocalDate(localDateOf(last, zone), zone);
    // Whatever is edited from now on may not be in the comparison, and is left as it is.
    const set = "state = 'comparing', coversFrom = ?, coversTo = ?, comparedAt = ?";
    await this.unitOfWork.run((tx) => this.lease.hold(tx, claim, set, [from, to, this.clock.now()]));
  }
}

interface WaitingRow {
  number: number;
  fault: FieldFault | undefined;
  read: ReadShift;
}

/** Rows on their way into the database. */
class Batches {
  /** Start of the first and the last shift that can be used. */
  first: Date | undefined;
  last: Date | undefined;
  private readonly agents = new AgentDirectory();
  private waiting: WaitingRow[] = [];

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly lease: ImportLease,
    private readonly claim: Claim,
    private readonly reader: ShiftReader,
  ) {}

  async add(row: FileRow): Promise<void> {
    // Of the cells nothing more is kept than what they say.
    const { number, fault, cells } = row;
    this.waiting.push({ number, fault, read: this.reader.read(cells) });
    if (this.waiting.length >= TOGETHER) await this.end();
  }

  async end(): Promise<void> {
    const batch = this.waiting;
    this.waiting = [];
    if (batch.length === 0) return;
    const written = await this.unitOfWork.run(async (tx) => {
      const agentIds = await this.agents.find(
        tx,
        batch.map(({ read }) => read.agent),
      );
      const rows = batch.map((one, index) => rowOf(this.claim.importId, one, agentIds[index] ?? null));
      const count = (state: string) => rows.filter((row) => row.state === state).length;
      await this.lease.hold(
        tx,
        this.claim,
        'total = total + ?, faulty = faulty + ?, unknownRows = unknownRows + ?',
        [rows.length, count('faulty'), count('unknown')],
      );
      for (const some of evenParts(rows)) await insertRows<ShiftImportRow>(tx, 'shift_import_row', some);
      await releaseMemory(tx);
      return rows;
    });
    for (const { state, startsAt } of written) if (state === 'ok' && startsAt) this.see(startsAt);
  }

  private see(startsAt: Date): void {
    if (!this.first || startsAt < this.first) this.first = startsAt;
    if (!this.last || startsAt > this.last) this.last = startsAt;
  }
}

function rowOf(importId: number, { number, fault, read }: WaitingRow, agentId: number | null) {
  const faults = fault ? [fault] : read.faults;
  const state =
    faults.length > 0 ? ('faulty' as const) : agentId === null ? ('unknown' as const) : ('ok' as const);
  return {
    importId,
    rowNumber: number,
    state,
    agentId,
    startsAt: state === 'ok' ? read.span!.startsAt : null,
    endsAt: state === 'ok' ? read.span!.endsAt : null,
    agentText: state === 'ok' ? null : read.agentText || null,
    faults: faults.length > 0 ? JSON.stringify(faults) : null,
  };
}
