import { addMonths, type Month } from '../month.rules.js';
import { streakAt, type MonthFigure, type QualityPolicy } from '../streak.rules.js';

/** What is simulated. */
export interface FairnessQuestion {
  /** The rate at which the agents truly resolve calls, between 0 and 1. */
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
 * with the true rate, independently of the others; the rule is the one that is in force.
 * @param chance gives numbers from 0 up to, but not including, 1
 */
export function shareHit(question: FairnessQuestion, chance: Chance): number {
  let hit = 0;
  for (let agent = 0; agent < question.agents; agent += 1) if (isEverHit(question, chance)) hit += 1;
  return hit / question.agents;
}

function isEverHit({ trueRate, callsAMonth, months, policy }: FairnessQuestion, chance: Chance): boolean {
  const figures = new Map<Month, MonthFigure>();
  const imported = new Set<Month>();
  const period = { startOn: `${FIRST}-01`, endOn: null };
  for (let n = 0; n < months; n += 1) {
    const month = addMonths(FIRST, n);
    imported.add(month);
    figures.set(month, {
      answered: callsAMonth,
      resolved: resolvedOf(callsAMonth, trueRate, chance),
      warmTransferred: null,
    });
    const { outcome } = streakAt(month, { figures, imported, period }, { ...policy, appliesFrom: FIRST });
    if (outcome === 'hit') return true;
  }
  return false;
}

function resolvedOf(calls: number, rate: number, chance: Chance): number {
  let resolved = 0;
  for (let call = 0; call < calls; call += 1) if (chance() < rate) resolved += 1;
  return resolved;
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
