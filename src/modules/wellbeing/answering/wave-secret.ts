import { createHmac } from 'node:crypto';
import { hashToken } from '../../../common/crypto.js';

/** A sum of 100,000 answers still fits beside it. */
const MOST = 1_000_000_000;

/**
 * What an open wave makes its links and the beginnings of its sums from. It is a random text, kept encrypted, and destroyed when the wave
 * closes: from then on nobody can tell any more which link was whose (ADR 22).
 */
export class WaveSecret {
  constructor(private readonly secret: string) {}

  /** A person's link in this wave: always the same, so that a reminder can bring it again without its being kept anywhere. */
  tokenOf(personId: number): string {
    return this.digest(`token ${personId}`).toString('base64url');
  }

  /** What is kept of it. */
  tokenHashOf(personId: number): string {
    return hashToken(this.tokenOf(personId));
  }

  /** The number at which a sum begins. */
  beginningOf(breakdown: string, groupKey: string, dimension: string, of: 'answers' | 'total'): number {
    return this.digest(`sum ${breakdown} ${groupKey} ${dimension} ${of}`).readUInt32BE(0) % MOST;
  }

  private digest(what: string): Buffer {
    return createHmac('sha256', this.secret).update(what).digest();
  }
}
