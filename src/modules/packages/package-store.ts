import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { ByteMeter } from './byte-meter.js';
import { makeDurable } from './durable.js';
import { checkInventory, INVENTORY, type InventoryCheck } from './inventory.js';
import { asRefusal, packageUnreadable } from './package-faults.js';
import { findPackageFile, type PackageFile } from './package-file.js';
import { packageLimits, type PackageLimits } from './package-limits.js';
import { unpackZip, type UnpackedFiles } from './unpacking.js';

/** An uploaded zip on its way in. */
export interface IncomingZip {
  path: string;
  fileName: string;
  /** SHA-256, hex. */
  checksum: string;
  sizeBytes: number;
}

/** A package that lies unpacked in the store. */
export interface UnpackedPackage extends UnpackedFiles {
  /** SHA-256 of the zip it came in, hex: its name in the store. */
  checksum: string;
}

const ABANDONED_MS = 24 * 3_600_000;

/**
 * Keeps packages as folders below `CONTENT_DIR`, which all instances share. Needs no database: a folder appears under its checksum
 * in one step, when it is whole, and never changes after that.
 */
@Injectable()
export class PackageStore {
  /** What this store takes. */
  readonly limits: PackageLimits;
  private readonly incoming: string;
  private readonly packages: string;

  constructor(@Inject(ENV) env: Env) {
    this.limits = packageLimits(env);
    this.incoming = resolve(env.CONTENT_DIR, 'incoming');
    this.packages = resolve(env.CONTENT_DIR, 'packages');
  }

  /**
   * Takes an upload in. Nothing of one that fails or breaks off is kept.
   * @throws DomainError `package_too_large`, `package_upload_broken`, `package_disk_full`
   */
  async receive(stream: Readable, fileName: string): Promise<IncomingZip> {
    await mkdir(this.incoming, { recursive: true });
    const path = join(this.incoming, `${newName()}.zip`);
    const meter = new ByteMeter(this.limits.zipBytes, () => this.tooLarge());
    try {
      const handle = await open(path, 'wx', 0o600);
      try {
        await writeFile(handle, meter.through(stream as AsyncIterable<Buffer>));
      } finally {
        await handle.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw asRefusal(error, new DomainError('package_upload_broken', 'malformed'));
    }
    return { path, fileName, checksum: meter.sha256(), sizeBytes: meter.size };
  }

  /**
   * Checks and unpacks what was received; the zip is gone afterwards, and after a refusal everything is. The same zip again gives
   * the same package.
   * @throws DomainError that names what is wrong with the zip (`zip-entries.rules.ts`) or with its manifest (`manifest.rules.ts`),
   * `package_unreadable`, `package_damaged`, `manifest_file_missing`, `package_disk_full`
   */
  async unpack(incoming: IncomingZip): Promise<UnpackedPackage> {
    const folder = join(this.incoming, newName());
    try {
      const unpacked = await unpackZip(incoming.path, folder, this.limits);
      await this.publish(folder, incoming.checksum);
      return { checksum: incoming.checksum, ...unpacked };
    } catch (error) {
      throw asRefusal(error, packageUnreadable());
    } finally {
      await rm(folder, { recursive: true, force: true });
      await this.discard(incoming);
    }
  }

  /** Drops a received zip that is not to be unpacked. */
  async discard(incoming: IncomingZip): Promise<void> {
    await rm(incoming.path, { force: true });
  }

  /** A file of a package for the content server, by its decoded path; undefined for anything that is not to be served. */
  async fileOf(checksum: string, path: string): Promise<PackageFile | undefined> {
    return isChecksum(checksum) ? findPackageFile(this.folderOf(checksum), path) : undefined;
  }

  /** Whether the package lies in the store; whether all of it does is what `verify` tells. */
  async isPresent(checksum: string): Promise<boolean> {
    if (!isChecksum(checksum)) return false;
    const found = await stat(join(this.folderOf(checksum), INVENTORY)).catch(() => undefined);
    return found?.isFile() ?? false;
  }

  /** Compares every file with what was unpacked. Reads them all. */
  async verify(checksum: string): Promise<InventoryCheck> {
    if (!isChecksum(checksum)) return { missing: [INVENTORY], changed: [] };
    return checkInventory(this.folderOf(checksum));
  }

  /** Deletes what processes that were killed have left in `incoming/`, once it is a day old; gives how many things that were. */
  async sweep(now: Date): Promise<number> {
    const names = await readdir(this.incoming).catch(() => [] as string[]);
    let swept = 0;
    for (const path of names.map((name) => join(this.incoming, name))) {
      const found = await stat(path).catch(() => undefined);
      if (!found || now.getTime() - found.mtimeMs < ABANDONED_MS) continue;
      await rm(path, { recursive: true, force: true });
      swept += 1;
    }
    return swept;
  }

  private folderOf(checksum: string): string {
    return join(this.packages, checksum);
  }

  private async publish(folder: string, checksum: string): Promise<void> {
    await mkdir(this.packages, { recursive: true });
    const target = this.folderOf(checksum);
    if (!(await moved(folder, target))) {
      const { missing, changed } = await checkInventory(target);
      if (missing.length + changed.length === 0) return;
      await this.replace(folder, target);
    }
    await makeDurable([this.packages, dirname(this.packages)]);
  }

  /** Puts a whole package in the place of a damaged one. */
  private async replace(folder: string, target: string): Promise<void> {
    const aside = join(this.incoming, newName());
    await rename(target, aside).catch((error: { code?: string }) => {
      // Another instance has done it in the meantime.
      if (error.code !== 'ENOENT') throw error;
    });
    await moved(folder, target);
    await rm(aside, { recursive: true, force: true });
  }

  private tooLarge(): DomainError {
    const maximum = Math.floor(this.limits.zipBytes / 1024 / 1024);
    return new DomainError('package_too_large', 'too_large', { args: { maximum } });
  }
}

/** Moves a folder in one step; false when one with files in it is there already. */
async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return false;
    throw error;
  }
}

function newName(): string {
  return randomBytes(16).toString('hex');
}

function isChecksum(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
