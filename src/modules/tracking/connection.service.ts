import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SecretBox } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute } from '../../database/sql.js';
import { AuditService } from '../audit/index.js';
import { CourseQueries } from '../courses/index.js';
import { CONNECTION_SECRETS } from './connection.queries.js';
import { Connection, type CONNECTION_SHAPES } from './entities/connection.entity.js';

/** How long the old secret counts after a new one was made. */
const OLD_SECRET_MS = 24 * 3_600_000;

/** What makes a connection. */
export interface NewConnection {
  name: string;
  shape: (typeof CONNECTION_SHAPES)[number];
  courseIds?: number[] | undefined;
}

/** A new connection; the secret is shown this once. */
export interface CreatedConnection extends NewConnection {
  id: number;
  key: string;
  secret?: string;
}

/** Makes connections to e-learning hosts. */
@Injectable()
export class ConnectionService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) env: Env,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly courses: CourseQueries,
    private readonly audit: AuditService,
  ) {
    this.box = new SecretBox(env.APP_SECRET, CONNECTION_SECRETS);
  }

  /** @throws DomainError `unknown_course` */
  async create(
    connection: NewConnection,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<CreatedConnection> {
    const known = new Set((await this.courses.list()).map((course) => course.id));
    if (connection.courseIds?.some((courseId) => !known.has(courseId)))
      throw new DomainError('unknown_course', 'rule', {
        faults: [{ field: 'courseIds', code: 'unknown_course' }],
      });
    return this.idempotency.run<CreatedConnection>(
      call,
      async (tx) => {
        const key = randomBytes(10).toString('hex');
        const secret = newSecret();
        const { identifiers } = await tx.insert(Connection, {
          connectionKey: key,
          name: connection.name,
          shape: connection.shape,
          sealedSecret: this.box.seal(secret),
          courseIds: connection.courseIds ? JSON.stringify(connection.courseIds) : null,
          createdAt: this.clock.now(),
        });
        const id = identifiers[0]!['id'] as number;
        await this.audit.record(tx, {
          actorPersonId,
          action: 'connection.created',
          subjectType: 'connection',
          subjectId: id,
        });
        return { id, key, secret, ...connection };
      },
      ({ secret: _, ...remembered }) => remembered,
    );
  }

  /**
   * Gives a connection a new secret; the old one counts for another day, so that the host can be changed in peace.
   * @throws DomainError `not_found`
   */
  async rotateSecret(
    connectionId: number,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<{ id: number; secret?: string; previousSecretEndsAt: string }> {
    return this.idempotency.run<{ id: number; secret?: string; previousSecretEndsAt: string }>(
      call,
      async (tx) => {
        const secret = newSecret();
        const endsAt = new Date(this.clock.now().getTime() + OLD_SECRET_MS);
        const { affected } = await execute(
          tx,
          `UPDATE connection SET previousSecret = sealedSecret, previousSecretEndsAt = ?, sealedSecret = ? WHERE id = ?`,
          [endsAt, this.box.seal(secret), connectionId],
        );
        if (affected !== 1) throw new DomainError('not_found', 'not_found');
        await this.audit.record(tx, {
          actorPersonId,
          action: 'connection.secret_rotated',
          subjectType: 'connection',
          subjectId: connectionId,
        });
        return { id: connectionId, secret, previousSecretEndsAt: endsAt.toISOString() };
      },
      ({ secret: _, ...remembered }) => remembered,
    );
  }
}

/** Standard Webhooks: 24 to 64 random bytes, base64, after "whsec_". */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
