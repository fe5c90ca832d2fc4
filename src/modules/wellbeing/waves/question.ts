import type { Direction } from '../results/scale.rules.js';

/** A question with its words in both languages. */
export interface Question {
  key: string;
  dimension: string;
  dimensionLabels: { da: string; en: string };
  kind: 'scale' | 'text';
  scale: { min: number; max: number };
  direction: Direction;
  text: { da: string; en: string };
  labels: { da: string[]; en: string[] };
}
