import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { lookup } from 'mime-types';
import { collisionKey } from './entry-name.rules.js';

/** A file of a package for whoever serves it. */
export interface PackageFile {
  /** Where it is on this machine. */
  path: string;
  /** In bytes. */
  size: number;
  mtime: Date;
  /** Content type, without a charset: pages and scripts of many tools say it themselves, and a header would overrule them. */
  type: string;
}

/**
 * Finds a file in a package's folder by its decoded path. The case of letters does not matter where the exact name is missing,
 * since much content was made on Windows.
 * @returns undefined for what is not there, is hidden, is no plain file, or leads out by whatever way
 */
export async function findPackageFile(folder: string, path: string): Promise<PackageFile | undefined> {
  const segments = path.normalize('NFC').split('/');
  if (segments.some((segment) => !isPlain(segment))) return undefined;
  const root = await realpath(folder).catch(() => undefined);
  if (root === undefined) return undefined;
  return (await openable(root, segments)) ?? searched(root, segments);
}

/** No empty part, no hidden file (with them `.`, `..` and the inventory), nothing that is a path itself. */
function isPlain(segment: string): boolean {
  return segment !== '' && !segment.startsWith('.') && !/[/\\\p{Cc}]/u.test(segment) && segment.length <= 255;
}

async function openable(root: string, segments: readonly string[]): Promise<PackageFile | undefined> {
  const path = join(root, ...segments);
  // A symbolic link anywhere on the way gives another real path.
  if ((await realpath(path).catch(() => undefined)) !== path) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const { size, mtime } = found;
  return { path, size, mtime, type: lookup(path) || 'application/octet-stream' };
}

async function searched(root: string, segments: readonly string[]): Promise<PackageFile | undefined> {
  let alike = [[] as string[]];
  for (const segment of segments) {
    const next = await Promise.all(alike.map((folder) => namesLike(root, folder, segment)));
    alike = next.flat();
  }
  for (const candidate of alike) {
    const file = await openable(root, candidate);
    if (file) return file;
  }
  return undefined;
}

async function namesLike(root: string, folder: readonly string[], wanted: string): Promise<string[][]> {
  const names = await readdir(join(root, ...folder)).catch(() => [] as string[]);
  const key = collisionKey(wanted);
  return names
    .filter((name) => collisionKey(name) === key)
    .sort()
    .map((name) => [...folder, name]);
}
