import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { SessionStrength } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { hashToken, randomToken } from '../../common/crypto.js';
import { DomainError } from '../../common/domain-error.js';
import { execute } from '../../database/sql.js';
import { UnitOfWork, type Tx } from '../../database/unit-of-work.js';
import { RefreshToken, Session } from './entities/session.entity.js';

const HOUR_MS = 3_600_000;
const ACCESS_TOKEN_SECONDS = 15 * 60;
/** How long a session lasts: a working day in the browser, 30 days for a program that refreshes. */
const LIFETIME_MS = { browser: 12 * HOUR_MS, link: 24 * HOUR_MS, program: 30 * 24 * HOUR_MS };

/** What a JWT of ours says. */
export interface TokenPayload {
  sub: number;
  sid: number;
}

/** The answer to a sign-in over the API. */
export interface TokenPair {
  accessToken: string;
  /** Seconds until the access token ends. */
  expiresIn: number;
  refreshToken: string;
}

/** Opens, refreshes and revokes sessions. */
@Injectable()
export class SessionService {
  constructor(
    @Inject(JwtService) private readonly jwt: JwtService,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Opens a session for the browser; the JWT goes into its cookie. */
  async openForBrowser(
    tx: Tx,
    personId: number,
    strength: SessionStrength,
  ): Promise<{ jwt: string; seconds: number }> {
    const expires = this.later(strength === 'link' ? LIFETIME_MS.link : LIFETIME_MS.browser);
    const sid = await this.insert(tx, personId, strength, expires);
    const seconds = Math.floor((expires.getTime() - this.clock.now().getTime()) / 1000);
    return { jwt: this.sign({ sub: personId, sid }, seconds), seconds };
  }

  /** Opens a session for a program, with a refresh token. */
  async openForProgram(tx: Tx, personId: number): Promise<TokenPair> {
    const sid = await this.insert(tx, personId, 'full', this.later(LIFETIME_MS.program));
    return this.issuePair(tx, personId, sid);
  }

  /**
   * Changes a refresh token for a new pair. A token that was used before has been copied: its session ends at once
   * (RFC 9700 §4.14.2).
   * @throws DomainError `invalid_refresh_token`
   */
  async refresh(refreshToken: string): Promise<TokenPair> {
    const pair = await this.unitOfWork.run(async (tx) => {
      const token = await tx.findOneBy(RefreshToken, { tokenHash: hashToken(refreshToken) });
      if (!token) return null;
      const now = this.clock.now();
      const { affected } = await execute(
        tx,
        'UPDATE refresh_token SET usedAt = ? WHERE id = ? AND usedAt IS NULL',
        [now, token.id],
      );
      if (affected === 0) {
        await this.revoke(tx, token.sessionId);
        return null;
      }
      const session = await tx.findOneBy(Session, { id: token.sessionId });
      if (!session || session.revokedAt || session.expiresAt <= now) return null;
      return this.issuePair(tx, session.personId, session.id);
    });
    if (!pair) throw new DomainError('invalid_refresh_token', 'unauthenticated');
    return pair;
  }

  /** Ends one session. */
  async revoke(tx: Tx, sessionId: number): Promise<void> {
    await execute(tx, 'UPDATE session SET revokedAt = ? WHERE id = ? AND revokedAt IS NULL', [
      this.clock.now(),
      sessionId,
    ]);
  }

  /** Ends every session of a person. */
  async revokeAll(tx: Tx, personId: number): Promise<void> {
    await execute(tx, 'UPDATE session SET revokedAt = ? WHERE personId = ? AND revokedAt IS NULL', [
      this.clock.now(),
      personId,
    ]);
  }

  private async insert(
    tx: Tx,
    personId: number,
    strength: SessionStrength,
    expiresAt: Date,
  ): Promise<number> {
    const createdAt = this.clock.now();
    const { identifiers } = await tx.insert(Session, { personId, strength, createdAt, expiresAt });
    return identifiers[0]!['id'] as number;
  }

  private async issuePair(tx: Tx, personId: number, sid: number): Promise<TokenPair> {
    const refreshToken = randomToken();
    await tx.insert(RefreshToken, { sessionId: sid, tokenHash: hashToken(refreshToken), usedAt: null });
    const accessToken = this.sign({ sub: personId, sid }, ACCESS_TOKEN_SECONDS);
    return { accessToken, expiresIn: ACCESS_TOKEN_SECONDS, refreshToken };
  }

  private sign(payload: TokenPayload, seconds: number): string {
    const iat = Math.floor(this.clock.now().getTime() / 1000);
    return this.jwt.sign({ ...payload, sub: String(payload.sub), iat, exp: iat + seconds });
  }

  private later(ms: number): Date {
    return new Date(this.clock.now().getTime() + ms);
  }
}
