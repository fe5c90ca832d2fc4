import { Injectable } from '@nestjs/common';
import {
  execute,
  lockClause,
  orUpdate,
  placeholders,
  selectRows,
  toInstantOrNull,
} from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { RequirementFacts } from './requirement-facts.js';
import { requirementsOf, type Reader, type Requirement, type RequiredVersion } from './requirements.rules.js';

interface RequirementRow extends Requirement {
  agentId: number;
}

/** Told of the agents and the versions that may be asked of them. */
type Preparation = (
  tx: Tx,
  readers: ReadonlyMap<number, Reader>,
  versions: readonly RequiredVersion[],
) => Promise<void>;

const KEY = ['agentId', 'versionId'] as const;
/** MariaDB takes 65,535 values a statement, SQLite 32,766. */
const ROWS_A_STATEMENT = 2_000;

/** Keeps the requirements of agents as the rule has them; always inside somebody else's unit of work. */
@Injectable()
export class RequirementWriter {
  private prepare: Preparation = async () => {};

  constructor(private readonly facts: RequirementFacts) {}

  /** Registers what is to be done for the agents before their requirements are written. */
  before(preparation: Preparation): void {
    this.prepare = preparation;
  }

  /** The agents' rows are the lock under which receipts, shifts and requirements change together. */
  async hold(tx: Tx, agentIds: readonly number[]): Promise<void> {
    if (agentIds.length > 0)
      await selectRows(
        tx,
        `SELECT id FROM agent WHERE id IN (${placeholders(agentIds)}) ORDER BY id${lockClause(tx)}`,
        agentIds,
      );
  }

  /** Brings the requirements of agents up to date for the versions; for all of them when none are given. The agents are held. */
  async refresh(tx: Tx, agentIds: readonly number[], versions?: readonly RequiredVersion[]): Promise<void> {
    const asked = versions ?? (await this.facts.versions(tx));
    if (agentIds.length === 0 || asked.length === 0) return;
    const readers = await this.facts.readersOf(tx, agentIds, asked);
    await this.prepare(tx, readers, asked);
    const wanted = [...readers].flatMap(([agentId, reader]) =>
      requirementsOf(reader, asked).map((requirement) => ({ agentId, ...requirement })),
    );
    await this.write(tx, wanted, await this.read(tx, agentIds, asked));
  }

  /** Writes the requirements of an agent who has none yet. */
  async begin(tx: Tx, agentId: number, reader: Reader, versions: readonly RequiredVersion[]): Promise<void> {
    await this.prepare(tx, new Map([[agentId, reader]]), versions);
    const wanted = requirementsOf(reader, versions).map((requirement) => ({ agentId, ...requirement }));
    await this.write(tx, wanted, new Map());
  }

  private async read(
    tx: Tx,
    agentIds: readonly number[],
    versions: readonly RequiredVersion[],
  ): Promise<Map<string, RequirementRow>> {
    const ids = versions.map(({ id }) => id);
    const rows = await selectRows<RequirementRow>(
      tx,
      `SELECT agentId, versionId, dueAt, readAt FROM reading_requirement
        WHERE agentId IN (${placeholders(agentIds)}) AND versionId IN (${placeholders(ids)})`,
      [...agentIds, ...ids],
    );
    return new Map(
      rows.map((row) => [
        keyOf(row),
        { ...row, dueAt: toInstantOrNull(row.dueAt), readAt: toInstantOrNull(row.readAt) },
      ]),
    );
  }

  private async write(
    tx: Tx,
    wanted: readonly RequirementRow[],
    known: Map<string, RequirementRow>,
  ): Promise<void> {
    const changed = wanted.filter((row) => {
      const before = known.get(keyOf(row));
      known.delete(keyOf(row));
      return !before || !isSame(before.dueAt, row.dueAt) || !isSame(before.readAt, row.readAt);
    });
    for (let from = 0; from < changed.length; from += ROWS_A_STATEMENT)
      await upsert(tx, changed.slice(from, from + ROWS_A_STATEMENT));
    const gone = [...known.values()];
    for (const [versionId, agentIds] of byVersion(gone))
      await execute(
        tx,
        `DELETE FROM reading_requirement WHERE versionId = ? AND agentId IN (${placeholders(agentIds)})`,
        [versionId, ...agentIds],
      );
  }
}

async function upsert(tx: Tx, rows: readonly RequirementRow[]): Promise<void> {
  await execute(
    tx,
    `INSERT INTO reading_requirement (agentId, versionId, dueAt, readAt) VALUES ${rows.map(() => '(?, ?, ?, ?)').join(', ')}${orUpdate(
      tx,
      KEY,
      ['dueAt', 'readAt'],
    )}`,
    rows.flatMap(({ agentId, versionId, dueAt, readAt }) => [agentId, versionId, dueAt, readAt]),
  );
}

function byVersion(rows: readonly RequirementRow[]): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { agentId, versionId } of rows) found.set(versionId, [...(found.get(versionId) ?? []), agentId]);
  return found;
}

function keyOf({ agentId, versionId }: Pick<RequirementRow, 'agentId' | 'versionId'>): string {
  return `${agentId} ${versionId}`;
}

function isSame(a: Date | null, b: Date | null): boolean {
  return a?.getTime() === b?.getTime();
}
