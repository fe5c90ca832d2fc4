import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { hashToken, randomToken } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { Database } from '../../../database/database.js';
import { execute, fromJson, insertIgnore, toInstant } from '../../../database/sql.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import type { Definition, Finding } from '../insight.js';
import { QuestionAnswers } from '../question-answers.js';
import { QUESTION_PLANS } from '../question-plans.js';
import { DataFingerprints } from './data-fingerprints.js';

/** A finding, and of which data it is. */
export interface Result {
  finding: Finding;
  dataAsOf: Date;
  /** False while the data have changed since and somebody else is reckoning it anew. */
  isCurrent: boolean;
}

interface Row {
  fingerprint: string | null;
  finding: string | Finding | null;
  computedAt: string | Date | null;
}

/** Whoever reckons and dies keeps the others waiting so long at most. */
const LEASE_MS = 60_000;
/** A request waits so long for another server's result. */
const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 200;
/** What has not been reckoned for so long is forgotten, and reckoned anew when it is asked for. */
const KEPT_MS = 30 * 24 * 3_600_000;

const RELEASE =
  'UPDATE insight_result SET leaseOwner = NULL, leaseUntil = claimedAt WHERE definitionHash = ? AND leaseOwner = ?';

/** Gives what was reckoned as long as the data are the same, and else has it reckoned anew, by one server at a time. */
@Injectable()
export class InsightResults {
  /** What this server is reckoning. */
  private readonly underWay = new Map<string, Promise<Result | null>>();

  constructor(
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly fingerprints: DataFingerprints,
    private readonly answers: QuestionAnswers,
  ) {}

  /**
   * The present result. Where another server is at it the last one is given, which says of when it is, and without one that server is
   * waited for.
   * @throws DomainError `insight_not_ready`
   */
  async of(definition: Definition): Promise<Result> {
    const hash = hashToken(JSON.stringify(definition));
    const fingerprint = await this.fingerprints.of(QUESTION_PLANS[definition.key]);
    for (let waited = 0; waited <= PATIENCE_MS; waited += LOOK_EVERY_MS) {
      const known = await this.known(hash);
      if (known?.fingerprint === fingerprint) return known.result;
      const reckoned = await this.reckonOnce(definition, hash, fingerprint);
      if (reckoned) return reckoned;
      if (known) return { ...known.result, isCurrent: false };
      await wait(LOOK_EVERY_MS);
    }
    throw new DomainError('insight_not_ready', 'unavailable', { retryAfterSeconds: 2 });
  }

  private async known(hash: string): Promise<{ fingerprint: string; result: Result } | null> {
    const row = await this.database.selectOne<Row>(
      'SELECT fingerprint, finding, computedAt FROM insight_result WHERE definitionHash = ?',
      [hash],
    );
    if (!row || row.fingerprint === null) return null;
    const finding = fromJson<Finding>(row.finding!);
    return {
      fingerprint: row.fingerprint,
      result: { finding, dataAsOf: toInstant(row.computedAt!), isCurrent: true },
    };
  }

  /** Requests of this server share what is under way. */
  private reckonOnce(definition: Definition, hash: string, fingerprint: string): Promise<Result | null> {
    const id = `${hash} ${fingerprint}`;
    const known = this.underWay.get(id);
    if (known) return known;
    const work = this.reckon(definition, hash, fingerprint).finally(() => this.underWay.delete(id));
    this.underWay.set(id, work);
    return work;
  }

  /** Null when another server is at it. */
  private async reckon(definition: Definition, hash: string, fingerprint: string): Promise<Result | null> {
    const owner = randomToken();
    if (!(await this.claim(definition, hash, owner))) return null;
    try {
      const dataAsOf = this.clock.now();
      const finding = await this.answers.of(definition);
      await this.keep(hash, owner, fingerprint, finding, dataAsOf);
      return { finding, dataAsOf, isCurrent: true };
    } catch (error) {
      await this.unitOfWork.run((tx) => execute(tx, RELEASE, [hash, owner]));
      throw error;
    }
  }

  private claim({ key }: Definition, hash: string, owner: string): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      await execute(
        tx,
        `${insertIgnore(tx)} INTO insight_result (insightKey, definitionHash, claimedAt, leaseUntil) VALUES (?, ?, ?, ?)`,
        [key, hash, now, now],
      );
      const { affected } = await execute(
        tx,
        'UPDATE insight_result SET leaseOwner = ?, leaseUntil = ?, claimedAt = ? WHERE definitionHash = ? AND leaseUntil <= ?',
        [owner, new Date(now.getTime() + LEASE_MS), now, hash, now],
      );
      return affected === 1;
    });
  }

  /** Whoever has lost the lease meanwhile keeps nothing. */
  private async keep(
    hash: string,
    owner: string,
    fingerprint: string,
    finding: Finding,
    dataAsOf: Date,
  ): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await execute(
        tx,
        'UPDATE insight_result SET fingerprint = ?, finding = ?, computedAt = ? WHERE definitionHash = ? AND leaseOwner = ?',
        [fingerprint, JSON.stringify(finding), dataAsOf, hash, owner],
      );
      await execute(tx, RELEASE, [hash, owner]);
      await execute(tx, 'DELETE FROM insight_result WHERE claimedAt < ?', [
        new Date(dataAsOf.getTime() - KEPT_MS),
      ]);
    });
  }
}
