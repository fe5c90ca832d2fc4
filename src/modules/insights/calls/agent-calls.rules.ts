import type { Count } from '../../../common/statistics/two-proportions.rules.js';

/** The calls of an agent on one side of an event, and how long the agent had been one then. */
export interface SideCalls extends Count {
  /** Months since the agent's first day, in the middle of the months that count. */
  tenure: number;
}

/** An agent's calls without what is asked about, and with it; null where there are none. */
export interface AgentCalls {
  agentId: number;
  /** Where the agent worked last in the period. */
  municipalityCode: string;
  without: SideCalls | null;
  with: SideCalls | null;
  /** Of the e-learning, from 0 to 100, where that is asked for; null where nobody tells. */
  score: number | null;
}

/** By what answered calls are multiplied before resolved ones are added: more than an agent can answer, and exact in a double. */
export const PACKED_BY = 67_108_864;

/** The calls of one period of employment, as the database sums them up; answered and resolved ones in one number. */
export interface CallsRow {
  employmentId: number;
  agentId: number;
  municipalityCode: string;
  callsWithout: number;
  callsWith: number;
  /** Twice the months since the agent's first one. */
  tenureWithout: number | string;
  tenureWith: number | string;
  /** From -1 to 1. */
  score: number | null;
}

/** Puts the rows of agents together, whatever periods of employment they come from. */
export class AgentCallsBook {
  private readonly agents = new Map<number, AgentCalls & { employmentId: number }>();

  /** Takes a row in. */
  add(row: CallsRow): void {
    const without = callsIn(row.callsWithout, row.tenureWithout);
    const withIt = callsIn(row.callsWith, row.tenureWith);
    if (without === null && withIt === null) return;
    const { agentId, municipalityCode, employmentId } = row;
    const known = this.agents.get(agentId);
    if (!known) {
      const score = row.score === null ? null : 100 * row.score;
      this.agents.set(agentId, { agentId, municipalityCode, employmentId, without, with: withIt, score });
      return;
    }
    if (employmentId > known.employmentId) Object.assign(known, { employmentId, municipalityCode });
    known.without = together(known.without, without);
    known.with = together(known.with, withIt);
  }

  /** All agents with calls, in the order of their numbers so that sums come out the same every time. */
  all(): AgentCalls[] {
    return [...this.agents.values()].sort((a, b) => a.agentId - b.agentId);
  }
}

/** Both taken together; each tenure counts by its calls. */
export function together(one: SideCalls | null, other: SideCalls | null): SideCalls | null {
  if (one === null || other === null) return one ?? other;
  const trials = one.trials + other.trials;
  return {
    successes: one.successes + other.successes,
    trials,
    tenure: (one.tenure * one.trials + other.tenure * other.trials) / trials,
  };
}

/** How long somebody has been an agent, in bands. */
export function tenureBand(months: number): 'under_1_year' | '1_to_3_years' | 'over_3_years' {
  if (months < 12) return 'under_1_year';
  return months < 36 ? '1_to_3_years' : 'over_3_years';
}

function callsIn(packed: number, tenure: number | string): SideCalls | null {
  const trials = Math.floor(packed / PACKED_BY);
  if (trials === 0) return null;
  return { successes: packed - trials * PACKED_BY, trials, tenure: Number(tenure) / 2 };
}
