import type { Count } from '../../../common/statistics/two-proportions.rules.js';

/** The calls of an agent on one side of an event, and how long the agent had been one then. */
export interface SideCalls extends Count {
  /** Months since the agent's first one, each month by its calls. */
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
