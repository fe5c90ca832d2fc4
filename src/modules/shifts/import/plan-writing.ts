import { Injectable } from '@nestjs/common';
import { execute, releaseMemory, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { evenParts } from '../even-parts.js';
import { ShiftEvents } from '../shift-events.js';
import { ShiftWriter } from '../shift-writer.js';
import { HeapCare } from './heap-care.js';
import { loadImport, type ImportJob } from './import-job.js';
import { ImportLease, type Claim } from './import-lease.js';
import { PlanFacts, type AgentFacts } from './plan-facts.js';
import type { Difference } from './shift-difference.rules.js';

/** Agents in one unit of work, as long as they have no more changes than this together. */
const AGENTS = 50;
const CHANGES = 1_000;
const CLEANED = 5_000;

interface Waiting {
  agentId: number;
  changes: number | string;
}

/**
 * Writes the differences, some agents at a time, each agent's in one unit of work with the note that they are done. They are reckoned
 * again under the agents' locks, so that it does no harm to be killed or to be done twice.
 */
@Injectable()
export class PlanWriting {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: PlanFacts,
    private readonly writer: ShiftWriter,
    private readonly events: ShiftEvents,
    private readonly lease: ImportLease,
    private readonly heap: HeapCare,
  ) {}

  async write(claim: Claim): Promise<void> {
    while (await this.unitOfWork.run((tx) => this.writeSome(tx, claim)));
  }

  private async writeSome(tx: Tx, claim: Claim): Promise<boolean> {
    await this.lease.hold(tx, claim);
    const job = (await loadImport(tx, claim.importId))!;
    const waiting = await selectRows<Waiting>(
      tx,
      `SELECT agentId, added + moved + gone AS changes FROM shift_import_agent
        WHERE importId = ? AND isDone = ? ORDER BY agentId LIMIT ${AGENTS}`,
      [job.id, false],
    );
    const next = together(waiting);
    if (next.length === 0) return false;
    const agentIds = next.map(({ agentId }) => agentId);
    await this.writer.hold(tx, agentIds);
    await this.apply(tx, job, await this.facts.of(tx, job, agentIds, job.comparedAt ?? undefined));
    // They are the first ones, so all up to the last of them are done.
    await execute(
      tx,
      'UPDATE shift_import_agent SET isDone = ? WHERE importId = ? AND isDone = ? AND agentId <= ?',
      [true, job.id, false, agentIds.at(-1)],
    );
    const changes = next.reduce((sum, one) => sum + Number(one.changes), 0);
    await this.lease.hold(tx, claim, 'done = done + ?', [changes]);
    await releaseMemory(tx);
    this.heap.after(2 * CHANGES);
    return true;
  }

  /** What goes makes room first, then what moves, then what is new. */
  private async apply(tx: Tx, { source }: ImportJob, facts: readonly AgentFacts[]): Promise<void> {
    const gone = facts.flatMap(({ difference }) => difference.gone.map(({ id }) => id));
    for (const some of evenParts(gone)) await this.writer.remove(tx, some);
    for (const { agentId, difference } of facts)
      for (const { id, to } of difference.moved) await this.writer.change(tx, id, { agentId, ...to });
    const added = facts.flatMap(({ agentId, difference }) =>
      difference.added.map(({ startsAt, endsAt }) => ({ agentId, startsAt, endsAt })),
    );
    for (const some of evenParts(added))
      await this.writer.addAll(tx, some, source === 'feed' ? 'feed' : 'import');
    const changed = facts.filter(({ difference }) => isChange(difference)).map(({ agentId }) => agentId);
    await this.events.changed(tx, changed);
  }

  /** Rows without faults are of no use once they are written; tells whether there may be more. */
  async clean(claim: Claim): Promise<void> {
    while (await this.unitOfWork.run((tx) => this.cleanSome(tx, claim)));
  }

  private async cleanSome(tx: Tx, claim: Claim): Promise<boolean> {
    await this.lease.hold(tx, claim);
    const [last] = await selectRows<{ rowNumber: number }>(
      tx,
      `SELECT rowNumber FROM shift_import_row WHERE importId = ? AND state = 'ok' ORDER BY rowNumber LIMIT 1 OFFSET ${CLEANED - 1}`,
      [claim.importId],
    );
    const upTo = last ? [last.rowNumber] : [];
    await execute(
      tx,
      `DELETE FROM shift_import_row WHERE importId = ? AND state = 'ok'${last ? ' AND rowNumber <= ?' : ''}`,
      [claim.importId, ...upTo],
    );
    await releaseMemory(tx);
    return last !== undefined;
  }
}

function isChange({ added, moved, gone }: Difference): boolean {
  return added.length + moved.length + gone.length > 0;
}

function together(waiting: readonly Waiting[]): Waiting[] {
  const next: Waiting[] = [];
  let changes = 0;
  for (const one of waiting) {
    changes += Number(one.changes);
    if (next.length > 0 && changes > CHANGES) break;
    next.push(one);
  }
  return next;
}
