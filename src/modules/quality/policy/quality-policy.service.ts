import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { DomainError } from '../../../common/domain-error.js';
import { execute, isUniqueViolation } from '../../../database/sql.js';
import { UnitOfWork, type Tx } from '../../../database/unit-of-work.js';
import { AuditService } from '../../audit/index.js';
import { STEERING_GROUP_POLICY } from '../streak.rules.js';
import { policyFaults, USUAL_TIMES } from './policy.rules.js';
import type { NewPolicy } from './policy.schemas.js';
import { QualityPolicies, type PolicyInForce } from './quality-policies.js';

/** Lets the secretariat decide the policy; each decision is a version that stays. */
@Injectable()
export class QualityPolicyService {
  constructor(
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly policies: QualityPolicies,
    private readonly audit: AuditService,
  ) {}

  /** Makes the next version. @throws DomainError `stale_version`, `invalid_policy` */
  async decide({ version, ...changes }: NewPolicy, byPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const before = await this.policies.current(tx);
      if ((before?.id ?? 0) !== (version ?? 0)) throw new DomainError('stale_version', 'conflict');
      const policy = merged(before, changes);
      await this.insert(tx, policy, byPersonId);
      await this.audit.record(tx, {
        actorPersonId: byPersonId,
        action: 'quality_policy.decided',
        subjectType: 'quality_policy',
        subjectId: policy.id,
        detail: { appliesFrom: policy.appliesFrom, months: policy.months, watchMonths: policy.watchMonths },
      });
    });
  }

  /** The number of the version is its key, so that of two who decide at once the database takes one. */
  private async insert(tx: Tx, policy: PolicyInForce, byPersonId: number): Promise<void> {
    try {
      await execute(
        tx,
        `INSERT INTO quality_policy (id, thresholdNumerator, thresholdDenominator, months, watchMonths, minimumCalls,
                warmTransferCounts, appliesFrom, agentFirstDays, undoHours, byPersonId, createdAt)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        [
          policy.id,
          policy.threshold.numerator,
          policy.threshold.denominator,
          policy.months,
          policy.watchMonths,
          policy.minimumCalls,
          policy.warmTransferCounts,
          policy.appliesFrom,
          policy.agentFirstDays,
          policy.undoHours,
          byPersonId,
          this.clock.now(),
        ],
      );
    } catch (error) {
      throw isUniqueViolation(error) ? new DomainError('stale_version', 'conflict') : error;
    }
  }
}

/** The next version: what was decided in the place of what is in force. @throws DomainError `invalid_policy` */
function merged(before: PolicyInForce | null, changes: Omit<NewPolicy, 'version'>): PolicyInForce {
  const told = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const policy = { ...STEERING_GROUP_POLICY, ...USUAL_TIMES, ...before, ...told } as PolicyInForce;
  const faults = policyFaults(policy);
  if (policy.appliesFrom === undefined) faults.push({ field: 'appliesFrom', code: 'required' });
  if (faults.length > 0) throw new DomainError('invalid_policy', 'rule', { faults });
  return { ...policy, id: (before?.id ?? 0) + 1 };
}
