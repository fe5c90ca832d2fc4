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

type Payload = TokenPayload & { exp: number };

const MOST_VERIFIED = 1000;

/** Reads our JWT from the `Authorization` header or the session cookie and loads the person behind its session. */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  /**
   * What tokens say whose signature was found right before. A right signature stays right; the end of the token and its session
   * are looked at with every request.
   */
  private readonly verified = new Map<string, Payload>();

  constructor(
    @Inject(JWT_KEY) key: KeyObject,
    private readonly cookies: AppCookies,
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

  override authenticate(request: Parameters<Strategy['authenticate']>[0]): void {
    const fastifyRequest = request as unknown as FastifyRequest;
    const payload = this.verified.get(this.tokenOf(fastifyRequest) ?? '');
    if (!payload) return super.authenticate(request);
    this.principalOf(fastifyRequest, payload).then(
      (principal) => (principal ? this.success(principal) : this.fail(401)),
      (error: unknown) => this.error(error as Error),
    );
  }

  /** The person of a token whose signature was found right just now, or null. */
  validate(request: FastifyRequest, payload: Payload): Promise<Principal | null> {
    if (this.verified.size >= MOST_VERIFIED) this.verified.clear();
    this.verified.set(this.tokenOf(request)!, payload);
    return this.principalOf(request, payload);
  }

  private tokenOf(request: FastifyRequest): string | null {
    return fromHeader(request) ?? this.cookies.session(request) ?? null;
  }

  private async principalOf(request: FastifyRequest, payload: Payload): Promise<Principal | null> {
    const now = this.clock.now();
    if (payload.exp * 1000 <= now.getTime()) return null;
    const principal = await this.people.principalOfSession(payload.sid, now);
    return principal ? { ...principal, via: fromHeader(request) ? 'bearer' : 'cookie' } : null;
  }
}
