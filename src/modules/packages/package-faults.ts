import { DomainError } from '../../common/domain-error.js';

const DISK_FULL = new Set(['ENOSPC', 'EDQUOT']);

/**
 * What to tell of an error met on the way of a package: a refusal stays as it is, a full disk is told as such, and what the disk
 * itself reports stays an error of ours. All else comes from the bytes that were sent and is the given refusal.
 */
export function asRefusal(error: unknown, otherwise: DomainError): unknown {
  if (error instanceof DomainError) return error;
  const { code, syscall } = (error ?? {}) as { code?: string; syscall?: string };
  if (DISK_FULL.has(code ?? '')) return diskFull();
  return syscall === undefined ? otherwise : error;
}

/** The disk has no room for it now. */
export function diskFull(): DomainError {
  return new DomainError('package_disk_full', 'unavailable');
}

/** Not a zip, cut off, or damaged. */
export function packageUnreadable(): DomainError {
  return new DomainError('package_unreadable', 'rule');
}
