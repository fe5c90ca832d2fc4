import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Clock } from '../../../common/clock.js';
import { Background } from '../../../database/background.js';
import { Database } from '../../../database/database.js';
import { execute, selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';

const DAILY_MS = 24 * 3_600_000;
const TOGETHER = 1_000;

/** Removes what is noted about mails once it can decide nothing any more. */
@Injectable()
export class NoticePruning {
  constructor(
    private readonly clock: Clock,
    private readonly background: Background,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Interval(60 * 60_000)
  async tick(): Promise<void> {
    await this.background.tick('reading-notices', DAILY_MS, () => this.run());
  }

  /** Removes notices of versions whose requirements are gone, and of announcements that are through. */
  async run(): Promise<void> {
    const now = this.clock.now().getTime();
    const versions = await this.database.select<{ id: number }>(
      'SELECT id FROM guide_version WHERE prunedAt >= ? ORDER BY id',
      [new Date(now - 3 * DAILY_MS)],
    );
    for (const { id } of versions) while (await this.unitOfWork.run((tx) => this.removeSome(tx, id)));
    await this.unitOfWork.run((tx) =>
      execute(
        tx,
        `DELETE FROM minutes_notice WHERE toldAt < ?
            AND EXISTS (SELECT 1 FROM guide_version v WHERE v.id = minutes_notice.versionId
                           AND (v.announcedAt IS NOT NULL OR v.withdrawnAt IS NOT NULL))`,
        [new Date(now - 2 * DAILY_MS)],
      ),
    );
  }

  private async removeSome(tx: Tx, versionId: number): Promise<boolean> {
    const rows = await selectRows<{ agentId: number }>(
      tx,
      `SELECT agentId FROM reading_notice WHERE versionId = ? ORDER BY agentId LIMIT ${TOGETHER}`,
      [versionId],
    );
    const last = rows.at(-1);
    if (!last) return false;
    await execute(tx, 'DELETE FROM reading_notice WHERE versionId = ? AND agentId <= ?', [
      versionId,
      last.agentId,
    ]);
    return true;
  }
}
