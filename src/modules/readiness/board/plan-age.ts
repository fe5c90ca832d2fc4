import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { toInstantOrNull } from '../../../database/sql.js';

/** Enough to hold whatever was planned last. */
const NEWEST = 1_000;

/** How old the shift plan is. */
@Injectable()
export class PlanAge {
  constructor(private readonly database: Database) {}

  /** When the plan was last changed, as far as the shifts that came last tell; null for an empty plan. */
  async changedAt(): Promise<Date | null> {
    const row = await this.database.selectOne<{ changedAt: string | Date | null }>(
      `SELECT MAX(x.updatedAt) AS changedAt FROM (SELECT s.updatedAt FROM shift s ORDER BY s.id DESC LIMIT ${NEWEST}) x`,
    );
    return toInstantOrNull(row?.changedAt ?? null);
  }
}
