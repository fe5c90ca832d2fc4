import type { AgentCalls } from '../calls/agent-calls.rules.js';
import { callsTable, sumsOf } from '../calls/calls-table.rules.js';
import { compareRates } from '../calls/compared-rates.rules.js';
import { joinedUntilLarge } from '../disclosure/large-enough.rules.js';
import { FEWEST_PEOPLE, type Figure, type Finding } from '../insight.js';
import { rateSlope } from '../../../common/statistics/rate-slope.rules.js';
import type { Count } from '../../../common/statistics/two-proportions.rules.js';

/** How somebody did the e-learning; null where nobody tells. */
export interface Learning {
  /** From 0 to 100. */
  score: number | null;
  minutes: number | null;
}

const NAMES = { with: 'with_elearning', without: 'without_elearning' };
const BINS = 10;

/**
 * Whether e-learning that is completed, its score and the time spent on it go with a high rate. Score and time are compared between
 * agents who have completed it, by their calls after that.
 */
export function elearningResolution(
  agents: readonly AgentCalls[],
  learning: ReadonlyMap<number, Learning>,
): Finding {
  const after = agents.flatMap((agent) => {
    const known = learning.get(agent.agentId);
    return agent.with && known ? [{ ...agent.with, ...known }] : [];
  });
  const scored = after.flatMap(({ score, ...calls }) =>
    score === null ? [] : [{ ...calls, x: score / 10 }],
  );
  const timed = after.flatMap(({ minutes, ...calls }) =>
    minutes === null ? [] : [{ ...calls, x: minutes / 10 }],
  );
  const compared = compareRates(agents, NAMES);
  return {
    ...compared,
    figures: [...compared.figures, ...slopeOf('score', scored), ...slopeOf('minutes', timed)],
    table: compared.notAnswerable ? compared.table : withBins(compared.table, scored),
  };
}

/** How much the rate rises for each ten of what is asked about; nothing for too few agents. */
export function slopeOf(key: string, units: readonly (Count & { x: number })[]): Figure[] {
  const slope = units.length < FEWEST_PEOPLE ? null : rateSlope(units);
  if (slope === null) return [];
  const { value, low, high } = slope;
  return [{ key, value: 100 * value, low: 100 * low, high: 100 * high, unit: 'percentage_points_per_ten' }];
}

/** The agents by their scores in tens, neighbours joined where they are too few. */
function withBins(table: Finding['table'], scored: readonly (Count & { x: number })[]): Finding['table'] {
  const bins = Array.from({ length: BINS }, (_, from) => {
    const counts = scored.filter(({ x }) => Math.min(BINS - 1, Math.max(0, Math.floor(x))) === from);
    return { from, to: from + 1, counts, people: counts.length };
  });
  const filled = bins.filter(({ people }) => people > 0);
  const joined = joinedUntilLarge(filled, (one, next) => {
    const counts = [...one.counts, ...next.counts];
    return { from: one.from, to: next.to, counts, people: counts.length };
  });
  const rows = callsTable(
    joined.map(({ from, to, counts }) => sumsOf(`score_${from * 10}_${to * 10}`, counts)),
  );
  return { columns: table.columns, rows: [...table.rows, ...rows.rows] };
}
