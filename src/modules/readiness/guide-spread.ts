import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../common/clock.js';
import { Background } from '../../database/background.js';
import { Database } from '../../database/database.js';
import { execute, lockClause, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { RequirementFacts } from './requirement-facts.js';
import { RequirementWriter } from './requirement-writer.js';

const EVERY_MS = 5_000;
const DAILY_MS = 24 * 3_600_000;
/** So many agents at a time: others who write wait no longer than that takes. */
const TOGETHER = 500;
/** Requirements are kept so long after a version has ended; receipts stay. */
const KEPT_MS = 30 * DAILY_MS;

/**
 * Makes the requirements of all agents after a publication, a withdrawal or an archiving, some at a time. Until a version is
 * through, readiness reckons it without them.
 */
@Injectable()
export class GuideSpread {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly facts: RequirementFacts,
    private readonly writer: RequirementWriter,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    await this.background.tick('guide-spread', EVERY_MS, () => this.run());
    await this.background.tick('guide-prune', DAILY_MS, () => this.prune());
  }

  /** Spreads every version that is not through; may be killed anywhere, and run by two at once. */
  async run(): Promise<void> {
    const versions = await this.database.select<{ id: number }>(
      'SELECT id FROM guide_version WHERE spreadAt IS NULL ORDER BY id',
    );
    for (const { id } of versions) while (await this.unitOfWork.run((tx) => this.step(tx, id)));
  }

  /** The next agents of one version; tells whether there may be more. */
  private async step(tx: Tx, versionId: number): Promise<boolean> {
    // Held until the step is through: a change of the windows waits, and then begins again from the first agent.
    const [version] = await selectRows<{ spreadUpTo: number }>(
      tx,
      `SELECT spreadUpTo FROM guide_version WHERE id = ? AND spreadAt IS NULL${lockClause(tx)}`,
      [versionId],
    );
    if (!version) return false;
    const agentIds = await this.nextAgents(tx, version.spreadUpTo);
    const last = agentIds.at(-1);
    if (last === undefined) {
      await execute(tx, 'UPDATE guide_version SET spreadAt = ? WHERE id = ?', [this.clock.now(), versionId]);
      return false;
    }
    await this.writer.refresh(tx, agentIds, await this.facts.versions(tx, { versionId }));
    await execute(tx, 'UPDATE guide_version SET spreadUpTo = ? WHERE id = ?', [last, versionId]);
    return true;
  }

  /** An agent who is just being registered is waited for here, or reads the version by itself. */
  private async nextAgents(tx: Tx, after: number): Promise<number[]> {
    const rows = await selectRows<{ id: number }>(
      tx,
      `SELECT id FROM agent WHERE id > ? ORDER BY id LIMIT ${TOGETHER}${lockClause(tx)}`,
      [after],
    );
    return rows.map(({ id }) => id);
  }

  /** Removes the requirements of versions that ended long ago. */
  async prune(): Promise<void> {
    const now = this.clock.now().getTime();
    await this.unitOfWork.run((tx) =>
      execute(
        tx,
        'UPDATE guide_version SET prunedAt = ? WHERE prunedAt IS NULL AND spreadAt IS NOT NULL AND appliesUntil < ?',
        [new Date(now), new Date(now - KEPT_MS)],
      ),
    );
    // Once more the next day: somebody may have been writing when the version was marked.
    const marked = await this.database.select<{ id: number }>(
      'SELECT id FROM guide_version WHERE prunedAt >= ? ORDER BY id',
      [new Date(now - 2 * DAILY_MS)],
    );
    for (const { id } of marked) while (await this.unitOfWork.run((tx) => this.pruneSome(tx, id)));
  }

  private async pruneSome(tx: Tx, versionId: number): Promise<boolean> {
    // A withdrawal may have brought the version back since it was marked.
    const [marked] = await selectRows(
      tx,
      `SELECT id FROM guide_version WHERE id = ? AND prunedAt IS NOT NULL${lockClause(tx)}`,
      [versionId],
    );
    if (!marked) return false;
    const rows = await selectRows<{ agentId: number }>(
      tx,
      'SELECT agentId FROM reading_requirement WHERE versionId = ? ORDER BY agentId LIMIT 1000',
      [versionId],
    );
    const last = rows.at(-1);
    if (!last) return false;
    await execute(tx, 'DELETE FROM reading_requirement WHERE versionId = ? AND agentId <= ?', [
      versionId,
      last.agentId,
    ]);
    return true;
  }
}
