import { setImmediate as otherWork } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { wilson, type RateInterval } from '../../../common/statistics/wilson.rules.js';
import type { QualityPolicy } from '../streak.rules.js';
import { seeded, shareHit, type FairnessQuestion } from './fairness.rules.js';

/** Agents who are truly above the threshold of the steering group, and agents who are truly below it. */
export const TRUE_RATES = [0.55, 0.45] as const;

/** So many calls the agents take a month. */
export const CALLS_A_MONTH = [15, 30, 60, 120] as const;

/** So many calls a month may need to count; 0 for none. */
export const MINIMA = [0, 20, 30, 50] as const;

/** For so many months each agent is followed. */
export const STUDY_MONTHS = 12;

/** So many agents are drawn for each answer. */
export const STUDY_AGENTS = 4_000;

const SEED = 751;
/** So many agents are reckoned at a stretch, some milliseconds, before anything else gets its turn. */
const AT_A_STRETCH = 50;

/** How large a share the rule hits within a year; the interval tells how exact the drawing of lots is. */
export interface FairnessCell extends RateInterval {
  trueRate: number;
  callsAMonth: number;
  minimumCalls: number;
}

type Rule = Pick<QualityPolicy, 'threshold' | 'months' | 'watchMonths'>;

/** Tries the rule on agents whose true rate is known, and so shows whom it hits by chance. */
@Injectable()
export class FairnessStudy {
  private known: { rule: string; cells: Promise<FairnessCell[]> } | undefined;

  /**
   * Every combination of true rate, calls and minimum under the policy's threshold and months. The same policy gives the same
   * answers, at once when it was asked for before.
   */
  of({ threshold, months, watchMonths }: Rule): Promise<FairnessCell[]> {
    const rule = { threshold, months, watchMonths };
    const name = JSON.stringify(rule);
    if (this.known?.rule !== name) this.known = { rule: name, cells: study(rule) };
    return this.known.cells;
  }
}

async function study(rule: Rule): Promise<FairnessCell[]> {
  const cells: FairnessCell[] = [];
  for (const trueRate of TRUE_RATES)
    for (const callsAMonth of CALLS_A_MONTH) {
      const shares = new Map<boolean, RateInterval>();
      for (const minimumCalls of MINIMA) {
        // All that a minimum changes is whether such a month counts.
        const isEnough = callsAMonth >= minimumCalls;
        const share = shares.get(isEnough) ?? (await answer({ trueRate, callsAMonth, minimumCalls }, rule));
        shares.set(isEnough, share);
        cells.push({ trueRate, callsAMonth, minimumCalls, ...share });
      }
    }
  return cells;
}

async function answer(
  { trueRate, callsAMonth, minimumCalls }: Pick<FairnessCell, 'trueRate' | 'callsAMonth' | 'minimumCalls'>,
  rule: Rule,
): Promise<RateInterval> {
  const question: FairnessQuestion = {
    trueRate,
    callsAMonth,
    months: STUDY_MONTHS,
    agents: AT_A_STRETCH,
    policy: { ...rule, minimumCalls, warmTransferCounts: false, appliesFrom: '2000-01' },
  };
  // Neither the order of the questions nor how many there are changes an answer.
  const chance = seeded(SEED + Math.round(trueRate * 100) * 1_000 + callsAMonth);
  let hit = 0;
  for (let asked = 0; asked < STUDY_AGENTS; asked += AT_A_STRETCH) {
    hit += Math.round(shareHit(question, chance) * AT_A_STRETCH);
    await otherWork();
  }
  return wilson(hit, STUDY_AGENTS)!;
}
