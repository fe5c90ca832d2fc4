import type { AgentCalls } from '../calls/agent-calls.rules.js';
import { inPoints, tooFew } from '../calls/compared-rates.rules.js';
import { largeEnough } from '../disclosure/large-enough.rules.js';
import {
  unanswered,
  type Figure,
  type Finding,
  type FindingGroup,
  type MunicipalityValue,
} from '../insight.js';
import { FEW_CALLS } from '../../quality/index.js';
import { wilson } from '../../../common/statistics/wilson.rules.js';
import { fisherExact } from '../../../common/statistics/fisher.rules.js';
import { oddsRatio } from '../../../common/statistics/odds-ratio.rules.js';
import { differenceOfProportions, type Count } from '../../../common/statistics/two-proportions.rules.js';

const WITH = 'with_day';
const WITHOUT = 'without_day';

/**
 * How many agents have a high rate, by whether they have attended an onboarding day. Each agent counts once: by the months after the day
 * if there are any, else by those without it. Agents with fewer than 30 calls there are left out, since chance would decide.
 * @param threshold the least rate that is called high, in whole per cent
 */
export function highResolution(agents: readonly AgentCalls[], threshold: number): Finding {
  const counted = agents.flatMap(({ municipalityCode, with: after, without }) => {
    const calls = after ?? without!;
    if (calls.trials < FEW_CALLS) return [];
    const isHigh = calls.successes * 100 >= threshold * calls.trials;
    return [{ municipalityCode, isHigh, hasDay: after !== null, calls }];
  });
  const split = (hasDay: boolean) => counted.filter((one) => one.hasDay === hasDay);
  const missing = tooFew(
    split(true).map(({ calls }) => calls),
    split(false).map(({ calls }) => calls),
  );
  if (missing) return unanswered('share', missing.reason, missing.n);
  const withDay = highOf(split(true));
  const without = highOf(split(false));
  return {
    effect: inPoints(differenceOfProportions(withDay, without)!),
    groupUnit: 'share',
    groups: [shareGroup(WITH, withDay), shareGroup(WITHOUT, without)],
    figures: testsOf(withDay, without),
    notes: [{ key: 'few_calls_left_out', args: { n: agents.length - counted.length, calls: FEW_CALLS } }],
    municipalities: byMunicipality(counted),
    table: {
      columns: ['group', 'agents', 'high', 'share'],
      rows: [
        [WITH, withDay.trials, withDay.successes, withDay.successes / withDay.trials],
        [WITHOUT, without.trials, without.successes, without.successes / without.trials],
      ],
    },
    notAnswerable: null,
  };
}

function highOf(agents: readonly { isHigh: boolean }[]): Count {
  return { successes: agents.filter(({ isHigh }) => isHigh).length, trials: agents.length };
}

function shareGroup(key: string, { successes, trials }: Count): FindingGroup {
  const { rate, low, high } = wilson(successes, trials)!;
  return { key, people: trials, calls: null, value: rate, low, high };
}

function testsOf(withDay: Count, without: Count): Figure[] {
  const odds = oddsRatio(withDay, without);
  const p = { key: 'fisher', value: fisherExact(withDay, without), low: null, high: null };
  return [
    ...(odds
      ? [{ key: 'odds_ratio', value: odds.value, low: odds.low, high: odds.high, unit: 'ratio' as const }]
      : []),
    { ...p, unit: 'probability' },
  ];
}

function byMunicipality(
  agents: readonly { municipalityCode: string; isHigh: boolean }[],
): MunicipalityValue[] {
  const byCode = new Map<string, Count>();
  for (const { municipalityCode, isHigh } of agents) {
    const known = byCode.get(municipalityCode) ?? { successes: 0, trials: 0 };
    known.successes += Number(isHigh);
    known.trials += 1;
    byCode.set(municipalityCode, known);
  }
  const groups = [...byCode].map(([code, high]) => ({ code, high, people: high.trials }));
  return largeEnough(groups)
    .map(({ code, high, people }) => {
      const { rate, low, high: upper } = wilson(high.successes, high.trials)!;
      return { code, people, value: rate, low, high: upper };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
