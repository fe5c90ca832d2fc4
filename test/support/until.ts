import { setTimeout as wait } from 'node:timers/promises';

/** Asks every few milliseconds until the answer is yes; fails after two minutes, which no machine should need. */
export async function until(
  what: string,
  isSo: () => Promise<boolean> | boolean,
  everyMs = 50,
): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited two minutes in vain until ${what}.`);
    await wait(everyMs);
  }
}
