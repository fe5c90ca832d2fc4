import { Injectable } from '@nestjs/common';
import { DomainError } from '../../../common/domain-error.js';
import { selectRows } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import type { StoredPlan } from '../import/files/plan-store.js';
import { FeedOutcome } from './feed-outcome.js';
import { IncomingPlan } from './incoming-plan.js';
import { PlanFeedService } from './plan-feed.service.js';
import { PlanFetch } from './plan-fetch.js';

/** Hands a fetched plan to the same work as an upload. */
@Injectable()
export class FetchedPlan {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: PlanFeedService,
    private readonly fetching: PlanFetch,
    private readonly incoming: IncomingPlan,
    private readonly outcome: FeedOutcome,
  ) {}

  /** Fetches once; tells whether there is an import to work at. What is the other side's fault becomes a task. */
  async take(): Promise<boolean> {
    const target = await this.feed.target();
    if (!target) return false;
    try {
      const file = await this.fetching.fetch(target.url, target.token);
      if (await this.isKnown(file, target.applied)) {
        await this.incoming.drop(file);
        return false;
      }
      await this.incoming.take(file, new URL(target.url).pathname, target.covers);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      await this.outcome.failed(error.code);
      return false;
    }
  }

  /** Whether the file says nothing new: it was written already, or waits for a person already. */
  private isKnown(file: StoredPlan, applied: string | null): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if (file.checksum === applied) {
        await this.outcome.confirmed(tx);
        return true;
      }
      return isWaiting(tx, file.checksum);
    });
  }
}

async function isWaiting(tx: Tx, checksum: string): Promise<boolean> {
  const [waiting] = await selectRows(
    tx,
    "SELECT id FROM shift_import WHERE source = 'feed' AND checksum = ? AND state <> 'committed' LIMIT 1",
    [checksum],
  );
  return waiting !== undefined;
}
