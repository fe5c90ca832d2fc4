import type { AgentCalls } from '../calls/agent-calls.rules.js';
import { callsTable, sumsOf } from '../calls/calls-table.rules.js';
import { compareRates } from '../calls/compared-rates.rules.js';
import { joinedUntilLarge } from '../disclosure/large-enough.rules.js';
import { FEWEST_PEOPLE, type Figure, type Finding } from '../insight.js';
import { rateSlope } from '../../../common/statistics/rate-slope.rules.js';
import type { Count } from '../../../common/statistics/two-proportions.rules.js';

const NAMES = { with: 'with_elearning', without: 'without_elearning' };
const BINS = 10;

type Graded = Count & { x: number };

/**
 * Whether e-learning that is completed, its score and the time spent on it go with a high rate. Score and time are compared between
 * agents who have completed it, by their calls after that.
 * @param minutes spent on it, by agent, as far as anybody tells
 */
export function elearningResolution(
  agents: readonly AgentCalls[],
  minutes: ReadonlyMap<number, number>,
): Finding {
  const scored: Graded[] = [];
  const timed: Graded[] = [];
  for (const { agentId, with: after, score } of agents) {
    if (after === null) continue;
    const { successes, trials } = after;
    if (score !== null) scored.push({ successes, trials, x: score / 10 });
    const spent = minutes.get(agentId);
    if (spent !== undefined) timed.push({ successes, trials, x: spent / 10 });
  }
  const compared = compareRates(agents, NAMES);
  return {
    ...compared,
    figures: [...compared.figures, ...slopeOf('score', scored), ...slopeOf('minutes', timed)],
    table: compared.notAnswerable ? compared.table : withBins(compared.table, scored),
  };
}

/** How much the rate rises for each ten of what is asked about; nothing for too few agents. */
export function slopeOf(key: string, units: readonly Graded[]): Figure[] {
  const slope = units.length < FEWEST_PEOPLE ? null : rateSlope(units);
  if (slope === null) return [];
  const { value, low, high } = slope;
  return [{ key, value: 100 * value, low: 100 * low, high: 100 * high, unit: 'percentage_points_per_ten' }];
}

/** The agents by their scores in tens, neighbours joined where they are too few. */
function withBins(table: Finding['table'], scored: readonly Graded[]): Finding['table'] {
  const bins = Array.from({ length: BINS }, (_, from) => ({ from, to: from + 1, counts: [] as Count[] }));
  for (const count of scored) bins[Math.min(BINS - 1, Math.max(0, Math.floor(count.x)))]!.counts.push(count);
  const filled = bins.flatMap((bin) =>
    bin.counts.length > 0 ? [{ ...bin, people: bin.counts.length }] : [],
  );
  const joined = joinedUntilLarge(filled, (one, next) => {
    const counts = [...one.counts, ...next.counts];
    return { from: one.from, to: next.to, counts, people: counts.length };
  });
  const sums = joined.map(({ from, to, counts }) => sumsOf(`score_${from * 10}_${to * 10}`, counts));
  return { columns: table.columns, rows: [...table.rows, ...callsTable(sums).rows] };
}
