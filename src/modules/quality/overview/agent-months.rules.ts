import type { RateInterval } from '../../../common/statistics/wilson.rules.js';
import type { Month } from '../month.rules.js';
import { kindOf, type MonthFigure, type QualityPolicy } from '../streak.rules.js';
import { rated, type RatedCalls } from './rate.rules.js';

/** A month of one agent, beside that of everybody. */
export interface AgentMonth extends RatedCalls {
  month: Month;
  /** `none`: no call, or nothing that the viewer may see; `not_imported`: nobody knows yet. */
  state: 'figure' | 'none' | 'not_imported';
  /** Whether the rate the policy counts stays below its threshold; null where there is no policy or the month says nothing. */
  isBelow: boolean | null;
  /** The rate of all agents of DDH, counted the same way; null when nobody knows. */
  ddh: RateInterval | null;
}

/** What the months of an agent are made from. */
export interface AgentMonthsGround {
  months: readonly Month[];
  /** As far as the viewer may see them. */
  figures: ReadonlyMap<Month, MonthFigure>;
  imported: ReadonlySet<Month>;
  /** The calls of all agents. */
  all: ReadonlyMap<Month, MonthFigure>;
  policy: QualityPolicy | null;
}

const NO_CALLS: MonthFigure = { answered: 0, resolved: 0, warmTransferred: null };

/** The months one by one, also those of which nothing is known. */
export function agentMonths(ground: AgentMonthsGround): AgentMonth[] {
  const { months, figures, imported, all, policy } = ground;
  return months.map((month) => {
    const figure = figures.get(month);
    const total = all.get(month);
    return {
      month,
      state: stateOf(imported.has(month), figure),
      isBelow: policy && isBelowIn(month, ground, policy),
      ddh: total ? ratedBy(policy, rated(total)) : null,
      ...rated(figure ?? NO_CALLS),
    };
  });
}

/** The rate the policy counts: with calls handed over in person, where it counts them and they are known, else without. */
export function ratedBy(
  policy: Pick<QualityPolicy, 'warmTransferCounts'> | null,
  { rate, rateWithWarm }: Pick<RatedCalls, 'rate' | 'rateWithWarm'>,
): RateInterval | null {
  return policy?.warmTransferCounts ? (rateWithWarm ?? rate) : rate;
}

function stateOf(isImported: boolean, figure: MonthFigure | undefined): AgentMonth['state'] {
  if (!isImported) return 'not_imported';
  return figure && figure.answered > 0 ? 'figure' : 'none';
}

function isBelowIn(month: Month, { figures, imported }: AgentMonthsGround, policy: QualityPolicy) {
  const kind = kindOf(month, { figures, imported, period: null }, policy);
  return kind === 'below' || kind === 'not_below' ? kind === 'below' : null;
}
