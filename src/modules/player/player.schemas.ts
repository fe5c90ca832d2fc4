import { z } from 'zod';

const MOST_UNITS = 500;
const word = z.string().max(60).default('unknown');

/** A message of the player: scorm-again's commit with common fields, and what the player adds. */
export const playerMessage = z.object({
  unit: z.number().int().min(0).max(MOST_UNITS),
  sequence: z.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  isFinal: z.boolean().default(false),
  isPartial: z.boolean().default(false),
  openSeconds: z.number().min(0).max(1e7).default(0),
  payload: z.object({
    completionStatus: word,
    successStatus: word,
    runtimeData: z.object({ cmi: z.record(z.string(), z.unknown()) }),
  }),
});
