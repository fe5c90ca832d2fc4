import { Injectable } from '@nestjs/common';
import type { Scope } from '../../../common/access/scope.js';
import type { Month } from '../month.rules.js';
import { QualityPolicies, type PolicyInForce } from '../policy/quality-policies.js';
import { OpenCases } from './open-cases.queries.js';
import { QualityTrend, type RatedMonth, type RatedMunicipality } from './quality-trend.js';
import { WatchList, type WatchedAgent } from './watch-list.js';

/** How first-contact resolution goes in a month, as far as somebody may see. */
export interface Overview {
  /** Null while no month has been imported. */
  month: Month | null;
  /** All that have been imported, the latest first. */
  months: Month[];
  policy: PolicyInForce | null;
  /** All agents in the month; null when it has no figures, and when it is among the hidden. */
  ddh: RatedMonth | null;
  /** All agents by month, up to the month. */
  trend: RatedMonth[];
  /** Months whose total is not shown, since it would tell of a handful of agents. */
  hidden: Month[];
  municipalities: RatedMunicipality[];
  /** How many municipalities are left out, since too few agents stand behind them. */
  leftOut: number;
  /** For the secretariat alone. */
  watchList: WatchedAgent[] | null;
  openCases: number;
}

/** Gathers it. */
@Injectable()
export class QualityOverview {
  constructor(
    private readonly trends: QualityTrend,
    private readonly policies: QualityPolicies,
    private readonly watching: WatchList,
    private readonly cases: OpenCases,
  ) {}

  /** Of the month that is asked for when it has been imported, else of the last one that has. */
  async of(scope: Scope, asked: Month | undefined): Promise<Overview> {
    const months = await this.trends.months();
    const month = months.find((one) => one === asked) ?? months[0] ?? null;
    const policy = await this.policies.current();
    const openCases = await this.cases.count(scope);
    if (month === null)
      return { ...NOTHING, months, policy, openCases, watchList: scope.kind === 'all' ? [] : null };
    const { shown: trend, hidden } = await this.trends.ofAll(month, ownOf(scope));
    const { shown, leftOut } = await this.trends.municipalities(month, ownOf(scope));
    return {
      month,
      months,
      policy,
      ddh: trend.find((one) => one.month === month) ?? null,
      trend,
      hidden,
      municipalities: shown,
      leftOut,
      watchList: scope.kind === 'all' ? await this.watchListAt(month, policy) : null,
      openCases,
    };
  }

  private watchListAt(month: Month, policy: PolicyInForce | null): Promise<WatchedAgent[]> {
    return policy ? this.watching.at(month, policy) : Promise.resolve([]);
  }
}

const NOTHING = { month: null, ddh: null, trend: [], hidden: [], municipalities: [], leftOut: 0 };

/** The viewer's municipalities; null for whoever sees all. */
export function ownOf(scope: Scope): readonly string[] | null {
  if (scope.kind === 'all') return null;
  return scope.kind === 'municipalities' ? scope.codes : [];
}
