import { Injectable } from '@nestjs/common';
import type { ApiScope } from '../../common/access/api-scope.js';
import { Clock } from '../../common/clock.js';
import { hashToken, randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { Database } from '../../database/database.js';
import { Idempotency, type IdempotentCall } from '../../database/idempotency.js';
import { execute, toInstant, toInstantOrNull } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { AuditService } from '../audit/index.js';
import { TOKEN_PREFIX } from './api-token-principals.js';
import { ApiToken } from './entities/api-token.entity.js';

const DAY_MS = 24 * 3_600_000;

/** What makes a token. */
export interface NewApiToken {
  name: string;
  scopes: ApiScope[];
  days: number;
}

/** A token as lists show it; the token itself is shown once, when it is made. */
export interface ApiTokenView {
  id: number;
  name: string;
  scopes: ApiScope[];
  createdByName: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  state: 'active' | 'expired' | 'revoked';
}

/** The answer to the one who makes a token. */
export interface MadeApiToken {
  id: number;
  name: string;
  scopes: ApiScope[];
  expiresAt: string;
  token?: string;
}

type Raw = Omit<ApiTokenView, 'scopes' | 'createdAt' | 'expiresAt' | 'lastUsedAt' | 'state'> & {
  scopes: string;
  createdAt: string | Date;
  expiresAt: string | Date;
  lastUsedAt: string | Date | null;
  revokedAt: string | Date | null;
};

/** Makes, lists and revokes what programs sign in with. */
@Injectable()
export class ApiTokenService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly idempotency: Idempotency,
    private readonly clock: Clock,
    private readonly audit: AuditService,
  ) {}

  /** Makes a token; only the first answer to the call shows it. */
  make(
    { name, scopes, days }: NewApiToken,
    actorPersonId: number,
    call: IdempotentCall,
  ): Promise<MadeApiToken> {
    return this.idempotency.run<MadeApiToken>(
      call,
      async (tx) => {
        const token = TOKEN_PREFIX + randomToken();
        const createdAt = this.clock.now();
        const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
        const { identifiers } = await tx.insert(ApiToken, {
          name,
          tokenHash: hashToken(token),
          scopes: scopes.join(' '),
          createdByPersonId: actorPersonId,
          createdAt,
          expiresAt,
        });
        const id = identifiers[0]!['id'] as number;
        await this.audit.record(tx, {
          actorPersonId,
          action: 'api_token.made',
          subjectType: 'api_token',
          subjectId: id,
          detail: { scopes: scopes.join(' ') },
        });
        return { id, name, scopes, expiresAt: expiresAt.toISOString(), token };
      },
      ({ token: _, ...remembered }) => remembered,
    );
  }

  /** All tokens, newest first. */
  async list(): Promise<ApiTokenView[]> {
    const rows = await this.database.select<Raw>(
      `SELECT t.id, t.name, t.scopes, CONCAT(p.firstName, ' ', p.lastName) AS createdByName, t.createdAt, t.expiresAt,
              t.lastUsedAt, t.revokedAt
         FROM api_token t JOIN person p ON p.id = t.createdByPersonId ORDER BY t.id DESC`,
    );
    return rows.map((row) => toView(row, this.clock.now()));
  }

  /** Makes a token worthless at once. @throws DomainError `not_found` */
  async revoke(tokenId: number, actorPersonId: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      if (!(await tx.existsBy(ApiToken, { id: tokenId }))) throw new DomainError('not_found', 'not_found');
      await execute(tx, 'UPDATE api_token SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL', [
        this.clock.now(),
        tokenId,
      ]);
      await this.audit.record(tx, {
        actorPersonId,
        action: 'api_token.revoked',
        subjectType: 'api_token',
        subjectId: tokenId,
      });
    });
  }
}

function toView({ revokedAt, ...raw }: Raw, now: Date): ApiTokenView {
  const expiresAt = toInstant(raw.expiresAt);
  return {
    ...raw,
    scopes: raw.scopes.split(' ') as ApiScope[],
    createdAt: toInstant(raw.createdAt).toISOString(),
    expiresAt: expiresAt.toISOString(),
    lastUsedAt: toInstantOrNull(raw.lastUsedAt)?.toISOString() ?? null,
    state: revokedAt ? 'revoked' : expiresAt <= now ? 'expired' : 'active',
  };
}
