import { Injectable } from '@nestjs/common';
import { execute, selectRows, toInstant, toInstantOrNull } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';
import { windowsOf, type PublishedVersion, type VersionWindow } from './guides.rules.js';

type Row = Omit<PublishedVersion, 'isMinor' | 'effectiveFrom' | 'publishedAt' | 'isWithdrawn'> & {
  id: number;
  isMinor: number | boolean;
  effectiveFrom: string | Date;
  publishedAt: string | Date;
  withdrawnAt: string | Date | null;
  answeredFrom: number;
  countsFrom: string | Date;
  appliesUntil: string | Date | null;
};

/** Keeps, with each version, when it asks to be read. */
@Injectable()
export class GuideWindows {
  /**
   * Reckons the windows of a guide's versions anew and notes those that changed; their requirements are then made anew for all
   * agents, in the background. The guide's row is held by the caller.
   * @param newId a version that has just been added
   */
  async keep(tx: Tx, guideId: number, archivedAt: Date | null, newId?: number): Promise<void> {
    const rows = await selectRows<Row>(
      tx,
      `SELECT id, number, isMinor, urgency, effectiveFrom, publishedAt, withdrawnAt, answeredFrom, countsFrom, appliesUntil
         FROM guide_version WHERE guideId = ? ORDER BY number`,
      [guideId],
    );
    const windows = windowsOf(rows.map(toPublished), archivedAt);
    for (const [index, row] of rows.entries())
      if (row.id === newId || isOther(row, windows[index]!)) await this.write(tx, row.id, windows[index]!);
  }

  /** Has the requirements of all versions of a guide made anew. */
  async spreadAll(tx: Tx, guideId: number): Promise<void> {
    await execute(
      tx,
      'UPDATE guide_version SET spreadAt = NULL, spreadUpTo = 0 WHERE guideId = ? AND prunedAt IS NULL',
      [guideId],
    );
  }

  private async write(tx: Tx, versionId: number, window: VersionWindow): Promise<void> {
    await execute(
      tx,
      `UPDATE guide_version SET answeredFrom = ?, countsFrom = ?, appliesUntil = ?, spreadAt = NULL, spreadUpTo = 0,
              prunedAt = NULL
        WHERE id = ?`,
      [window.answeredFrom, window.countsFrom, window.appliesUntil, versionId],
    );
  }
}

function toPublished(row: Row): PublishedVersion {
  return {
    number: row.number,
    isMinor: Boolean(row.isMinor),
    urgency: row.urgency,
    effectiveFrom: toInstant(row.effectiveFrom),
    publishedAt: toInstant(row.publishedAt),
    isWithdrawn: row.withdrawnAt !== null,
  };
}

function isOther(row: Row, window: VersionWindow): boolean {
  return (
    row.answeredFrom !== window.answeredFrom ||
    toInstant(row.countsFrom).getTime() !== window.countsFrom.getTime() ||
    toInstantOrNull(row.appliesUntil)?.getTime() !== window.appliesUntil?.getTime()
  );
}
