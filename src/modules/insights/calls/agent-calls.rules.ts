import type { Count } from '../statistics/two-proportions.rules.js';

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
}

/** The calls of one period of employment on one side, as the database sums them up. */
export interface CallsRow {
  agentId: number;
  municipalityCode: string;
  employmentId: number;
  answered: number | string;
  resolved: number | string;
  tenure: number | string;
}

/** Puts the rows of agents together, whatever periods of employment they come from. */
export class AgentCallsBook {
  private readonly agents = new Map<number, AgentCalls & { employmentId: number }>();

  /** Takes a row in. */
  add(side: 'without' | 'with', row: CallsRow): void {
    const trials = Number(row.answered);
    if (trials === 0) return;
    const { agentId, municipalityCode, employmentId } = row;
    const agent = this.agents.get(agentId) ?? {
      agentId,
      municipalityCode,
      employmentId,
      without: null,
      with: null,
    };
    this.agents.set(agentId, agent);
    if (employmentId > agent.employmentId) Object.assign(agent, { employmentId, municipalityCode });
    const calls = { successes: Number(row.resolved), trials, tenure: Number(row.tenure) };
    agent[side] = together(agent[side], calls);
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
