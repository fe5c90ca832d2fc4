import { wilson } from './wilson.rules.js';
import type { Estimate } from './estimate.rules.js';
import { fairCoinAtMost } from './distributions.rules.js';

/** The same people asked two things that are yes or no: how many said what. */
export interface PairedCounts {
  both: number;
  onlyFirst: number;
  onlySecond: number;
  neither: number;
}

/** What McNemar's test says of those whose two answers differ. */
export interface McNemar {
  exact: number;
  midP: number;
}

/**
 * The share of yes to the first less that to the second in the same people, with an interval of 95 % (Newcombe, Improved
 * confidence intervals for the difference between binomial proportions based on paired data, Statistics in Medicine 17 (1998)
 * 2635–2650, method 10). Where fewer than about ten answer differently it is rather too wide than too narrow.
 * @returns null when nobody was asked
 */
export function pairedDifference(counts: PairedCounts): Estimate | null {
  const { both, onlyFirst, onlySecond, neither } = counts;
  const people = both + onlyFirst + onlySecond + neither;
  const first = wilson(both + onlyFirst, people);
  const second = wilson(both + onlySecond, people);
  if (first === null || second === null) return null;
  const value = (onlyFirst - onlySecond) / people;
  const phi = correctedPhi(counts);
  return {
    value,
    low: value - joined(first.rate - first.low, second.high - second.rate, phi),
    high: value + joined(second.rate - second.low, first.high - first.rate, phi),
  };
}

/** The length of two lengths taken together, for estimates that go together as much as phi says. */
function joined(one: number, other: number, phi: number): number {
  return Math.sqrt(Math.max(0, one * one - 2 * phi * one * other + other * other));
}

/** How much both answers go together, brought closer to nothing where it is positive (Newcombe 1998, method 10). */
function correctedPhi({ both, onlyFirst, onlySecond, neither }: PairedCounts): number {
  const margins = (both + onlyFirst) * (onlySecond + neither) * (both + onlySecond) * (onlyFirst + neither);
  if (margins === 0) return 0;
  const product = both * neither - onlyFirst * onlySecond;
  const people = both + onlyFirst + onlySecond + neither;
  return (product > 0 ? Math.max(0, product - people / 2) : product) / Math.sqrt(margins);
}

/**
 * McNemar's test, two-sided, exact and as mid-p, which is less cautious and as a rule nearer the level promised (McNemar 1947;
 * Fagerland, Lydersen & Laake, The McNemar test for binary matched-pairs data, BMC Medical Research Methodology 13:91 (2013)).
 * @returns 1 and 1 when nobody answered differently
 */
export function mcnemar({ onlyFirst, onlySecond }: Pick<PairedCounts, 'onlyFirst' | 'onlySecond'>): McNemar {
  const different = onlyFirst + onlySecond;
  if (different === 0) return { exact: 1, midP: 1 };
  const fewer = Math.min(onlyFirst, onlySecond);
  const atMost = fairCoinAtMost(fewer, different);
  const exactly = fewer === 0 ? atMost : atMost - fairCoinAtMost(fewer - 1, different);
  if (onlyFirst === onlySecond) return { exact: 1, midP: 1 - exactly / 2 };
  return { exact: Math.min(1, 2 * atMost), midP: 2 * atMost - exactly };
}
