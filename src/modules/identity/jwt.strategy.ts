import type { KeyObject } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy } from 'passport-jwt';
import type { Principal } from '../../common/access/principal.js';
import { Clock } from '../../common/clock.js';
import { AppCookies } from '../../web/security/cookies.js';
import { PeopleQueries } from './people.queries.js';
import { JWT_KEY, JWT_OPTIONS } from './jwt-key.js';
import type { TokenPayload } from './session.service.js';

const fromHeader = ExtractJwt.fromAuthHeaderAsBearerToken() as unknown as (
  request: FastifyRequest,
) => string | null;

/** Reads our JWT from the `Authorization` header or the session cookie and loads the person behind its session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    @Inject(JWT_KEY) key: KeyObject,
    cookies: AppCookies,
    private readonly people: PeopleQueries,
    private readonly clock: Clock,
  ) {
    super({
      jwtFromRequest: (request: unknown) =>
        fromHeader(request as FastifyRequest) ?? cookies.session(request as FastifyRequest) ?? null,
      // Its types know texts and buffers only, jsonwebtoken below it takes key objects.
      secretOrKey: key as unknown as Buffer,
      algorithms: [JWT_OPTIONS.algorithm],
      issuer: JWT_OPTIONS.issuer,
      // The clock of the application decides, below.
      ignoreExpiration: true,
      passReqToCallback: true,
    });
  }

  /** The person of a token whose signature is right, or null. */
  async validate(
    request: FastifyRequest,
    payload: TokenPayload & { exp: number },
  ): Promise<Principal | null> {
    const now = this.clock.now();
    if (payload.exp * 1000 <= now.getTime()) return null;
    const principal = await this.people.principalOfSession(payload.sid, now);
    return principal ? { ...principal, via: fromHeader(request) ? 'bearer' : 'cookie' } : null;
  }
}
