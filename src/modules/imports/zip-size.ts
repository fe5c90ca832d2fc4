import { promisify } from 'node:util';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';
import { DomainError } from '../../common/domain-error.js';

/** A workbook of 20,000 rows unfolds to some 20 MB. */
const LARGEST_UNFOLDED = 100 * 1024 * 1024;
const MOST_ENTRIES = 1_000;

/**
 * Makes sure that a zip unfolds to no more than a workbook can need. What an entry says of its size is not trusted: each is
 * unfolded once and thrown away, and yauzl ends one that grows beyond what it says.
 * @throws DomainError `table_unreadable`
 */
export async function assertUnfoldsSmall(content: Buffer): Promise<void> {
  try {
    const zip = await promisify<Buffer, { lazyEntries: boolean }, ZipFile>(fromBuffer)(content, {
      lazyEntries: true,
    });
    if (zip.entryCount > MOST_ENTRIES) throw new Error('too many entries');
    await throughAll(zip);
  } catch {
    throw new DomainError('table_unreadable', 'rule');
  }
}

function throughAll(zip: ZipFile): Promise<void> {
  let unfolded = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', reject);
    zip.on('end', resolve);
    zip.on('entry', (entry: Entry) => {
      unfolded += entry.uncompressedSize;
      if (unfolded > LARGEST_UNFOLDED) reject(new Error('too large'));
      else unfold(zip, entry).then(() => zip.readEntry(), reject);
    });
    zip.readEntry();
  });
}

async function unfold(zip: ZipFile, entry: Entry): Promise<void> {
  const stream = await promisify(zip.openReadStream.bind(zip) as (e: Entry, f: OpenCallback) => void)(entry);
  await pipeline(stream, new Writable({ write: (_chunk, _encoding, done) => done() }));
}

type OpenCallback = (error: Error | null, stream: NodeJS.ReadableStream) => void;
