import { parseArgs } from 'node:util';
import type { z } from 'zod';

/** A command of `npm run cli`. */
export interface Command {
  name: string;
  /** The line and sentence that the usage text shows. */
  usage: string;
  /** @returns the exit code */
  run: (args: string[]) => Promise<number>;
}

/** Something is wrong with how a command was called; the exit code is 2 and the usage is shown. */
export class UsageError extends Error {}

/** Makes a command of a schema whose fields are its `--options`, all of them texts. */
export function command<S extends z.ZodObject>(
  name: string,
  usage: string,
  schema: S,
  work: (options: z.output<S>) => Promise<number>,
): Command {
  return { name, usage, run: async (args) => work(optionsOf(schema, args)) };
}

function optionsOf<S extends z.ZodObject>(schema: S, args: string[]): z.output<S> {
  const parsed = schema.safeParse(textsOf(Object.keys(schema.shape), args));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    parsed.error.issues.map((issue) => `--${issue.path.join('.')}: ${issue.message}`).join('\n'),
  );
}

function textsOf(names: string[], args: string[]): Record<string, unknown> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
