import type { Env } from '../../config/env.js';

const MIB = 1024 * 1024;
const LARGEST_INTEGER = 2 ** 31 - 1;

/** How much a package may hold; sizes in bytes. */
export interface PackageLimits {
  /** The uploaded zip. */
  zipBytes: number;
  /** All its files, unpacked. */
  unpackedBytes: number;
  /** One file, unpacked. */
  fileBytes: number;
  /** Entries of the zip, folders included. */
  entries: number;
  /** Unpacked to packed, of the whole and of each file. */
  ratio: number;
  /** What may be packed any tighter than that: small files of blanks and tables do. */
  ratioFloorBytes: number;
  /** What must be left on the disk when the package is unpacked. */
  freeBytes: number;
}

/** The limits that are set, with those that nobody needs to set. */
export function packageLimits(
  env: Pick<Env, 'PACKAGE_MAX_MB' | 'PACKAGE_MAX_UNPACKED_MB' | 'PACKAGE_MAX_FILES'>,
): PackageLimits {
  return {
    zipBytes: env.PACKAGE_MAX_MB * MIB,
    // The size is kept in an integer column.
    unpackedBytes: Math.min(env.PACKAGE_MAX_UNPACKED_MB * MIB, LARGEST_INTEGER),
    fileBytes: 1024 * MIB,
    entries: env.PACKAGE_MAX_FILES,
    ratio: 200,
    ratioFloorBytes: MIB,
    freeBytes: 100 * MIB,
  };
}
