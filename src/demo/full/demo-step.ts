import type { Tx } from '../../database/unit-of-work.js';

/** A part of a filling that is written in one unit of work. */
export interface DemoStep {
  name: string;
  work: (tx: Tx) => Promise<void>;
}
