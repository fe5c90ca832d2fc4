import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { Database } from '../../../database/database.js';
import { placeholders, toInstant, toInstantOrNull } from '../../../database/sql.js';
import type { Month } from '../month.rules.js';
import type { ClosingView } from './closing.schemas.js';

interface ClosingRow {
  id: number;
  month: Month;
  policyVersion: number;
  closedAt: string | Date;
  closedByName: string;
  finalAt: string | Date;
  undoneAt: string | Date | null;
  cases: number | string;
}

/** Reads closings. */
@Injectable()
export class ClosingQueries {
  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
  ) {}

  /** The closings of some months, newest first, those that were undone included. */
  async ofMonths(months: readonly Month[]): Promise<ClosingView[]> {
    if (months.length === 0) return [];
    return this.read(`k.month IN (${placeholders(months)})`, months);
  }

  /** One closing; undefined when there is none. */
  async find(closingId: number): Promise<ClosingView | undefined> {
    const [closing] = await this.read('k.id = ?', [closingId]);
    return closing;
  }

  private async read(where: string, values: readonly (string | number)[]): Promise<ClosingView[]> {
    const rows = await this.database.select<ClosingRow>(
      `SELECT k.id, k.month, k.policyId AS policyVersion, k.closedAt, CONCAT(p.firstName, ' ', p.lastName) AS closedByName, k.finalAt, k.undoneAt,
              (SELECT COUNT(*) FROM quality_case c WHERE c.closingId = k.id) AS cases
         FROM month_closing k JOIN person p ON p.id = k.closedByPersonId
        WHERE ${where} ORDER BY k.id DESC`,
      values,
    );
    return rows.map((row) => this.viewOf(row));
  }

  private viewOf(row: ClosingRow): ClosingView {
    const finalAt = toInstant(row.finalAt);
    return {
      ...row,
      cases: Number(row.cases),
      closedAt: toInstant(row.closedAt).toISOString(),
      finalAt: finalAt.toISOString(),
      canBeUndone: row.undoneAt === null && finalAt > this.clock.now(),
      undoneAt: toInstantOrNull(row.undoneAt)?.toISOString() ?? null,
    };
  }
}
