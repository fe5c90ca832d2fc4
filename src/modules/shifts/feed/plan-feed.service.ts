import { Inject, Injectable } from '@nestjs/common';
import { SecretBox } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { execute, toInstantOrNull } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { TaskService } from '../../tasks/index.js';
import type { PlanCovers } from '../entities/shift-plan.entity.js';
import { feedFault } from './feed-fault.js';

/** Where the plan is fetched from, and how that goes. */
export interface PlanFeedView {
  url: string | null;
  hasToken: boolean;
  covers: PlanCovers;
  fetchedAt: string | null;
  failedSince: string | null;
  failure: string | null;
  version: number;
}

/** What the secretariat sets. */
export interface PlanFeedSettings {
  url: string;
  /** Left out: the one that is there stays. */
  token: string | undefined;
  covers: PlanCovers;
  version: number;
}

interface Row {
  url: string | null;
  sealedToken: string | null;
  covers: PlanCovers;
  appliedChecksum: string | null;
  fetchedAt: string | Date | null;
  failedSince: string | Date | null;
  failure: string | null;
  version: number;
}

/** Keeps the address from which the plan is fetched. */
@Injectable()
export class PlanFeedService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly audit: AuditService,
    private readonly tasks: TaskService,
  ) {
    this.box = new SecretBox(env.APP_SECRET, 'shift-plan');
  }

  /** As the secretariat sees it; the token is never shown. */
  async find(): Promise<PlanFeedView> {
    const row = await this.row();
    return {
      url: row.url,
      hasToken: row.sealedToken !== null,
      covers: row.covers,
      fetchedAt: toInstantOrNull(row.fetchedAt)?.toISOString() ?? null,
      failedSince: toInstantOrNull(row.failedSince)?.toISOString() ?? null,
      failure: row.failure,
      version: row.version,
    };
  }

  /** What is needed to fetch; undefined when nothing is to be fetched. */
  async target(): Promise<
    { url: string; token: string | undefined; covers: PlanCovers; applied: string | null } | undefined
  > {
    const { url, sealedToken, covers, appliedChecksum } = await this.row();
    if (url === null) return undefined;
    const token = sealedToken === null ? undefined : this.box.open(sealedToken);
    return { url, token, covers, applied: appliedChecksum };
  }

  /**
   * Sets the address. A token goes with the address it was given for: another host does not get it.
   * @throws DomainError `stale_version`, and one that names what is wrong with the address
   */
  async set({ url, token, covers, version }: PlanFeedSettings, personId: number): Promise<void> {
    const fault = feedFault(url, !this.env.isProduction);
    if (fault) throw new DomainError(fault, 'rule', { faults: [{ field: 'url', code: fault }] });
    const before = await this.row();
    const isSameHost = before.url !== null && new URL(before.url).origin === new URL(url).origin;
    const kept = isSameHost ? before.sealedToken : null;
    const sealedToken = token === undefined ? kept : this.box.seal(token);
    await this.write({ url, sealedToken, covers, version }, 'shift_feed.set', personId);
  }

  /** Fetches no more. @throws DomainError `stale_version` */
  async stop(version: number, personId: number): Promise<void> {
    const { covers } = await this.row();
    await this.write({ url: null, sealedToken: null, covers, version }, 'shift_feed.stopped', personId);
  }

  private async write(
    {
      url,
      sealedToken,
      covers,
      version,
    }: { url: string | null; sealedToken: string | null; covers: PlanCovers; version: number },
    action: string,
    actorPersonId: number,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        `UPDATE shift_plan SET url = ?, sealedToken = ?, covers = ?, setByPersonId = ?, appliedChecksum = NULL, failedSince = NULL,
            failure = NULL, version = version + 1 WHERE id = 1 AND version = ?`,
        [url, sealedToken, covers, actorPersonId, version],
      );
      if (affected !== 1) throw new DomainError('stale_version', 'conflict');
      await this.tasks.settle(tx, 'shift_plan_failed', 'shift_plan', 1);
      await this.audit.record(tx, { actorPersonId, action, subjectType: 'shift_plan', subjectId: 1 });
    });
  }

  private async row(): Promise<Row> {
    const row = await this.database.selectOne<Row>(
      `SELECT url, sealedToken, covers, appliedChecksum, fetchedAt, failedSince, failure, version FROM shift_plan WHERE id = 1`,
    );
    if (!row) throw new Error('The row of the shift plan is missing.');
    return row;
  }
}
