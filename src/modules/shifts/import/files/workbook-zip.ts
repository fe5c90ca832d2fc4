import type { Readable } from 'node:stream';
import { openPromise, type Entry, type ZipFile } from 'yauzl';

const MOST_ENTRIES = 1_000;
/** No part of a workbook with 50,000 rows unfolds to more. */
const LARGEST_PART = 200 * 1024 * 1024;

/** The parts of a workbook, each unfolded piece by piece; yauzl ends one that grows beyond what it says. */
export class WorkbookZip {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws Error when it is no zip, or one no spreadsheet writes */
  static async open(path: string): Promise<WorkbookZip> {
    const zip = await openPromise(path, { lazyEntries: true, autoClose: false });
    try {
      if (zip.entryCount > MOST_ENTRIES) throw new Error('too many entries');
      return new WorkbookZip(zip, await entriesOf(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** The text of a part. @throws Error when it is not there or too large */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.entries.get(name);
    if (!entry || entry.uncompressedSize > LARGEST_PART) throw new Error(`no usable part ${name}`);
    const stream: Readable = await this.zip.openReadStreamPromise(entry);
    const decoder = new TextDecoder('utf-8');
    try {
      for await (const chunk of stream) yield decoder.decode(chunk as Buffer, { stream: true });
      yield decoder.decode();
    } finally {
      stream.destroy();
    }
  }

  close(): void {
    this.zip.close();
  }
}

function entriesOf(zip: ZipFile): Promise<Map<string, Entry>> {
  const found = new Map<string, Entry>();
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', () => resolve(found));
    zip.on('entry', (entry: Entry) => {
      found.set(entry.fileName, entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}
