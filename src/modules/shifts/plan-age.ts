import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Database } from '../../database/database.js';
import { execute, toInstantOrNull } from '../../database/sql.js';
import type { Tx } from '../../database/unit-of-work.js';

const OLD_MS = 7 * 24 * 3_600_000;
/** Enough to hold whatever was planned last. */
const NEWEST = 1_000;

/** How old the shift plan is. */
export interface PlanAgeView {
  /** When an import, a fetch or an edit last brought it up to date; null when that has never been. */
  updatedAt: string | null;
  /** Whether that is more than seven days ago, so that nobody should be written to because of it. */
  isOld: boolean;
}

/** Knows when the shift plan was last brought up to date. */
@Injectable()
export class PlanAge {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** How old the plan is now. */
  async now(): Promise<PlanAgeView> {
    const at = (await this.noted()) ?? (await this.newest());
    return {
      updatedAt: at?.toISOString() ?? null,
      isOld: at !== null && this.clock.now().getTime() - at.getTime() > OLD_MS,
    };
  }

  private async noted(): Promise<Date | null> {
    const row = await this.database.selectOne<{ at: string | Date | null }>(
      'SELECT updatedAt AS at FROM shift_plan WHERE id = 1',
    );
    return toInstantOrNull(row?.at ?? null);
  }

  /** For a plan that is older than the note of its age: when one of the shifts that came last was changed. */
  private async newest(): Promise<Date | null> {
    const row = await this.database.selectOne<{ at: string | Date | null }>(
      `SELECT MAX(x.updatedAt) AS at FROM (SELECT s.updatedAt FROM shift s ORDER BY s.id DESC LIMIT ${NEWEST}) x`,
    );
    return toInstantOrNull(row?.at ?? null);
  }

  /** Somebody has edited the plan; the last thing in a unit of work, since all edits meet in this row. */
  async edited(tx: Tx): Promise<void> {
    await execute(tx, 'UPDATE shift_plan SET updatedAt = ? WHERE id = 1', [this.clock.now()]);
  }

  /** An import or a fetch has brought the plan up to date. */
  async imported(tx: Tx): Promise<void> {
    const now = this.clock.now();
    await execute(tx, 'UPDATE shift_plan SET updatedAt = ?, importedAt = ? WHERE id = 1', [now, now]);
  }
}
