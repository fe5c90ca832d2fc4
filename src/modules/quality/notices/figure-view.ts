import type { RateInterval } from '../../../common/statistics/wilson.rules.js';
import { rated } from '../overview/rate.rules.js';
import { countedResolved, isBelow, type MonthFigure, type QualityPolicy } from '../streak.rules.js';

/** The calls of a month as pages show them. */
export interface ShownFigure extends MonthFigure {
  /** Resolved at once or handed over in person; null when nobody tells how many those were. */
  resolvedWithWarm: number | null;
  /** Where the true rate lies, as the policy counts; null without calls. */
  interval: Pick<RateInterval, 'low' | 'high'> | null;
  /** So few calls that chance decides much. */
  isFew: boolean;
  /** Below the threshold of the policy; null without a policy or without calls. */
  isBelow: boolean | null;
}

/** The calls of a month with what they mean under a policy, if there is one. */
export function shownFigure(figure: MonthFigure, policy: QualityPolicy | null): ShownFigure {
  const { answered, resolved, warmTransferred } = figure;
  const { rate, rateWithWarm, isFew } = rated(figure);
  const counted = policy?.warmTransferCounts ? (rateWithWarm ?? rate) : rate;
  return {
    answered,
    resolved,
    warmTransferred,
    resolvedWithWarm: warmTransferred === null ? null : countedResolved(figure, { warmTransferCounts: true }),
    interval: counted,
    isFew,
    isBelow:
      policy && answered > 0
        ? isBelow({ answered, resolved: countedResolved(figure, policy) }, policy.threshold)
        : null,
  };
}
