import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../../../database/database.js';
import { selectRows } from '../../../database/sql.js';
import type { QualityPolicyVersion } from '../entities/quality-policy-version.entity.js';
import type { QualityPolicy } from '../streak.rules.js';

/** A version of the policy: the rule, and when whom it tells. */
export interface PolicyInForce extends QualityPolicy {
  id: number;
  /** For how many working days the agent alone sees it before the leader is told; 0 for at the same time. */
  agentFirstDays: number;
  /** For how many hours a closing can be undone. */
  undoHours: number;
}

/** A version as the database gives it: a flag is a number there. */
type PolicyRow = Omit<QualityPolicyVersion, 'warmTransferCounts'> & { warmTransferCounts: number };

const COLUMNS = `id, thresholdNumerator, thresholdDenominator, months, watchMonths, minimumCalls, warmTransferCounts, appliesFrom,
       agentFirstDays, undoHours`;

/** Reads the versions of the policy. */
@Injectable()
export class QualityPolicies {
  constructor(private readonly database: Database) {}

  /** The newest version, which is in force; null while there is none. Inside a unit of work pass its tx. */
  async current(source: EntityManager = this.database.reader.manager): Promise<PolicyInForce | null> {
    const [row] = await selectRows<PolicyRow>(
      source,
      `SELECT ${COLUMNS} FROM quality_policy ORDER BY id DESC LIMIT 1`,
    );
    return row ? asPolicy(row) : null;
  }

  /** The version by which a closing was judged. @throws Error when there is none with the id */
  async version(id: number, source: EntityManager = this.database.reader.manager): Promise<PolicyInForce> {
    const [row] = await selectRows<PolicyRow>(source, `SELECT ${COLUMNS} FROM quality_policy WHERE id = ?`, [
      id,
    ]);
    if (!row) throw new Error(`There is no version ${id} of the policy of quality.`);
    return asPolicy(row);
  }
}

function asPolicy({ thresholdNumerator, thresholdDenominator, ...row }: PolicyRow): PolicyInForce {
  return {
    ...row,
    threshold: { numerator: thresholdNumerator, denominator: thresholdDenominator },
    warmTransferCounts: Boolean(row.warmTransferCounts),
  };
}
