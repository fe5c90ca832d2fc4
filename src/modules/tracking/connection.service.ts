import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { SecretBox } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { ENV, type Env } from '../../config/env.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { CourseQueries } from '../courses/index.js';
import type { ConnectionShape } from './adapters/read-message.js';
import { CONNECTION_SECRETS } from './connection.queries.js';
import { Connection } from './entities/connection.entity.js';

/** How long the old secret counts after a new one was made. */
const OLD_SECRET_MS = 24 * 3_600_000;

/** What makes a connection. */
export interface NewConnection {
  name: string;
  shape: ConnectionShape;
  courseIds?: number[] | undefined;
}

/** What is changed of a connection. */
export interface ConnectionChanges {
  /** The version that was read. */
  version: number;
  name: string;
  /** Null for all courses. */
  courseIds: number[] | null;
}

/** A new connection; the secret is shown this once. */
export interface CreatedConnection extends NewConnection {
  id: number;
  key: string;
  secret?: string;
}

/** Makes and changes connections to e-learning hosts. */
@Injectable()
export class ConnectionService {
  private readonly box: SecretBox;

  constructor(
    @Inject(ENV) env: Env,
    private readonly unitOfWork: UnitOfWork,
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
    await this.assertKnown(connection.courseIds);
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
          refusedCount: 0,
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

  /**
   * Gives a connection another name or other courses.
   * @throws DomainError `not_found`, `stale_version`, `unknown_course`
   */
  async change(connectionId: number, changes: ConnectionChanges, actorPersonId: number): Promise<void> {
    await this.assertKnown(changes.courseIds);
    await this.unitOfWork.run(async (tx) => {
      const { affected } = await execute(
        tx,
        'UPDATE connection SET name = ?, courseIds = ?, version = version + 1 WHERE id = ? AND version = ?',
        [
          changes.name,
          changes.courseIds ? JSON.stringify(changes.courseIds) : null,
          connectionId,
          changes.version,
        ],
      );
      if (affected !== 1) throw await notChanged(tx, connectionId);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'connection.changed',
        subjectType: 'connection',
        subjectId: connectionId,
      });
    });
  }

  private async assertKnown(courseIds: readonly number[] | null | undefined): Promise<void> {
    if (!courseIds) return;
    const known = new Set((await this.courses.list()).map((course) => course.id));
    if (courseIds.every((courseId) => known.has(courseId))) return;
    throw new DomainError('unknown_course', 'rule', {
      faults: [{ field: 'courseIds', code: 'unknown_course' }],
    });
  }
}

async function notChanged(tx: Tx, connectionId: number): Promise<DomainError> {
  return (await tx.existsBy(Connection, { id: connectionId }))
    ? new DomainError('stale_version', 'conflict')
    : new DomainError('not_found', 'not_found');
}

/** Standard Webhooks: 24 to 64 random bytes, base64, after "whsec_". */
function newSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`;
}
