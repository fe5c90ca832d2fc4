import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { hashToken } from '../common/crypto.js';
import { DomainError } from '../common/domain-error.js';
import { Database } from './database.js';
import { IdempotencyKey } from './idempotency.entity.js';
import { execute, isUniqueViolation } from './sql.js';
import { UnitOfWork, type Tx } from './unit-of-work.js';

const KEPT_MS = 24 * 3_600_000;

/** Who repeats what: a key counts for one caller and one route only. */
export interface IdempotentCall {
  key: string | undefined;
  caller: string;
  route: string;
  body: unknown;
}

class KeyTaken extends Error {}

/** Gives a repeated creating request the first answer again (Idempotency-Key). */
@Injectable()
export class Idempotency {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the work in one unit of work together with the note of its key.
   * @param remembered what a repetition gets, when that must be less than the first answer (a secret)
   * @throws DomainError `idempotency_key_reused` for the same key with another body
   */
  async run<T>(
    call: IdempotentCall,
    work: (tx: Tx) => Promise<T>,
    remembered: (answer: T) => unknown = (answer) => answer,
  ): Promise<T> {
    if (!call.key) return this.unitOfWork.run(work);
    const { keyHash, requestHash } = hashesOf(call);
    try {
      return await this.unitOfWork.run(async (tx) => {
        await this.claim(tx, keyHash, requestHash);
        const answer = await work(tx);
        await tx.update(IdempotencyKey, { keyHash }, { answer: JSON.stringify(remembered(answer) ?? null) });
        return answer;
      });
    } catch (error) {
      if (error instanceof KeyTaken) return this.replay<T>(keyHash, requestHash);
      throw error;
    }
  }

  /**
   * The first answer to a request that has been answered already, so that what was checked before the unit of work is not
   * checked anew; undefined for a new one.
   * @throws DomainError `idempotency_key_reused`
   */
  async recall<T>(call: IdempotentCall): Promise<T | undefined> {
    if (!call.key) return undefined;
    const { keyHash, requestHash } = hashesOf(call);
    const [known] = await this.database.select<{ createdAt: string | Date }>(
      'SELECT createdAt FROM idempotency_key WHERE keyHash = ? AND createdAt >= ?',
      [keyHash, this.oldest()],
    );
    return known && this.replay<T>(keyHash, requestHash);
  }

  /** Deletes what is older than 24 hours. */
  async purge(): Promise<void> {
    await this.unitOfWork.run((tx) =>
      execute(tx, 'DELETE FROM idempotency_key WHERE createdAt < ?', [this.oldest()]),
    );
  }

  private async claim(tx: Tx, keyHash: string, requestHash: string): Promise<void> {
    await execute(tx, 'DELETE FROM idempotency_key WHERE keyHash = ? AND createdAt < ?', [
      keyHash,
      this.oldest(),
    ]);
    try {
      await tx.insert(IdempotencyKey, { keyHash, requestHash, answer: null, createdAt: this.clock.now() });
    } catch (error) {
      throw isUniqueViolation(error) ? new KeyTaken() : error;
    }
  }

  private async replay<T>(keyHash: string, requestHash: string): Promise<T> {
    const row = await this.database.selectOne<{ requestHash: string; answer: string | null }>(
      'SELECT requestHash, answer FROM idempotency_key WHERE keyHash = ?',
      [keyHash],
    );
    if (!row?.answer) throw new DomainError('busy', 'unavailable', { retryAfterSeconds: 1 });
    if (row.requestHash !== requestHash) throw new DomainError('idempotency_key_reused', 'conflict');
    return JSON.parse(row.answer) as T;
  }

  private oldest(): Date {
    return new Date(this.clock.now().getTime() - KEPT_MS);
  }
}

function hashesOf(call: IdempotentCall): { keyHash: string; requestHash: string } {
  return {
    keyHash: hashToken(JSON.stringify([call.caller, call.route, call.key])),
    requestHash: hashToken(JSON.stringify(call.body ?? null)),
  };
}
