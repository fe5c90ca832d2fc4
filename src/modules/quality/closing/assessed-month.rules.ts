import type { Month } from '../month.rules.js';
import type { PolicyInForce } from '../policy/quality-policies.js';
import type { Assessment } from './assessment.rules.js';
import type { AgentHistory } from './figure-histories.js';

/** An agent with what the month means for it. */
export interface AssessedAgent extends Assessment {
  agentId: number;
  agent: AgentHistory;
}

/** A month as the rule sees it now. */
export interface AssessedMonth {
  month: Month;
  policy: PolicyInForce;
  isImported: boolean;
  /** Hits, follow-ups and the watch list, in the order in which they are shown. */
  agents: AssessedAgent[];
  /** Agents of whom it cannot be told, because a month is missing. */
  unknown: AssessedAgent[];
  /** The months that are missing, earliest first. */
  missingMonths: Month[];
}

const ORDER = { hit: 0, follow_up: 1, watch: 2, unknown: 3, none: 4 };

/** By what the agents of a month are sorted: hits first, then by name. */
export function keyOf({ outcome, agent, agentId }: AssessedAgent): [number, string, number] {
  return [ORDER[outcome], agent.sortKey, agentId];
}

/** Compares two keys of `keyOf`. */
export function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const place = a.findIndex((part, index) => part !== b[index]);
  if (place < 0) return 0;
  return a[place]! < b[place]! ? -1 : 1;
}
