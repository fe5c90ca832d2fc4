import { Injectable } from '@nestjs/common';
import { Database } from '../../../database/database.js';
import { toInstant } from '../../../database/sql.js';
import type { QualityPolicyVersion } from '../entities/quality-policy-version.entity.js';
import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { USUAL_TIMES } from './policy.rules.js';
import type { PolicyView } from './policy.schemas.js';

/** A version as the database gives it: a flag is a number there. */
type VersionRow = Omit<QualityPolicyVersion, 'warmTransferCounts'> & {
  warmTransferCounts: number;
  byName: string;
};

/** Reads who decided what about quality. */
@Injectable()
export class QualityPolicyQueries {
  constructor(private readonly database: Database) {}

  /** The policy in force, else what would be proposed, without a version. */
  async current(): Promise<PolicyView> {
    const [latest] = await this.read(1);
    if (latest) return latest;
    return {
      ...STEERING_GROUP_POLICY,
      ...USUAL_TIMES,
      version: null,
      appliesFrom: null,
      byName: null,
      since: null,
    };
  }

  /** The latest versions, newest first. */
  versions(): Promise<PolicyView[]> {
    return this.read(100);
  }

  private async read(count: number): Promise<PolicyView[]> {
    const rows = await this.database.select<VersionRow>(
      `SELECT y.*, CONCAT(p.firstName, ' ', p.lastName) AS byName
         FROM quality_policy y JOIN person p ON p.id = y.byPersonId ORDER BY y.id DESC LIMIT ${count}`,
    );
    return rows.map(asView);
  }
}

function asView(row: VersionRow): PolicyView {
  const { id, thresholdNumerator, thresholdDenominator, createdAt, byPersonId: _, ...rest } = row;
  return {
    ...rest,
    version: id,
    threshold: { numerator: thresholdNumerator, denominator: thresholdDenominator },
    warmTransferCounts: Boolean(rest.warmTransferCounts),
    since: toInstant(createdAt).toISOString(),
  };
}
