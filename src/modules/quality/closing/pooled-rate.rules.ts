import { wilson, type RateInterval } from '../../../common/statistics/wilson.rules.js';
import { countedResolved, type MonthFigure } from '../streak.rules.js';

/** The calls of several months taken together, with the interval of their rate. */
export interface PooledRate extends RateInterval {
  answered: number;
  resolved: number;
}

/** The months taken together, with warm transfers counted or not; null without calls. */
export function pooled(figures: readonly MonthFigure[], warmTransferCounts: boolean): PooledRate | null {
  const answered = sum(figures.map((figure) => figure.answered));
  const resolved = sum(figures.map((figure) => countedResolved(figure, { warmTransferCounts })));
  const interval = wilson(resolved, answered);
  return interval && { answered, resolved, ...interval };
}

/** Both ways of counting; the one with warm transfers only where the source tells them. */
export function bothRates(figures: readonly MonthFigure[]): {
  withoutWarm: PooledRate | null;
  withWarm: PooledRate | null;
} {
  const isTold = figures.some(({ warmTransferred }) => warmTransferred !== null);
  return { withoutWarm: pooled(figures, false), withWarm: isTold ? pooled(figures, true) : null };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
