import type { FieldFault } from '../../../common/domain-error.js';
import type { AssessedOutcome } from './assessment.rules.js';
import type { ExclusionReason } from './exclusion.rules.js';

/** An agent as far as a choice is about it. */
export interface Choosable {
  agentId: number;
  agent: { personId: number };
  outcome: AssessedOutcome;
  /** Why the agent is left out unless somebody says otherwise; null for one that is taken in. */
  untickedFor: ExclusionReason | null;
}

/** What somebody says about single agents; everybody else stays as ticked. */
export interface ClosingChoice {
  /** Taken out, with the reason. */
  excluded: readonly { agentId: number; reason: ExclusionReason }[];
  /** Taken in although not ticked beforehand. */
  included: readonly number[];
}

/** Whom a closing takes in, and whom it leaves out and why. */
export interface Chosen {
  taken: number[];
  left: { agentId: number; reason: ExclusionReason }[];
  faults: FieldFault[];
}

/**
 * What becomes of every hit: a case, or a reason why not. One that was not ticked beforehand and that nobody takes in is left out for
 * what it was not ticked for, unless another reason is given. Only hits can be chosen; for a follow-up there is nothing to choose. Nobody
 * takes out oneself.
 */
export function chosenOf(
  agents: readonly Choosable[],
  { excluded, included }: ClosingChoice,
  byPersonId: number,
): Chosen {
  const outcomes = new Map(agents.map(({ agentId, outcome }) => [agentId, outcome]));
  const own = agents.find(({ agent }) => agent.personId === byPersonId)?.agentId;
  const reasons = new Map(excluded.map(({ agentId, reason }) => [agentId, reason]));
  const wanted = new Set(included);
  const chosen: Chosen = { taken: [], left: [], faults: [] };
  for (const { agentId, outcome, untickedFor } of agents) {
    if (outcome !== 'hit') continue;
    const reason = reasons.get(agentId) ?? (wanted.has(agentId) ? null : untickedFor);
    if (reason === null) chosen.taken.push(agentId);
    else chosen.left.push({ agentId, reason });
  }
  const isNone = (agentId: number) => !['hit', 'follow_up'].includes(outcomes.get(agentId) ?? 'none');
  for (const [index, { agentId }] of excluded.entries())
    if (isNone(agentId)) chosen.faults.push({ field: `excluded.${index}.agentId`, code: 'not_hit' });
    else if (agentId === own) chosen.faults.push({ field: `excluded.${index}.agentId`, code: 'own_case' });
  for (const [index, agentId] of included.entries())
    if (isNone(agentId)) chosen.faults.push({ field: `included.${index}`, code: 'not_hit' });
    else if (reasons.has(agentId)) chosen.faults.push({ field: `included.${index}`, code: 'in_and_out' });
  return chosen;
}
