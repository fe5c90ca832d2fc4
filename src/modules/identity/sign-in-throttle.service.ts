import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { fingerprint } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { emailKey } from '../../common/email.js';
import { ENV, type Env } from '../../config/env.js';
import { execute, insertIgnore, selectRows } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { mayAttempt, THROTTLE_WINDOW_MS } from './sign-in-throttle.rules.js';

/** Counts sign-in attempts in the database, so that all instances count together. */
@Injectable()
export class SignInThrottle {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts an attempt before it is looked at, so that many at once are counted too. Passwords and wishes for a link are
   * counted apart, so that asking for links keeps nobody from signing in.
   * @throws DomainError `too_many_sign_ins`
   */
  async count(kind: 'password' | 'link', email: string, address: string): Promise<void> {
    const keys = this.keys(kind, email, address);
    const counts = await this.unitOfWork.run(async (tx) => {
      const pair = await this.increment(tx, keys.pair);
      const byAddress = await this.increment(tx, keys.address);
      // What is refused for its address counts no more against the account: one address cannot lock it for all others.
      const isRefused = !mayAttempt({
        pair: pair.failures,
        address: byAddress.failures,
        account: 0,
        isKnownPair: pair.isKnown,
      });
      if (isRefused) return null;
      const account = await this.increment(tx, keys.account);
      return {
        pair: pair.failures,
        address: byAddress.failures,
        account: account.failures,
        isKnownPair: pair.isKnown,
      };
    });
    if (!counts || !mayAttempt(counts))
      throw new DomainError('too_many_sign_ins', 'too_many', {
        retryAfterSeconds: THROTTLE_WINDOW_MS / 1000,
      });
  }

  /** Takes the attempt back after a successful sign-in, and remembers the pair as known. */
  async succeeded(tx: Tx, email: string, address: string): Promise<void> {
    const keys = this.keys('password', email, address);
    // Somebody who came by a link has no counter yet; being known keeps the account open when strangers guess at it.
    await execute(
      tx,
      `${insertIgnore(tx)} INTO sign_in_counter (counterKey, failures, resetAt) VALUES (?, 0, ?)`,
      [keys.pair, this.clock.now()],
    );
    await execute(tx, 'UPDATE sign_in_counter SET failures = 0, succeededAt = ? WHERE counterKey = ?', [
      this.clock.now(),
      keys.pair,
    ]);
    await execute(
      tx,
      'UPDATE sign_in_counter SET failures = failures - 1 WHERE counterKey IN (?, ?) AND failures > 0',
      [keys.address, keys.account],
    );
  }

  private async increment(tx: Tx, key: string): Promise<{ failures: number; isKnown: boolean }> {
    const now = this.clock.now();
    const resetAt = new Date(now.getTime() + THROTTLE_WINDOW_MS);
    const addOne = () =>
      execute(
        tx,
        `UPDATE sign_in_counter SET failures = CASE WHEN resetAt <= ? THEN 1 ELSE failures + 1 END,
                resetAt = CASE WHEN resetAt <= ? THEN ? ELSE resetAt END
          WHERE counterKey = ?`,
        [now, now, resetAt, key],
      );
    if ((await addOne()).affected === 0) {
      const sql = `${insertIgnore(tx)} INTO sign_in_counter (counterKey, failures, resetAt) VALUES (?, 1, ?)`;
      // Others may have made it in between: then there is something to add to.
      if ((await execute(tx, sql, [key, resetAt])).affected === 0) await addOne();
    }
    const [row] = await selectRows<{ failures: number; succeededAt: unknown }>(
      tx,
      'SELECT failures, succeededAt FROM sign_in_counter WHERE counterKey = ?',
      [key],
    );
    return { failures: row?.failures ?? 1, isKnown: Boolean(row?.succeededAt) };
  }

  private keys(kind: 'password' | 'link', email: string, address: string) {
    const account = emailKey(email);
    const key = (...parts: string[]) => fingerprint(this.env.APP_SECRET, 'sign-in', kind, ...parts);
    return {
      pair: key('pair', account, address),
      address: key('address', address),
      account: key('account', account),
    };
  }
}
