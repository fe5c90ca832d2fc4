/** Which end of a scale is the good one; `neutral` where neither is. */
export const DIRECTIONS = ['higher', 'lower', 'neutral'] as const;

/** Which end of a scale is the good one. */
export type Direction = (typeof DIRECTIONS)[number];

/** The scale a question was asked on. */
export interface Scale {
  min: number;
  max: number;
  direction: Direction;
}

/** What is known of a number of scores. */
export interface Summary {
  answers: number;
  mean: number;
  /** Standard deviation of the sample (n − 1); null for a single score. */
  deviation: number | null;
}

/**
 * A value of a scale as points from 0 to 100, of which 100 is the good end (the linear rescaling that COPSOQ uses as well: Burr et al.
 * 2019). A neutral scale keeps its own direction.
 */
export function toPoints(value: number, { min, max, direction }: Scale): number {
  const share = (value - min) / (max - min);
  return 100 * (direction === 'lower' ? 1 - share : share);
}

/** Points as a value of the scale. */
export function fromPoints(points: number, { min, max, direction }: Scale): number {
  const share = direction === 'lower' ? 1 - points / 100 : points / 100;
  return min + share * (max - min);
}

/** A distance on the scale, such as a standard deviation, in points. */
export function distanceInPoints(distance: number, { min, max }: Scale): number {
  return (100 * distance) / (max - min);
}

/** Number, mean and standard deviation; null for no scores. */
export function summaryOf(scores: readonly number[]): Summary | null {
  if (scores.length === 0) return null;
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return {
    answers: scores.length,
    mean,
    deviation: scores.length > 1 ? Math.sqrt(squares / (scores.length - 1)) : null,
  };
}
