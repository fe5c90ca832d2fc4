import { createReadStream } from 'node:fs';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ByteMeter } from './byte-meter.js';

/** A file of an unpacked package as it was when it was unpacked. */
export interface InventoryFile {
  path: string;
  size: number;
  sha256: string;
}

/** The file that holds the inventory; a hidden name, which no file of a package can have. */
export const INVENTORY = '.vagtklar-inventory.json';

/** What differs from the inventory. */
export interface InventoryCheck {
  missing: string[];
  changed: string[];
}

/** Writes the list of a package's files into its folder. */
export async function writeInventory(folder: string, files: readonly InventoryFile[]): Promise<void> {
  await writeFile(join(folder, INVENTORY), JSON.stringify({ files }), { flag: 'wx' });
}

/** Compares a package's folder with its inventory; without a readable inventory that file is what is missing. */
export async function checkInventory(folder: string): Promise<InventoryCheck> {
  const found: InventoryCheck = { missing: [], changed: [] };
  const files = await readInventory(folder);
  if (!files) return { missing: [INVENTORY], changed: [] };
  for (const file of files) {
    const state = await compare(join(folder, file.path), file);
    if (state !== 'same') found[state].push(file.path);
  }
  return found;
}

async function readInventory(folder: string): Promise<InventoryFile[] | undefined> {
  try {
    return (JSON.parse(await readFile(join(folder, INVENTORY), 'utf8')) as { files: InventoryFile[] }).files;
  } catch {
    return undefined;
  }
}

async function compare(path: string, expected: InventoryFile): Promise<'same' | keyof InventoryCheck> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return 'missing';
  if (found.size !== expected.size) return 'changed';
  return (await hashOf(path)) === expected.sha256 ? 'same' : 'changed';
}

async function hashOf(path: string): Promise<string> {
  const meter = new ByteMeter(Infinity, () => new Error('unreachable'));
  for await (const _ of meter.through(createReadStream(path))) continue;
  return meter.sha256();
}
