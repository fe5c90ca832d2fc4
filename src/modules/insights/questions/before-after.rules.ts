import type { AgentCalls, SideCalls } from '../calls/agent-calls.rules.js';
import { inPoints, rateGroup, ratesByMunicipality, tooFew } from '../calls/compared-rates.rules.js';
import { FEWEST_PEOPLE, unanswered, type Finding } from '../insight.js';
import { changeWithin } from '../../../common/statistics/before-after.rules.js';

type SeenTwice = AgentCalls & { without: SideCalls; with: SideCalls };

/** How the same agents' rates changed from the months before their onboarding day to those after it. */
export function beforeAfterOnboarding(agents: readonly AgentCalls[]): Finding {
  const both = agents.filter((agent): agent is SeenTwice => agent.without !== null && agent.with !== null);
  if (both.length < FEWEST_PEOPLE) return unanswered('share', 'few_people', both.length);
  const before = both.map((agent) => agent.without);
  const after = both.map((agent) => agent.with);
  const missing = tooFew(after, before);
  const { change } = changeWithin(both.map((agent) => ({ before: agent.without, after: agent.with })));
  if (missing || change === null) return unanswered('share', 'few_calls', missing?.n ?? 0);
  return {
    effect: inPoints(change),
    groupUnit: 'share',
    groups: [rateGroup('after_day', after), rateGroup('before_day', before)],
    figures: [],
    notes: [{ key: 'one_side_only', args: { n: agents.length - both.length } }],
    municipalities: ratesByMunicipality(both),
    table: weighed(both),
    notAnswerable: null,
  };
}

/** Each agent's change weighs `b a / (b + a)` for b calls before and a after: the effect is the difference of both weighed rates. */
function weighed(agents: readonly SeenTwice[]): Finding['table'] {
  const weight = ({ without, with: after }: SeenTwice) =>
    (without.trials * after.trials) / (without.trials + after.trials);
  const sum = (of: (agent: SeenTwice) => number) => agents.reduce((total, agent) => total + of(agent), 0);
  const total = sum(weight);
  const row = (key: string, side: 'without' | 'with') => {
    const rate = (agent: SeenTwice) => agent[side].successes / agent[side].trials;
    const weighedRate = sum((agent) => weight(agent) * rate(agent)) / total;
    return [
      key,
      agents.length,
      sum((agent) => agent[side].trials),
      sum((agent) => agent[side].successes),
      weighedRate,
    ];
  };
  return {
    columns: ['group', 'agents', 'calls', 'resolved', 'weighed_rate'],
    rows: [row('after_day', 'with'), row('before_day', 'without')],
  };
}
