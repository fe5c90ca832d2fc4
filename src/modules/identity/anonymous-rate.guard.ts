import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { HttpAdapterHost, Reflector } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { ROUTE_ACCESS, type RouteAccess } from '../../common/access/access.decorator.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';

const UNLIMITED = /^\/(health|metrics)/;

/** Limits how often one address calls public routes without being signed in; set up with `@fastify/rate-limit`. */
@Injectable()
export class AnonymousRateGuard implements CanActivate {
  private check: ReturnType<FastifyInstance['createRateLimit']> | undefined;

  constructor(
    private readonly reflector: Reflector,
    private readonly host: HttpAdapterHost,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    const access = this.reflector.getAllAndOverride<RouteAccess>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (request.principal || access.kind !== 'public' || UNLIMITED.test(request.url)) return true;
    this.check ??= this.host.httpAdapter.getInstance<FastifyInstance>().createRateLimit();
    const limit = await this.check(request);
    if (!limit.isAllowed && limit.isExceeded)
      throw new DomainError('too_many_requests', 'too_many', { retryAfterSeconds: limit.ttlInSeconds });
    return true;
  }
}
