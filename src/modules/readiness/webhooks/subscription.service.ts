import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock.js';
import { SecretBox } from '../../../common/crypto.js';
import { DomainError } from '../../../common/domain-error.js';
import { addressFault } from '../../../common/outgoing-address.js';
import { ENV, type Env } from '../../../config/env.js';
import { Database } from '../../../database/database.js';
import { Idempotency, type IdempotentCall } from '../../../database/idempotency.js';
import { execute, insertRow, toInstantOrNull } from '../../../database/sql.js';
import { AuditService } from '../../audit/index.js';
import type { ReadinessSubscription } from './entities/readiness-subscription.entity.js';
import { SUBSCRIPTION_SECRETS } from './subscription-secrets.js';

/** A subscription as it is shown; the secret only once. */
export interface SubscriptionView {
  id: number;
  url: string;
  createdAt: string;
  takenAt: string | null;
  failingSince: string | null;
}

/** Programs that want to be told when an agent becomes ready or not. */
@Injectable()
export class SubscriptionService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly database: Database,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {
    this.box = new SecretBox(env.APP_SECRET, SUBSCRIPTION_SECRETS);
  }

  /** All of them, oldest first; there are a handful. */
  async list(): Promise<SubscriptionView[]> {
    const rows = await this.database.select<ReadinessSubscription>(
      'SELECT id, url, createdAt, takenAt, failingSince FROM readiness_subscription ORDER BY id',
    );
    return rows.map((row) => ({
      id: row.id,
      url: row.url,
      createdAt: toInstantOrNull(row.createdAt)!.toISOString(),
      takenAt: toInstantOrNull(row.takenAt)?.toISOString() ?? null,
      failingSince: toInstantOrNull(row.failingSince)?.toISOString() ?? null,
    }));
  }

  /** Makes one; its secret is shown this once. @throws DomainError `address_not_callable` */
  create(
    url: string,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number; url: string; secret?: string }> {
    if (addressFault(url, !this.env.isProduction))
      throw new DomainError('address_not_callable', 'rule', {
        faults: [{ field: 'url', code: 'address_not_callable' }],
      });
    return this.idempotency.run<{ id: number; url: string; secret?: string }>(
      call,
      async (tx) => {
        const secret = `whsec_${randomBytes(32).toString('base64')}`;
        const id = await insertRow<ReadinessSubscription>(tx, 'readiness_subscription', {
          url,
          sealedSecret: this.box.seal(secret),
          createdByPersonId: actorPersonId,
          createdAt: this.clock.now(),
          takenAt: null,
          failingSince: null,
        });
        // A new program knows nothing yet: everything is told anew.
        await execute(tx, 'DELETE FROM readiness_told');
        await this.record(tx, actorPersonId, 'readiness_subscription.created', id);
        return { id, url, secret };
      },
      ({ secret: _, ...remembered }) => remembered,
    );
  }

  /** Ends one, with what was still to be told. @throws DomainError `not_found` */
  async remove(id: number, actorPersonId: number): Promise<void> {
    await this.database.unitOfWork.run(async (tx) => {
      await execute(tx, 'DELETE FROM readiness_message WHERE subscriptionId = ?', [id]);
      const { affected } = await execute(tx, 'DELETE FROM readiness_subscription WHERE id = ?', [id]);
      if (affected === 0) throw new DomainError('not_found', 'not_found');
      await this.record(tx, actorPersonId, 'readiness_subscription.removed', id);
    });
  }

  private record(
    tx: Parameters<AuditService['record']>[0],
    actorPersonId: number,
    action: string,
    subjectId: number,
  ): Promise<void> {
    return this.audit.record(tx, { actorPersonId, action, subjectType: 'readiness_subscription', subjectId });
  }
}
