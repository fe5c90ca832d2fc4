import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';

/** A plan that nobody has touched for so long is not to be relied on. */
const OLDEST_MS = 7 * 24 * 3_600_000;

/** Tells whether the shift plan is fresh enough to mail people by it. */
@Injectable()
export class PlanFreshness {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** Whether a shift was planned or changed within the last seven days. */
  async isFresh(): Promise<boolean> {
    const since = new Date(this.clock.now().getTime() - OLDEST_MS);
    // The newest rows first: one of them nearly always answers at once.
    const row = await this.database.selectOne(
      'SELECT id FROM shift WHERE updatedAt >= ? ORDER BY id DESC LIMIT 1',
      [since],
    );
    return row !== undefined;
  }
}
