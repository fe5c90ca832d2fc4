import { open } from 'node:fs/promises';

/** So many at once let the file system put several into one commit of its journal. */
const AT_ONCE = 16;

/** Brings files and folders to the disk (fsync), so that a loss of power after an answer takes nothing back. */
export async function makeDurable(paths: readonly string[]): Promise<void> {
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) await syncOne(path);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function syncOne(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
