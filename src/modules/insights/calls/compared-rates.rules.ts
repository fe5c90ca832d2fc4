import { largeEnough } from '../disclosure/large-enough.rules.js';
import {
  FEWEST_CALLS,
  FEWEST_PEOPLE,
  unanswered,
  type Effect,
  type Figure,
  type Finding,
  type FindingGroup,
  type MunicipalityValue,
  type NotAnswerable,
} from '../insight.js';
import {
  adjustedDifference,
  type ComparedUnit,
} from '../../../common/statistics/adjusted-difference.rules.js';
import type { Estimate } from '../../../common/statistics/estimate.rules.js';
import { rateDifference, rateOf } from '../../../common/statistics/rate-difference.rules.js';
import type { Count } from '../../../common/statistics/two-proportions.rules.js';
import { tenureBand, together, type AgentCalls, type SideCalls } from './agent-calls.rules.js';
import { callsTable, sumsOf } from './calls-table.rules.js';

/** What both sides of a comparison are called. */
export interface SideNames {
  with: string;
  without: string;
}

/** What keeps two groups of agents from being compared; null when nothing does. */
export function tooFew(withIt: readonly Count[], without: readonly Count[]): NotAnswerable | null {
  if (withIt.length === 0 && without.length === 0) return { reason: 'no_data', n: 0 };
  if (without.length < FEWEST_PEOPLE) return { reason: 'few_without', n: without.length };
  if (withIt.length < FEWEST_PEOPLE) return { reason: 'few_with', n: withIt.length };
  const fewest = Math.min(callsOf(withIt), callsOf(without));
  return fewest < FEWEST_CALLS ? { reason: 'few_calls', n: fewest } : null;
}

/**
 * Whether calls are resolved at once more often with something than without it. The calls of all agents on each side are taken
 * together; agents, not calls, are taken to be drawn. An agent with calls on both sides counts on both: that the two are alike makes
 * the interval rather too wide than too narrow. Where one side is too small, neither is shown, since the totals of all calls are known.
 */
export function compareRates(agents: readonly AgentCalls[], names: SideNames): Finding {
  const withIt: Count[] = [];
  const without: Count[] = [];
  const units: ComparedUnit[] = [];
  for (const agent of agents) {
    if (agent.with) {
      withIt.push(agent.with);
      units.push(unitOf(agent, agent.with, true));
    }
    if (agent.without) {
      without.push(agent.without);
      units.push(unitOf(agent, agent.without, false));
    }
  }
  const missing = tooFew(withIt, without);
  if (missing) return unanswered('share', missing.reason, missing.n);
  const { difference } = rateDifference(units);
  if (difference === null) return unanswered('share', 'few_calls', 0);
  const { figures, notes } = adjusted(units);
  return {
    effect: inPoints(difference),
    groupUnit: 'share',
    groups: [rateGroup(names.with, withIt), rateGroup(names.without, without)],
    figures,
    notes: [...bothSides(agents), ...notes],
    municipalities: ratesByMunicipality(agents),
    table: callsTable([sumsOf(names.with, withIt), sumsOf(names.without, without)]),
    notAnswerable: null,
  };
}

/** A difference of shares in percentage points. */
export function inPoints({ value, low, high }: Estimate): Effect {
  return { value: 100 * value, low: 100 * low, high: 100 * high, unit: 'percentage_points' };
}

/** The rate of a group of agents, with its interval. */
export function rateGroup(key: string, counts: readonly Count[]): FindingGroup {
  const calls = callsOf(counts);
  const resolved = counts.reduce((sum, { successes }) => sum + successes, 0);
  const estimate = rateOf(counts);
  return {
    key,
    people: counts.length,
    calls,
    value: resolved / calls,
    low: estimate && Math.max(0, estimate.low),
    high: estimate && Math.min(1, estimate.high),
  };
}

/** The rate of each municipality's agents, all their calls in the period, where it is large enough. */
export function ratesByMunicipality(agents: readonly AgentCalls[]): MunicipalityValue[] {
  const byCode = new Map<string, Count[]>();
  for (const agent of agents) {
    const calls = together(agent.without, agent.with);
    if (calls === null) continue;
    const known = byCode.get(agent.municipalityCode);
    if (known) known.push(calls);
    else byCode.set(agent.municipalityCode, [calls]);
  }
  const groups = [...byCode].map(([code, counts]) => ({ code, counts, people: counts.length }));
  return largeEnough(groups)
    .map(({ code, counts }) => {
      const { people, value, low, high } = rateGroup(code, counts);
      return { code, people, value, low, high };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Shared, since there may be as many units as agents in a country. */
const TRAITS = {
  under_1_year: { tenure: 'under_1_year' },
  '1_to_3_years': { tenure: '1_to_3_years' },
  over_3_years: { tenure: 'over_3_years' },
};

function unitOf(agent: AgentCalls, { successes, trials, tenure }: SideCalls, exposed: boolean): ComparedUnit {
  return { successes, trials, exposed, stratum: agent.municipalityCode, traits: TRAITS[tenureBand(tenure)] };
}

/** The difference between agents of the same municipality and about the same tenure. */
function adjusted(units: readonly ComparedUnit[]): { figures: Figure[]; notes: Finding['notes'] } {
  const { difference, alone, comparable } = adjustedDifference(units);
  if (difference === null) return { figures: [], notes: [{ key: 'not_adjusted', args: {} }] };
  return {
    figures: [{ key: 'adjusted', ...inPoints(difference) }],
    notes: [{ key: 'comparable', args: { comparable, alone } }],
  };
}

function bothSides(agents: readonly AgentCalls[]): Finding['notes'] {
  const n = agents.filter((agent) => agent.with && agent.without).length;
  return n < FEWEST_PEOPLE ? [] : [{ key: 'both_sides', args: { n } }];
}

function callsOf(counts: readonly Count[]): number {
  return counts.reduce((sum, { trials }) => sum + trials, 0);
}
