import { DomainError } from '../../common/domain-error.js';

/** Most file systems take 255 bytes a name; a path much longer than this is trouble for whoever copies the folder. */
const LONGEST_NAME_BYTES = 255;
const LONGEST_PATH_BYTES = 1_000;
const DEEPEST_PATH = 50;

/**
 * An entry's name as a path below the package: Unicode NFC, slashes only (backslashes are taken for slashes, as unzip does with
 * zips made on Windows), without `.` and empty parts.
 * @throws DomainError `package_name_unsafe` for one that leads out (`..`, absolute, a drive) or holds control characters,
 * `package_name_too_long`
 */
export function entryPath(name: string): string {
  const slashed = name.replaceAll('\\', '/');
  const segments = slashed.split('/').filter((segment) => segment !== '' && segment !== '.');
  const isUnsafe =
    slashed.startsWith('/') || slashed.includes(':') || /\p{Cc}/u.test(name) || segments.includes('..');
  if (isUnsafe || segments.length === 0)
    throw new DomainError('package_name_unsafe', 'rule', { args: shown(name) });
  const path = segments.join('/').normalize('NFC');
  const isLong =
    segments.length > DEEPEST_PATH ||
    bytes(path) > LONGEST_PATH_BYTES ||
    path.split('/').some((part) => bytes(part) > LONGEST_NAME_BYTES);
  if (isLong) throw new DomainError('package_name_too_long', 'rule', { args: shown(name) });
  return path;
}

/** What two names share that some file system or browser would take for one. */
export function collisionKey(path: string): string {
  return path.toLowerCase().normalize('NFC');
}

/** The name of a file as it may stand in a message. */
export function shown(name: string): { file: string } {
  return { file: name.slice(0, 200).replace(/\p{Cc}/gu, '\ufffd') };
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
