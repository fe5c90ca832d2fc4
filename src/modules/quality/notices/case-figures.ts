import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import { mayLieOnEitherSide } from '../../../common/statistics/wilson.rules.js';
import type { Month } from '../month.rules.js';
import { rated, sumOfCalls, type RatedCalls } from '../overview/rate.rules.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { countedResolved, type MonthFigure } from '../streak.rules.js';
import { isSameFigure } from './answer.rules.js';
import type { CaseRow } from './case.queries.js';
import { StreakCheck } from './streak-check.js';

/** A month of a case: as it was when the month was closed, and as it is now. */
export interface CaseMonth {
  month: Month;
  /** Found by a later closing. */
  isFollowUp: boolean;
  atClosing: RatedCalls;
  /** Null when there is no figure any more. */
  now: RatedCalls | null;
  isCorrected: boolean;
}

/** The figures of a case. */
export interface FiguresOfCase {
  months: CaseMonth[];
  /** The months that led to the case, taken together as they are now. */
  pooled: RatedCalls;
  /** Whether so few calls were answered that the true rate may lie on either side of the threshold. */
  isTooFewToKnow: boolean;
  /** Whether the figures of now still lead to a notice; null for somebody who does not work in that period any more. */
  isStillHit: boolean | null;
  /** The rule by which it was judged. */
  policy: PolicyInForce;
}

interface MonthRow extends MonthFigure {
  month: Month;
  followUpOf: number | null;
  isKnown: number;
  answeredNow: number;
  resolvedNow: number;
  warmTransferredNow: number | null;
}

/** Reads the figures of a case, then and now. */
@Injectable()
export class CaseFigures {
  constructor(
    private readonly database: Database,
    private readonly policies: QualityPolicies,
    private readonly streaks: StreakCheck,
  ) {}

  /** For whoever may see the case. */
  async of(kase: CaseRow, source: EntityManager = this.database.reader.manager): Promise<FiguresOfCase> {
    const policy = await this.policies.version(kase.policyId, source);
    const months = (await this.rows(source, kase.id)).map(toMonth);
    const led = months.filter(({ isFollowUp }) => !isFollowUp).map(({ atClosing, now }) => now ?? atClosing);
    const calls = sumOfCalls(led);
    const { numerator, denominator } = policy.threshold;
    const counted = led.reduce((sum, figure) => sum + countedResolved(figure, policy), 0);
    return {
      months,
      pooled: rated(calls),
      isTooFewToKnow: mayLieOnEitherSide(counted, calls.answered, numerator / denominator),
      isStillHit: await this.isStillHit(source, kase, policy),
      policy,
    };
  }

  private rows(source: EntityManager, caseId: number): Promise<MonthRow[]> {
    return selectRows<MonthRow>(
      source,
      `SELECT x.month, x.answered, x.resolved, x.warmTransferred, x.followUpOf,
              CASE WHEN f.id IS NULL THEN 0 ELSE 1 END AS isKnown, f.answered AS answeredNow, f.resolved AS resolvedNow,
              f.warmTransferred AS warmTransferredNow
         FROM quality_case_month x JOIN quality_case c ON c.id = x.caseId
         LEFT JOIN resolution_figure f ON f.agentId = c.agentId AND f.month = x.month
        WHERE x.caseId = ? ORDER BY x.month`,
      [caseId],
    );
  }

  private async isStillHit(
    source: EntityManager,
    kase: CaseRow,
    policy: PolicyInForce,
  ): Promise<boolean | null> {
    const streak = await this.streaks.ofEmployed(source, kase, policy);
    return streak && streak.outcome === 'hit';
  }
}

function toMonth(row: MonthRow): CaseMonth {
  const atClosing = { answered: row.answered, resolved: row.resolved, warmTransferred: row.warmTransferred };
  const now = row.isKnown
    ? { answered: row.answeredNow, resolved: row.resolvedNow, warmTransferred: row.warmTransferredNow }
    : null;
  return {
    month: row.month,
    isFollowUp: row.followUpOf !== null,
    atClosing: rated(atClosing),
    now: now && rated(now),
    isCorrected: now !== null && !isSameFigure(atClosing, now),
  };
}
