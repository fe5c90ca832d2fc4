import type { FieldFault } from '../../../common/domain-error.js';
import type { Choosable, ClosingChoice } from './closing-choice.rules.js';
import { EXCLUSION_REASONS, type ExclusionReason } from './exclusion.rules.js';

/** What the form of a preview says: about the agents of its page, and what was said on the pages before. */
export interface ClosingFormFields {
  /** The agents of the page. */
  shown: readonly number[];
  /** Those of them that have a tick. */
  ticked: readonly number[];
  /** The reasons chosen, by agent. */
  reasons: Readonly<Record<string, string>>;
  /** Taken out on other pages, as `agent:reason`. */
  out: readonly string[];
  /** Taken in on other pages. */
  in: readonly number[];
}

/** The field of an agent's reason. */
export const reasonField = (agentId: number): string => `reason-${agentId}`;

/**
 * What a form says about single agents, with what was said before. Whoever was ticked beforehand and is no longer needs a reason; a
 * tick counts more than a reason that was left standing.
 */
export function choiceOf(
  agents: readonly Choosable[],
  fields: ClosingFormFields,
): ClosingChoice & { faults: FieldFault[] } {
  const shown = new Set(fields.shown);
  const ticked = new Set(fields.ticked);
  const excluded = fields.out.map(asExcluded).filter((one) => one !== null && !shown.has(one.agentId));
  const choice = {
    excluded: excluded as ClosingChoice['excluded'][number][],
    included: fields.in.filter((agentId) => !shown.has(agentId)),
    faults: [] as FieldFault[],
  };
  for (const { agentId, untickedFor } of agents) {
    if (!shown.has(agentId)) continue;
    const reason = asReason(fields.reasons[reasonField(agentId)]);
    if (ticked.has(agentId)) {
      if (untickedFor !== null) choice.included.push(agentId);
    } else if (reason !== null) choice.excluded.push({ agentId, reason });
    else if (untickedFor === null)
      choice.faults.push({ field: reasonField(agentId), code: 'exclusion_reason' });
  }
  return choice;
}

function asExcluded(text: string): { agentId: number; reason: ExclusionReason } | null {
  const [agentId, reason] = text.split(':');
  const known = asReason(reason);
  return known && /^\d{1,10}$/.test(agentId!) ? { agentId: Number(agentId), reason: known } : null;
}

function asReason(text: string | undefined): ExclusionReason | null {
  return EXCLUSION_REASONS.find((reason) => reason === text) ?? null;
}
