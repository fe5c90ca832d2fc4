import { DomainError } from '../../common/domain-error.js';
import { collisionKey, entryPath, shown } from './entry-name.rules.js';
import { judgeFile } from './file-types.rules.js';
import type { PackageLimits } from './package-limits.js';

/** An entry of a zip as its central directory states it (APPNOTE.TXT 6.3 §4.3.12). */
export interface ZipEntryFacts {
  name: string;
  compressedSize: number;
  uncompressedSize: number;
  externalFileAttributes: number;
  versionMadeBy: number;
  flags: number;
  compressionMethod: number;
  relativeOffsetOfLocalHeader: number;
  /** Where its data begin, as the local header says. */
  dataStart: number;
}

/** A file that is to be unpacked. */
export interface PlannedFile {
  /** Index of its entry. */
  entry: number;
  /** Below the package's root. */
  path: string;
  size: number;
}

/** What is to be unpacked. */
export interface UnpackPlan {
  files: PlannedFile[];
  /** The manifest's path, which is spelled in more than one way. */
  manifest: string;
  sizeBytes: number;
  /** Files that are left out. */
  skipped: number;
}

const ENCRYPTED_FLAGS = 0x1 | 0x40 | 0x2000;
const STORED = 0;
const DEFLATED = 8;
const UNIX_TYPE = 0xf000;
const UNIX_FOLDER = 0x4000;
const UNIX_FILE = 0x8000;
const DOS_FOLDER = 0x10;

/**
 * Decides from the list of entries alone whether a zip may be unpacked, and to what. Everything is checked, also entries that are
 * left out in the end; the sizes are only what the zip says, so unpacking counts again.
 * @throws DomainError of the kind `rule`: `package_empty`, `package_too_many_files`, `package_encrypted`,
 * `package_method_unknown`, `package_special_file`, `package_name_unsafe`, `package_name_too_long`, `package_file_type`,
 * `package_name_twice`, `package_name_case`, `package_file_and_folder`, `package_file_too_large`, `package_unpacked_too_large`,
 * `package_bomb`, `package_overlapping`, `manifest_missing`
 */
export function planUnpacking(
  entries: readonly ZipEntryFacts[],
  zipBytes: number,
  limits: PackageLimits,
): UnpackPlan {
  if (entries.length > limits.entries) throw tooManyFiles(limits);
  entries.forEach((entry) => checkForm(entry));
  const named = entries.map((entry, index) => ({ entry: index, facts: entry, path: entryPath(entry.name) }));
  checkSizes(entries, zipBytes, limits);
  checkOverlaps(entries);
  const files = named.filter(({ facts }) => !isFolder(facts));
  const kept = files.filter(({ facts, path }) => isKept(facts.name, path));
  checkCollisions(kept, named);
  const { root, manifest } = findRoot(kept.map(({ path }) => path));
  return {
    files: kept.map(({ entry, facts, path }) => ({
      entry,
      path: path.slice(root.length),
      size: facts.uncompressedSize,
    })),
    manifest,
    sizeBytes: kept.reduce((sum, { facts }) => sum + facts.uncompressedSize, 0),
    skipped: files.length - kept.length,
  };
}

/** Also asked of the number of entries that the zip states, before any is read. */
export function tooManyFiles(limits: PackageLimits): DomainError {
  return new DomainError('package_too_many_files', 'rule', { args: { maximum: limits.entries } });
}

function checkForm(entry: ZipEntryFacts): void {
  const args = shown(entry.name);
  if (entry.flags & ENCRYPTED_FLAGS) throw new DomainError('package_encrypted', 'rule', { args });
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    throw new DomainError('package_method_unknown', 'rule', { args });
  // Whatever system the entry says it was made on: only links, devices and the like have such a type.
  const type = (entry.externalFileAttributes >>> 16) & UNIX_TYPE;
  if (type !== 0 && type !== UNIX_FILE && type !== UNIX_FOLDER)
    throw new DomainError('package_special_file', 'rule', { args });
}

function isFolder({ name, externalFileAttributes }: ZipEntryFacts): boolean {
  if (/[/\\]$/.test(name)) return true;
  const type = (externalFileAttributes >>> 16) & UNIX_TYPE;
  return type === UNIX_FOLDER || (type === 0 && (externalFileAttributes & DOS_FOLDER) !== 0);
}

function isKept(name: string, path: string): boolean {
  const verdict = judgeFile(path);
  if (verdict === 'refused') throw new DomainError('package_file_type', 'rule', { args: shown(name) });
  return verdict === 'kept';
}

function checkSizes(entries: readonly ZipEntryFacts[], zipBytes: number, limits: PackageLimits): void {
  let total = 0;
  for (const { name, compressedSize, uncompressedSize } of entries) {
    if (uncompressedSize > limits.fileBytes)
      throw new DomainError('package_file_too_large', 'rule', { args: shown(name) });
    if (uncompressedSize > Math.max(limits.ratioFloorBytes, compressedSize * limits.ratio))
      throw new DomainError('package_bomb', 'rule', { args: shown(name) });
    total += uncompressedSize;
  }
  if (total > limits.unpackedBytes) throw unpackedTooLarge(limits);
  if (total > Math.max(limits.ratioFloorBytes, zipBytes * limits.ratio))
    throw new DomainError('package_bomb', 'rule', { args: { file: '*' } });
}

/** Also thrown when unpacking shows more than the entries said. */
export function unpackedTooLarge(limits: PackageLimits): DomainError {
  const maximum = Math.floor(limits.unpackedBytes / 1024 / 1024);
  return new DomainError('package_unpacked_too_large', 'rule', { args: { maximum } });
}

/**
 * No two entries may share bytes: that is how a small zip holds the same large file a thousand times over (D. Fifield, "A better
 * zip bomb", WOOT '19).
 */
function checkOverlaps(entries: readonly ZipEntryFacts[]): void {
  const byOffset = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader);
  let end = 0;
  for (const { name, relativeOffsetOfLocalHeader, dataStart, compressedSize } of byOffset) {
    if (relativeOffsetOfLocalHeader < end)
      throw new DomainError('package_overlapping', 'rule', { args: shown(name) });
    end = dataStart + compressedSize;
  }
}

type Named = { path: string; facts: ZipEntryFacts };

/** Of the files that are kept: one name once, also where case or composition is all that tells two apart, and no file is a folder. */
function checkCollisions(kept: readonly Named[], all: readonly Named[]): void {
  const folders = new Set<string>();
  for (const { path, facts } of all) addFolders(folders, collisionKey(path), isFolder(facts));
  const taken = new Map<string, string>();
  for (const { path, facts } of kept) {
    const key = collisionKey(path);
    const other = taken.get(key);
    if (other === path) throw new DomainError('package_name_twice', 'rule', { args: shown(facts.name) });
    if (other !== undefined) throw new DomainError('package_name_case', 'rule', { args: shown(facts.name) });
    if (folders.has(key))
      throw new DomainError('package_file_and_folder', 'rule', { args: shown(facts.name) });
    taken.set(key, path);
  }
}

function addFolders(folders: Set<string>, key: string, itself: boolean): void {
  let folder = itself ? key : key.slice(0, Math.max(0, key.lastIndexOf('/')));
  while (folder !== '' && !folders.has(folder)) {
    folders.add(folder);
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')));
  }
}

/** The manifest stands at the root, or in the one top folder that holds everything: zipping that folder is a common slip. */
function findRoot(paths: readonly string[]): { root: string; manifest: string } {
  if (paths.length === 0) throw new DomainError('package_empty', 'rule');
  const top = paths[0]!.slice(0, paths[0]!.indexOf('/') + 1);
  const roots = paths.every((path) => path.startsWith(top)) ? ['', top] : [''];
  for (const root of roots) {
    const manifest = paths.find((path) => path.toLowerCase() === `${root}imsmanifest.xml`.toLowerCase());
    if (manifest !== undefined) return { root, manifest: manifest.slice(root.length) };
  }
  throw new DomainError('manifest_missing', 'rule');
}
