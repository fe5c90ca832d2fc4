import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import {
  execute,
  insertRows,
  placeholders,
  releaseMemory,
  selectRows,
  type SqlValue,
} from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import type { ShiftImportAgent } from '../entities/shift-import-agent.entity.js';
import { evenParts } from '../even-parts.js';
import { HeapCare } from './heap-care.js';
import { loadImport } from './import-job.js';
import { ImportLease, type Claim } from './import-lease.js';
import { PlanFacts, type AgentFacts } from './plan-facts.js';

/** Agents in one unit of work, as long as they have no more rows than this together. */
const AGENTS = 200;
const ROWS = 2_000;
/** Nobody has so many shifts; a file that says so has one agent's key in every row. */
const MOST_OF_ONE = 10_000;

/** Compares an import with the plan, some agents at a time; goes on where it was broken off. */
@Injectable()
export class PlanComparing {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: PlanFacts,
    private readonly lease: ImportLease,
    private readonly heap: HeapCare,
  ) {}

  /** @throws DomainError `shift_one_agent_only` */
  async compare(claim: Claim): Promise<void> {
    while (await this.unitOfWork.run((tx) => this.compareMentioned(tx, claim)));
    await this.unitOfWork.run((tx) => this.nameMunicipalities(tx, claim));
    for (let after: number | undefined = 0; after !== undefined;) {
      const from: number = after;
      after = await this.unitOfWork.run((tx) => this.compareAbsent(tx, claim, from));
    }
  }

  /** The next agents in the file; tells whether there may be more. */
  private async compareMentioned(tx: Tx, claim: Claim): Promise<boolean> {
    await this.lease.hold(tx, claim);
    const job = (await loadImport(tx, claim.importId))!;
    const counts = await selectRows<{ agentId: number; n: number | string }>(
      tx,
      `SELECT agentId, COUNT(*) AS n FROM shift_import_row WHERE importId = ? AND agentId > ?
        GROUP BY agentId ORDER BY agentId LIMIT ${AGENTS}`,
      [job.id, job.comparedUpTo],
    );
    const agentIds = together(counts.map(({ agentId, n }) => ({ agentId, n: Number(n) })));
    const last = agentIds.at(-1);
    if (last === undefined) return false;
    await this.take(tx, claim, await this.facts.of(tx, job, agentIds), 'comparedUpTo = ?', [last]);
    return true;
  }

  private async nameMunicipalities(tx: Tx, claim: Claim): Promise<void> {
    const rows = await selectRows<{ code: string }>(
      tx,
      `SELECT DISTINCT m.municipalityCode AS code FROM shift_import_agent x JOIN employment m ON m.openAgentId = x.agentId
        WHERE x.importId = ? ORDER BY m.municipalityCode`,
      [claim.importId],
    );
    const codes = JSON.stringify(rows.map(({ code }) => code));
    await this.lease.hold(tx, claim, 'municipalities = ?', [codes]);
  }

  /** The next agents of the same municipalities of whom the file says nothing: all their shifts in its period are gone. */
  private async compareAbsent(tx: Tx, claim: Claim, after: number): Promise<number | undefined> {
    await this.lease.hold(tx, claim);
    const job = (await loadImport(tx, claim.importId))!;
    if (job.covers !== 'municipalities' || job.municipalities.length === 0) return undefined;
    const rows = await selectRows<{ agentId: number }>(
      tx,
      `SELECT m.openAgentId AS agentId FROM employment m
        WHERE m.municipalityCode IN (${placeholders(job.municipalities)}) AND m.openAgentId > ?
          AND EXISTS (SELECT 1 FROM shift s WHERE s.agentId = m.openAgentId AND s.startsAt >= ? AND s.startsAt < ?)
          AND NOT EXISTS (SELECT 1 FROM shift_import_agent x WHERE x.importId = ? AND x.agentId = m.openAgentId)
        ORDER BY m.openAgentId LIMIT ${AGENTS}`,
      [...job.municipalities, after, job.coversFrom, job.coversTo, job.id] as SqlValue[],
    );
    const agentIds = rows.map(({ agentId }) => agentId);
    await this.take(tx, claim, await this.facts.of(tx, job, agentIds));
    return agentIds.at(-1);
  }

  /** Notes what was found out about some agents. */
  private async take(
    tx: Tx,
    claim: Claim,
    facts: readonly AgentFacts[],
    set = '',
    values: readonly SqlValue[] = [],
  ): Promise<void> {
    const rows = facts.map(({ agentId, difference: { added, moved, gone } }) => ({
      importId: claim.importId,
      agentId,
      added: added.length,
      moved: moved.length,
      gone: gone.length,
      isDone: added.length + moved.length + gone.length === 0,
    }));
    for (const some of evenParts(rows)) await insertRows<ShiftImportAgent>(tx, 'shift_import_agent', some);
    await markRows(
      tx,
      facts.flatMap(({ duplicates }) => duplicates),
      'duplicate',
      null,
    );
    await markRows(
      tx,
      facts.flatMap(({ contradictions }) => contradictions),
      'faulty',
      'shift_twice',
    );
    await markRows(
      tx,
      facts.flatMap(({ notEmployed }) => notEmployed),
      'faulty',
      'agent_not_employed',
    );
    await this.lease.hold(tx, claim, [TOTALS, set].filter(Boolean).join(', '), [
      ...totalsOf(facts),
      ...values,
    ]);
    await releaseMemory(tx);
    this.heap.after(ROWS);
  }
}

const TOTALS = `known = known + ?, same = same + ?, added = added + ?, moved = moved + ?, gone = gone + ?,
  duplicates = duplicates + ?, faulty = faulty + ?`;

function totalsOf(facts: readonly AgentFacts[]): number[] {
  const sum = (of: (one: AgentFacts) => number) => facts.reduce((total, one) => total + of(one), 0);
  return [
    sum(({ known }) => known),
    sum(({ difference }) => difference.same),
    sum(({ difference }) => difference.added.length),
    sum(({ difference }) => difference.moved.length),
    sum(({ difference }) => difference.gone.length),
    sum(({ duplicates }) => duplicates.length),
    sum(({ contradictions, notEmployed }) => contradictions.length + notEmployed.length),
  ];
}

async function markRows(tx: Tx, ids: readonly number[], state: string, code: string | null): Promise<void> {
  const faults = code && JSON.stringify([{ field: code === 'shift_twice' ? 'end' : 'agent', code }]);
  for (const some of evenParts(ids))
    await execute(
      tx,
      `UPDATE shift_import_row SET state = ?, faults = ? WHERE id IN (${placeholders(some)})`,
      [state, faults, ...some],
    );
}

/** As many agents as go together, at least one. */
function together(counts: readonly { agentId: number; n: number }[]): number[] {
  const agentIds: number[] = [];
  let rows = 0;
  for (const { agentId, n } of counts) {
    if (n > MOST_OF_ONE) throw new DomainError('shift_one_agent_only', 'rule');
    rows += n;
    if (agentIds.length > 0 && rows > ROWS) break;
    agentIds.push(agentId);
  }
  return agentIds;
}
