import type { FieldFault } from '../../../common/domain-error.js';
import type { AssessedOutcome } from './assessment.rules.js';
import type { ExclusionReason } from './exclusion.rules.js';

/** An agent as far as a choice is about it. */
export interface Choosable {
  agentId: number;
  outcome: AssessedOutcome;
  isTicked: boolean;
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
 * too few calls, unless a reason is given. Only hits can be chosen; for a follow-up there is nothing to choose.
 */
export function chosenOf(agents: readonly Choosable[], { excluded, included }: ClosingChoice): Chosen {
  const outcomes = new Map(agents.map(({ agentId, outcome }) => [agentId, outcome]));
  const reasons = new Map(excluded.map(({ agentId, reason }) => [agentId, reason]));
  const wanted = new Set(included);
  const chosen: Chosen = { taken: [], left: [], faults: [] };
  for (const { agentId, outcome, isTicked } of agents) {
    if (outcome !== 'hit') continue;
    const reason = reasons.get(agentId);
    if (reason === undefined && (isTicked || wanted.has(agentId))) chosen.taken.push(agentId);
    else chosen.left.push({ agentId, reason: reason ?? 'too_few_calls' });
  }
  const isNone = (agentId: number) => !['hit', 'follow_up'].includes(outcomes.get(agentId) ?? 'none');
  for (const [index, { agentId }] of excluded.entries())
    if (isNone(agentId)) chosen.faults.push({ field: `excluded.${index}.agentId`, code: 'not_hit' });
  for (const [index, agentId] of included.entries())
    if (isNone(agentId)) chosen.faults.push({ field: `included.${index}`, code: 'not_hit' });
    else if (reasons.has(agentId)) chosen.faults.push({ field: `included.${index}`, code: 'in_and_out' });
  return chosen;
}
