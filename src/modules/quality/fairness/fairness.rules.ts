import { addMonths, type Month } from '../month.rules.js';
import { isBelow, streakAt, type MonthFigure, type QualityPolicy } from '../streak.rules.js';

/** What is simulated. */
export interface FairnessQuestion {
  /** The rate at which the agents truly resolve calls, above 0 and below 1. */
  trueRate: number;
  callsAMonth: number;
  months: number;
  /** So many agents. */
  agents: number;
  policy: QualityPolicy;
}

/** Numbers that look like chance and are the same for the same seed. */
export type Chance = () => number;

const FIRST: Month = '2000-01';

/**
 * How large a share of agents the rule would hit at least once in so many months by chance alone. Each call is resolved at once
 * with the true rate, independently of the others, so how many are in a month is drawn from the binomial distribution; the rule is
 * the one that is in force.
 * @param chance gives numbers from 0 up to, but not including, 1
 */
export function shareHit(question: FairnessQuestion, chance: Chance): number {
  const upTo = cumulated(question.callsAMonth, question.trueRate);
  let hit = 0;
  for (let agent = 0; agent < question.agents; agent += 1)
    if (isEverHit(question, () => drawn(upTo, chance()))) hit += 1;
  return hit / question.agents;
}

function isEverHit(question: FairnessQuestion, resolvedInAMonth: () => number): boolean {
  const { callsAMonth, months, policy } = question;
  const resolved: number[] = [];
  let below = 0;
  for (let n = 0; n < months; n += 1) {
    resolved.push(resolvedInAMonth());
    below = isBelow({ resolved: resolved[n]!, answered: callsAMonth }, policy.threshold) ? below + 1 : 0;
    // The rule takes its time, and can hit nobody with fewer months in a row.
    if (below >= policy.months && isHit(resolved, question)) return true;
  }
  return false;
}

/** Whether the rule hits somebody in the last of the months. */
function isHit(resolved: readonly number[], { callsAMonth: answered, policy }: FairnessQuestion): boolean {
  const figures = new Map<Month, MonthFigure>(
    resolved.map((one, n) => [addMonths(FIRST, n), { answered, resolved: one, warmTransferred: null }]),
  );
  const known = {
    figures,
    imported: new Set(figures.keys()),
    period: { startOn: `${FIRST}-01`, endOn: null },
  };
  const last = addMonths(FIRST, resolved.length - 1);
  return streakAt(last, known, { ...policy, appliesFrom: FIRST }).outcome === 'hit';
}

/** How likely it is that so many calls are resolved, or fewer: the binomial distribution, in logarithms since its ends are tiny. */
function cumulated(calls: number, rate: number): number[] {
  const odds = Math.log(rate / (1 - rate));
  const upTo: number[] = [];
  let term = calls * Math.log(1 - rate);
  let sum = 0;
  for (let resolved = 0; resolved <= calls; resolved += 1) {
    sum += Math.exp(term);
    upTo.push(sum);
    term += Math.log((calls - resolved) / (resolved + 1)) + odds;
  }
  return upTo;
}

/** The smallest number that is likelier than the lot; all calls where the sum falls short of one by rounding. */
function drawn(upTo: readonly number[], lot: number): number {
  const resolved = upTo.findIndex((likelihood) => likelihood > lot);
  return resolved === -1 ? upTo.length - 1 : resolved;
}

/** A generator with a fixed beginning (mulberry32), so that the page shows the same figures every time. */
export function seeded(seed: number): Chance {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
