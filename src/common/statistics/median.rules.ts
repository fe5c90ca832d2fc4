import { fairCoinAtMost } from './distributions.rules.js';
import type { Estimate } from './estimate.rules.js';

/** Fewer than this cannot hold the median in 95 of 100 cases, however wide the interval. */
const FEWEST = 6;
const LEVEL = 0.95;

/** The rank of the lower end and how much of the way to the next rank may be gone, from 0 to 1. */
interface Ends {
  rank: number;
  share: number;
}

/**
 * The median with an interval of 95 % from the order of the values alone, whatever their distribution, interpolated between
 * the two neighbouring ranks (Hettmansperger & Sheather, Confidence intervals based on interpolated order statistics,
 * Statistics & Probability Letters 4 (1986) 75–79).
 *
 * What has not ended yet is given as Infinity: only its place in the order counts, so those still waiting are not left out. An
 * end, or the median itself, is then Infinity where it is not reached.
 * @returns null for fewer than six values
 */
export function medianInterval(values: readonly number[]): Estimate | null {
  if (values.length < FEWEST) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const { rank, share } = endsFor(sorted.length);
  const last = sorted.length - 1;
  return {
    value: (sorted[Math.floor(last / 2)]! + sorted[Math.ceil(last / 2)]!) / 2,
    low: between(sorted[rank - 1]!, sorted[rank]!, share),
    high: between(sorted[last - rank + 1]!, sorted[last - rank]!, share),
  };
}

/** The greatest rank whose interval still covers enough, and how far towards the next one the ends may go. */
function endsFor(n: number): Ends {
  let rank = Math.max(1, Math.floor(n / 2 - 1.2 * Math.sqrt(n)));
  while (coverage(rank + 1, n) >= LEVEL) rank += 1;
  const wide = coverage(rank, n);
  const narrow = coverage(rank + 1, n);
  const excess = (wide - LEVEL) / (wide - narrow);
  return { rank, share: ((n - rank) * excess) / (rank + (n - 2 * rank) * excess) };
}

/** How likely the median lies between the value of this rank and that of the same rank from above. */
function coverage(rank: number, n: number): number {
  return 1 - 2 * fairCoinAtMost(rank - 1, n);
}

function between(outer: number, inner: number, share: number): number {
  return outer === Infinity || inner === Infinity ? outer : outer + share * (inner - outer);
}
