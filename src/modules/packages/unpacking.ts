import { mkdir, open, readFile, statfs, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';
import { DomainError } from '../../common/domain-error.js';
import { ByteMeter } from './byte-meter.js';
import { makeDurable } from './durable.js';
import { collisionKey, shown } from './entry-name.rules.js';
import { INVENTORY, writeInventory, type InventoryFile } from './inventory.js';
import { LARGEST_MANIFEST, readManifest } from './manifest.rules.js';
import type { PackageManifest } from './manifest.js';
import { diskFull } from './package-faults.js';
import type { PackageLimits } from './package-limits.js';
import { planUnpacking, tooManyFiles, type PlannedFile, type UnpackPlan } from './zip-entries.rules.js';
import { ZipReader, type ZipEntry } from './zip-reader.js';

/** What was unpacked. */
export interface UnpackedFiles {
  manifest: PackageManifest;
  sizeBytes: number;
  fileCount: number;
  /** Hidden files and other litter that was left out. */
  skipped: number;
}

const CHUNK = 64 * 1024;

/**
 * Checks a zip and unpacks it into a folder that does not exist yet, with its inventory, all of it brought to the disk. The
 * manifest comes first, so that most refusals cost no more than that. Whoever calls it clears the folder when it fails.
 */
export async function unpackZip(path: string, folder: string, limits: PackageLimits): Promise<UnpackedFiles> {
  const zip = await ZipReader.open(path);
  try {
    if (zip.entryCount > limits.entries) throw tooManyFiles(limits);
    const entries = await zip.list();
    const plan = planUnpacking(entries, zip.size, limits);
    await mkdir(folder);
    await assertRoom(folder, plan.sizeBytes + limits.freeBytes);
    const work = new Unpacking(zip, entries, folder);
    const manifest = await work.manifest(plan);
    await work.rest(plan);
    await work.finish();
    return { manifest, sizeBytes: plan.sizeBytes, fileCount: plan.files.length, skipped: plan.skipped };
  } finally {
    await zip.close();
  }
}

class Unpacking {
  private readonly written: InventoryFile[] = [];
  private readonly folders: Set<string>;

  constructor(
    private readonly zip: ZipReader,
    private readonly entries: readonly ZipEntry[],
    private readonly root: string,
  ) {
    this.folders = new Set([root]);
  }

  async manifest(plan: UnpackPlan): Promise<PackageManifest> {
    const file = plan.files.find(({ path }) => path === plan.manifest)!;
    if (file.size > LARGEST_MANIFEST) throw new DomainError('manifest_too_large', 'rule');
    await this.write(file);
    const manifest = readManifest(await readFile(join(this.root, file.path)));
    const known = new Set(plan.files.map(({ path }) => collisionKey(path)));
    const lost = manifest.scos.find(({ path }) => !known.has(collisionKey(path)));
    if (lost) throw new DomainError('manifest_file_missing', 'rule', { args: shown(lost.path) });
    return manifest;
  }

  async rest(plan: UnpackPlan): Promise<void> {
    for (const file of plan.files) if (file.path !== plan.manifest) await this.write(file);
  }

  async finish(): Promise<void> {
    await writeInventory(this.root, this.written);
    const files = [INVENTORY, ...this.written.map(({ path }) => path)].map((path) => join(this.root, path));
    await makeDurable([...files, ...this.folders]);
  }

  private async write(file: PlannedFile): Promise<void> {
    const target = join(this.root, file.path);
    await this.makeFolder(dirname(target));
    const entry = this.entries[file.entry]!;
    const damaged = () => new DomainError('package_damaged', 'rule', { args: shown(entry.name) });
    const meter = new ByteMeter(file.size, damaged);
    const handle = await open(target, 'wx', 0o644);
    try {
      await this.unpack(entry, (content) => writeFile(handle, meter.through(content)));
    } finally {
      await handle.close();
    }
    if (meter.size !== file.size || meter.crc !== entry.crc32) throw damaged();
    this.written.push({ path: file.path, size: meter.size, sha256: meter.sha256() });
  }

  /** Gives the content to the writer piece by piece; only as much of it is unfolded as the writer takes. */
  private async unpack(
    entry: ZipEntry,
    write: (content: AsyncIterable<Buffer>) => Promise<void>,
  ): Promise<void> {
    let fault: unknown;
    // What the writer throws closes the streams, and the pipeline would tell of that alone.
    const noting = (content: AsyncIterable<Buffer>) =>
      write(content).catch((error: unknown) => {
        fault = error;
        throw error;
      });
    const packed = this.zip.packedBytes(entry);
    const whole =
      entry.compressionMethod === 0
        ? pipeline(packed, noting)
        : pipeline(packed, createInflateRaw({ chunkSize: CHUNK }), noting);
    await whole.catch((error: unknown) => {
      throw fault ?? error;
    });
  }

  private async makeFolder(folder: string): Promise<void> {
    if (this.folders.has(folder)) return;
    await mkdir(folder, { recursive: true });
    for (let at = folder; !this.folders.has(at); at = dirname(at)) this.folders.add(at);
  }
}

async function assertRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw diskFull();
}
