import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import {
  fromRandomAccessReaderPromise,
  getFileNameLowLevel,
  RandomAccessReader,
  type Entry,
  type ZipFile,
} from 'yauzl';
import type { ZipEntryFacts } from './zip-entries.rules.js';

const CHUNK = 64 * 1024;
const UTF8_FLAG = 0x800;

/** An entry with what is needed to unpack it. */
export interface ZipEntry extends ZipEntryFacts {
  crc32: number;
}

/**
 * Reads a zip on disk: yauzl reads the directory, the bytes of an entry are given as they are. Any fault of the zip is an Error
 * that is not a DomainError.
 */
export class ZipReader {
  private constructor(
    private readonly handle: FileHandle,
    private readonly zip: ZipFile,
    /** Size of the whole zip in bytes. */
    readonly size: number,
  ) {}

  static async open(path: string): Promise<ZipReader> {
    const handle = await open(path, 'r');
    try {
      const { size } = await handle.stat();
      const zip = await fromRandomAccessReaderPromise(new FileReader(handle, size), size, {
        lazyEntries: true,
        autoClose: false,
        // Names are bytes here: yauzl would end the whole zip at the first bad one without telling which.
        decodeStrings: false,
      });
      return new ZipReader(handle, zip, size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** How many entries the zip says it has. */
  get entryCount(): number {
    return this.zip.entryCount;
  }

  /** All entries, as the central directory states them. */
  list(): Promise<ZipEntry[]> {
    const found: ZipEntry[] = [];
    return new Promise((resolve, reject) => {
      this.zip.on('error', reject);
      this.zip.on('end', () => resolve(found));
      this.zip.on('entry', (entry: Entry) => {
        const next = async () => {
          found.push(await this.locate(entry));
          this.zip.readEntry();
        };
        next().catch(reject);
      });
      this.zip.readEntry();
    });
  }

  /** The packed bytes of an entry. */
  packedBytes(entry: ZipEntry): Readable {
    const end = entry.dataStart + entry.compressedSize;
    return Readable.from(range(this.handle, entry.dataStart, end), { objectMode: false });
  }

  close(): Promise<void> {
    return this.handle.close();
  }

  private async locate(entry: Entry): Promise<ZipEntry> {
    const { fileDataStart } = await this.zip.readLocalFileHeaderPromise(entry, { minimal: true });
    return {
      name: nameOf(entry),
      compressedSize: entry.compressedSize,
      uncompressedSize: entry.uncompressedSize,
      externalFileAttributes: entry.externalFileAttributes,
      versionMadeBy: entry.versionMadeBy,
      flags: entry.generalPurposeBitFlag,
      compressionMethod: entry.compressionMethod,
      relativeOffsetOfLocalHeader: entry.relativeOffsetOfLocalHeader,
      dataStart: fileDataStart,
      crc32: entry.crc32,
    };
  }
}

/** With bounds of its own: yauzl's reader throws where nobody can catch it when a zip states an offset beyond 2^53. */
class FileReader extends RandomAccessReader {
  constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {
    super();
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    if (!(position >= 0 && position + length <= this.size)) {
      setImmediate(callback, new Error('unexpected EOF'));
      return;
    }
    this.handle
      .read(buffer, offset, length, position)
      // Out of the promise, so that what yauzl throws is not taken for a fault of the reading.
      .then(({ bytesRead }) => setImmediate(callback, null, bytesRead))
      .catch((error: Error) => setImmediate(callback, error));
  }
}

async function* range(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end;) {
    const buffer = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) throw new Error('unexpected EOF');
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/** UTF-8 also where the entry does not say so but its bytes are: zips made on a Mac. Else code page 437. */
function nameOf(entry: Entry): string {
  const flags = isUtf8(entry.fileNameRaw) ? UTF8_FLAG : entry.generalPurposeBitFlag;
  return getFileNameLowLevel(flags, entry.fileNameRaw, entry.extraFields, true);
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
