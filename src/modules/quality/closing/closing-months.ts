import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { pageOfWhole, type Page } from '../../../common/pagination.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstantOrNull } from '../../../database/sql.js';
import { addMonths, monthsFrom, type Month } from '../month.rules.js';
import { QualityPolicies } from '../policy/quality-policies.js';
import { openHits } from './closing.rules.js';
import { ClosingQueries } from './closing.queries.js';
import { MonthAssessments } from './month-assessments.js';
import type { MonthView } from './month-preview.schemas.js';

interface MonthRow {
  month: Month;
  importedAt: string | Date;
  changedAt: string | Date;
}

/** Lists the months: which are imported, which are closed, and where somebody is hit whom nobody has looked at. */
@Injectable()
export class ClosingMonths {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly policies: QualityPolicies,
    private readonly assessments: MonthAssessments,
    private readonly closings: ClosingQueries,
  ) {}

  /** Months up to the last that is over, latest first; those in between that are not imported too. */
  async list(page: { limit: number; cursor?: string | undefined }): Promise<Page<MonthView>> {
    const appliesFrom = (await this.policies.current())?.appliesFrom ?? null;
    const imported = new Map((await this.imported()).map((row) => [row.month, row]));
    const months = monthsOf([...imported.keys()], appliesFrom, this.lastMonth());
    const { items, nextCursor } = pageOfWhole(months, page);
    const closings = await this.closings.ofMonths(items);
    const views: MonthView[] = [];
    for (const month of items) {
      const row = imported.get(month);
      const isHistory = appliesFrom !== null && month < appliesFrom;
      views.push({
        month,
        isImported: row !== undefined,
        importedAt: toInstantOrNull(row?.importedAt ?? null)?.toISOString() ?? null,
        changedAt: toInstantOrNull(row?.changedAt ?? null)?.toISOString() ?? null,
        isHistory,
        openHits: row && !isHistory ? await this.openHitsOf(month) : null,
        closing: closings.find((one) => one.month === month && one.undoneAt === null) ?? null,
      });
    }
    return { items: views, nextCursor };
  }

  private imported(): Promise<MonthRow[]> {
    return this.database.select<MonthRow>('SELECT month, importedAt, changedAt FROM resolution_month');
  }

  private async openHitsOf(month: Month): Promise<number | null> {
    const assessed = await this.assessments.of(month);
    return assessed && openHits(assessed.agents, month).length;
  }

  private lastMonth(): Month {
    return addMonths(localDateOf(this.clock.now(), this.env.TZ_NAME).slice(0, 7), -1);
  }
}

/** From the first that is imported or to which the policy applies to the last one that is over or imported, latest first. */
function monthsOf(imported: readonly Month[], appliesFrom: Month | null, last: Month): Month[] {
  const known = [...imported, ...(appliesFrom === null ? [] : [appliesFrom])].sort();
  const first = known[0];
  if (first === undefined) return [];
  const latest = [last, ...imported].sort().at(-1)!;
  return monthsFrom(first, latest).toReversed();
}
