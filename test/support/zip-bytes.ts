import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a zip that is written byte by byte, so that it may say anything. */
export interface RawEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** The packed bytes, where they are not just the deflated content. */
  packed?: Buffer;
  method?: number;
  flags?: number;
  versionMadeBy?: number;
  externalAttributes?: number;
  crc?: number;
  compressedSize?: number;
  uncompressedSize?: number;
  /** Another entry's local header; then none is written for this one. */
  localOffset?: number;
  centralExtra?: Buffer;
  localExtra?: Buffer;
}

/** How the end of the zip may differ from what is there. */
export interface RawZipOptions {
  entryCount?: number;
  centralOffset?: number;
  zip64?: { entryCount: bigint; centralOffset: bigint };
}

/** Unix mode of a kind of file, as external attributes. */
export const unixMode = (mode: number): number => (mode << 16) >>> 0;

const UTF8 = 0x800;

/** Writes a zip exactly as told (APPNOTE.TXT 6.3 §4.3). */
export function rawZip(entries: readonly RawEntry[], options: RawZipOptions = {}): Buffer {
  const parts: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const facts = factsOf(entry);
    central.push(centralHeader(entry, facts, entry.localOffset ?? offset));
    if (entry.localOffset !== undefined) continue;
    const local = Buffer.concat([localHeader(entry, facts), facts.packed]);
    parts.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = endRecord(entries.length, directory.length, offset, options);
  return Buffer.concat([...parts, directory, ...zip64End(offset + directory.length, options), end]);
}

interface Facts {
  name: Buffer;
  packed: Buffer;
  method: number;
  crc: number;
  compressedSize: number;
  uncompressedSize: number;
}

function factsOf(entry: RawEntry): Facts {
  const content = Buffer.from(entry.content ?? '');
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
  return {
    name: Buffer.from(entry.name),
    packed,
    method,
    crc: entry.crc ?? crc32(content),
    compressedSize: entry.compressedSize ?? packed.length,
    uncompressedSize: entry.uncompressedSize ?? content.length,
  };
}

function localHeader(entry: RawEntry, facts: Facts): Buffer {
  const extra = entry.localExtra ?? Buffer.alloc(0);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  common(header, 6, entry, facts);
  header.writeUInt16LE(facts.name.length, 26);
  header.writeUInt16LE(extra.length, 28);
  return Buffer.concat([header, facts.name, extra]);
}

function centralHeader(entry: RawEntry, facts: Facts, offset: number): Buffer {
  const extra = entry.centralExtra ?? Buffer.alloc(0);
  const header = Buffer.alloc(46);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(entry.versionMadeBy ?? 20, 4);
  header.writeUInt16LE(20, 6);
  common(header, 8, entry, facts);
  header.writeUInt16LE(facts.name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(entry.externalAttributes ?? 0, 38);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, facts.name, extra]);
}

function common(header: Buffer, at: number, entry: RawEntry, facts: Facts): void {
  header.writeUInt16LE(entry.flags ?? UTF8, at);
  header.writeUInt16LE(facts.method, at + 2);
  header.writeUInt32LE(facts.crc, at + 8);
  header.writeUInt32LE(facts.compressedSize, at + 12);
  header.writeUInt32LE(facts.uncompressedSize, at + 16);
}

function endRecord(count: number, size: number, offset: number, options: RawZipOptions): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE((options.entryCount ?? count) & 0xffff, 8);
  end.writeUInt16LE((options.entryCount ?? count) & 0xffff, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(options.centralOffset ?? offset, 16);
  return end;
}

function zip64End(at: number, { zip64 }: RawZipOptions): Buffer[] {
  if (!zip64) return [];
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(zip64.entryCount, 24);
  record.writeBigUInt64LE(zip64.entryCount, 32);
  record.writeBigUInt64LE(zip64.centralOffset, 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(at), 8);
  locator.writeUInt32LE(1, 16);
  return [record, locator];
}
