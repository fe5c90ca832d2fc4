import type { CheckTable } from '../insight.js';
import type { Count } from '../../../common/statistics/two-proportions.rules.js';

/** The sums of a group of agents, from which its rate and how sure it is can be reckoned again. */
export interface CallSums {
  key: string;
  people: number;
  calls: number;
  resolved: number;
  callsSquared: number;
  resolvedSquared: number;
  callsTimesResolved: number;
}

/** The sums of some agents' calls. */
export function sumsOf(key: string, counts: readonly Count[]): CallSums {
  const sums = {
    key,
    people: 0,
    calls: 0,
    resolved: 0,
    callsSquared: 0,
    resolvedSquared: 0,
    callsTimesResolved: 0,
  };
  for (const { successes, trials } of counts) {
    sums.people += 1;
    sums.calls += trials;
    sums.resolved += successes;
    sums.callsSquared += trials * trials;
    sums.resolvedSquared += successes * successes;
    sums.callsTimesResolved += trials * successes;
  }
  return sums;
}

/** As a table that anybody can reckon with: the rate is `resolved / calls`; the sums of squares tell how agents vary. */
export function callsTable(groups: readonly CallSums[]): CheckTable {
  return {
    columns: [
      'group',
      'agents',
      'calls',
      'resolved',
      'rate',
      'sum_calls_squared',
      'sum_resolved_squared',
      'sum_calls_times_resolved',
    ],
    rows: groups.map((one) => [
      one.key,
      one.people,
      one.calls,
      one.resolved,
      one.calls === 0 ? null : one.resolved / one.calls,
      one.callsSquared,
      one.resolvedSquared,
      one.callsTimesResolved,
    ]),
  };
}
