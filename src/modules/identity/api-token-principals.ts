import { Injectable } from '@nestjs/common';
import type { ApiScope } from '../../common/access/api-scope.js';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { hashToken } from '../../common/crypto.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { Database } from '../../database/database.js';
import { execute, toInstantOrNull } from '../../database/sql.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** How tokens of programs begin, so that they are told from a person's JWT and found by scanners of leaked secrets. */
export const TOKEN_PREFIX = 'vkt_';
const NOTED_EVERY_MS = 5 * 60_000;

interface TokenRow {
  id: number;
  name: string;
  scopes: string;
  personId: number;
  language: string;
  lastUsedAt: string | Date | null;
}

/** The token of a program in the `Authorization` header, if there is one. */
export function bearerToken(request: AppRequest): string | undefined {
  const [scheme, token] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token?.startsWith(TOKEN_PREFIX) ? token : undefined;
}

/** Finds out which program calls. */
@Injectable()
export class ApiTokenPrincipals {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** The program of a token that is neither revoked nor over, as long as its maker is in the secretariat, acting for the person who made the token; else null. */
  async of(token: string): Promise<Principal | null> {
    const now = this.clock.now();
    const row = await this.database.selectOne<TokenRow>(
      `SELECT t.id, t.name, t.scopes, t.createdByPersonId AS personId, p.language, t.lastUsedAt
         FROM api_token t JOIN person p ON p.id = t.createdByPersonId AND p.deactivatedAt IS NULL
         JOIN role_assignment r ON r.personId = p.id AND r.role = 'secretariat'
        WHERE t.tokenHash = ? AND t.revokedAt IS NULL AND t.expiresAt > ?`,
      [hashToken(token), now],
    );
    if (!row) return null;
    const lastUsedAt = toInstantOrNull(row.lastUsedAt);
    if (!lastUsedAt || now.getTime() - lastUsedAt.getTime() > NOTED_EVERY_MS) await this.note(row.id, now);
    return {
      personId: row.personId,
      sessionId: 0,
      name: row.name,
      language: row.language,
      roles: [],
      strength: 'full',
      via: 'token',
      token: { id: row.id, scopes: row.scopes.split(' ') as ApiScope[] },
      agentId: null,
      municipalityCodes: [],
    };
  }

  private async note(tokenId: number, now: Date): Promise<void> {
    await this.unitOfWork.run((tx) =>
      execute(tx, 'UPDATE api_token SET lastUsedAt = ? WHERE id = ?', [now, tokenId]),
    );
  }
}
