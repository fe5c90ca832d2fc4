import { lockClause, selectRows } from '../../../database/sql.js';
import type { Tx } from '../../../database/unit-of-work.js';

/** What lets one at a time change which cases there are. */
export const ClosingLock = {
  /**
   * Waits for whoever closes or undoes, and keeps others waiting until the unit of work ends. To be taken before
   * anything is read that counts, so that what is read is what the one before has left. The first version of the policy is the row that stands for it: a newer one
   * may come in between.
   */
  async take(tx: Tx): Promise<void> {
    await selectRows(tx, `SELECT id FROM quality_policy ORDER BY id LIMIT 1${lockClause(tx)}`);
  },
};
