import { wilson, type RateInterval } from '../../../common/statistics/wilson.rules.js';
import { countedResolved, type MonthFigure } from '../streak.rules.js';

/** Below so many calls a rate moves by several points with each call, and is marked so. */
export const FEW_CALLS = 30;

/** Calls with both rates that can be made of them. */
export interface RatedCalls extends MonthFigure {
  /** Resolved at once of answered; null when none was answered. */
  rate: RateInterval | null;
  /** The same with calls handed over in person counted as resolved; null also when nobody tells how many those were. */
  rateWithWarm: RateInterval | null;
  /** So few calls that chance decides much. */
  isFew: boolean;
}

/** The calls with both rates, each with its interval of 95 %. */
export function rated(calls: MonthFigure): RatedCalls {
  const { answered, resolved, warmTransferred } = calls;
  const withWarm = countedResolved(calls, { warmTransferCounts: true });
  return {
    answered,
    resolved,
    warmTransferred,
    rate: wilson(resolved, answered),
    rateWithWarm: warmTransferred === null ? null : wilson(withWarm, answered),
    isFew: answered < FEW_CALLS,
  };
}

/** All calls together; how many were handed over is known when it is of any of them. */
export function sumOfCalls(all: readonly MonthFigure[]): MonthFigure {
  const known = all.flatMap(({ warmTransferred }) => (warmTransferred === null ? [] : [warmTransferred]));
  return {
    answered: all.reduce((sum, { answered }) => sum + answered, 0),
    resolved: all.reduce((sum, { resolved }) => sum + resolved, 0),
    warmTransferred: known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0),
  };
}
