import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { localDateOf } from '../../../common/local-date.js';
import { pageOfWhole, type Page } from '../../../common/pagination.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { toInstant, toInstantOrNull } from '../../../database/sql.js';
import { addMonths, monthsFrom, type Month } from '../month.rules.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { openHits } from './closing.rules.js';
import { ClosingQueries } from './closing.queries.js';
import { MonthAssessments } from './month-assessments.js';
import type { ClosingView } from './closing.schemas.js';
import type { MonthView } from './month-preview.schemas.js';

/** No import takes longer from its beginning until it can be read. */
const LONGEST_WRITING_MS = 3_600_000;

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
    const policy = await this.policies.current();
    const imported = await this.imported();
    const { items, nextCursor } = pageOfWhole(monthsOf(imported, policy, this.lastMonth()), page);
    const closings = await this.closings.ofMonths(items);
    const agreedAt = await this.agreedAt();
    const views: MonthView[] = [];
    for (const month of items) {
      const closing = closings.find((one) => one.month === month && one.undoneAt === null) ?? null;
      const changedAt = latestOf([agreedAt, ...imported.filter((row) => row.month <= month).map(changeOf)]);
      const isSettled = closing?.policyVersion === policy?.id && changedAt < settledBefore(closing);
      const row = imported.find((one) => one.month === month);
      const isHistory = policy !== null && month < policy.appliesFrom;
      const isOpen = row !== undefined && policy !== null && !isHistory;
      views.push({
        ...timesOf(month, row),
        isHistory,
        closing,
        openHits: isOpen ? await this.openHits(month, isSettled) : null,
      });
    }
    return { items: views, nextCursor };
  }

  /** Who is hit and not looked at; where nothing has changed since the closing, everybody has been looked at. */
  private async openHits(month: Month, isSettled: boolean): Promise<number> {
    if (isSettled) return 0;
    const assessed = await this.assessments.of(month);
    return openHits(assessed?.agents ?? [], month).length;
  }

  private async agreedAt(): Promise<string> {
    const row = await this.database.selectOne<{ at: string | Date | null }>(
      'SELECT MAX(createdAt) AS at FROM figures_agreement',
    );
    return toInstantOrNull(row?.at ?? null)?.toISOString() ?? '';
  }

  private imported(): Promise<MonthRow[]> {
    return this.database.select<MonthRow>('SELECT month, importedAt, changedAt FROM resolution_month');
  }

  private lastMonth(): Month {
    return addMonths(localDateOf(this.clock.now(), this.env.TZ_NAME).slice(0, 7), -1);
  }
}

/** From the first that is imported or to which the policy applies to the last one that is over or imported, latest first. */
function monthsOf(imported: readonly MonthRow[], policy: PolicyInForce | null, last: Month): Month[] {
  const all = imported.map(({ month }) => month);
  const [first] = [...all, ...(policy ? [policy.appliesFrom] : [])].sort();
  return first === undefined ? [] : monthsFrom(first, latestOf([last, ...all])).toReversed();
}

function timesOf(month: Month, row: MonthRow | undefined) {
  return {
    month,
    isImported: row !== undefined,
    importedAt: row ? toInstant(row.importedAt).toISOString() : null,
    changedAt: row ? changeOf(row) : null,
  };
}

function changeOf({ changedAt }: MonthRow): string {
  return toInstant(changedAt).toISOString();
}

/** What was written before has been seen by a closing: a change may take its time to be written. */
function settledBefore(closing: ClosingView | null): string {
  return closing ? new Date(Date.parse(closing.closedAt) - LONGEST_WRITING_MS).toISOString() : '';
}

function latestOf(texts: readonly string[]): string {
  return [...texts].sort().at(-1)!;
}
