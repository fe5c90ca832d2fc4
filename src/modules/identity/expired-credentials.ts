import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

const KEPT_MS = 90 * 24 * 3_600_000;

/** Deletes what nobody can sign in with any more, three months after its end; the audit trail tells who signed in. */
@Injectable()
export class ExpiredCredentials {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async purge(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_MS);
    await this.unitOfWork.run(async (tx) => {
      await execute(tx, 'DELETE FROM link_token WHERE expiresAt < ?', [before]);
      await execute(
        tx,
        'DELETE FROM refresh_token WHERE sessionId IN (SELECT id FROM session WHERE expiresAt < ?)',
        [before],
      );
      await execute(tx, 'DELETE FROM session WHERE expiresAt < ?', [before]);
      // Known pairs are forgotten after three months as well.
      await execute(
        tx,
        'DELETE FROM sign_in_counter WHERE resetAt < ? AND (succeededAt IS NULL OR succeededAt < ?)',
        [this.clock.now(), before],
      );
    });
  }
}
