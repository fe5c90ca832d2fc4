import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

/** Counts and hashes what flows by, and ends it where it is too much. */
export class ByteMeter {
  size = 0;
  /** CRC-32 as zips state it. */
  crc = 0;
  private readonly hash = createHash('sha256');

  /** @param tooMuch makes the error that is thrown at the first byte above the limit */
  constructor(
    private readonly limit: number,
    private readonly tooMuch: () => Error,
  ) {}

  /** The same chunks, counted. */
  async *through(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      this.size += chunk.length;
      if (this.size > this.limit) throw this.tooMuch();
      this.hash.update(chunk);
      this.crc = crc32(chunk, this.crc);
      yield chunk;
    }
  }

  /** SHA-256 of all that has flown by, hex; asked once, at the end. */
  sha256(): string {
    return this.hash.digest('hex');
  }
}
