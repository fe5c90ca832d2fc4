import { Injectable } from '@nestjs/common';
import { ThrottlerGuard } from '@nestjs/throttler';
import { Reflector } from '@nestjs/core';
import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ACCESS, type RouteAccess } from '../../common/access/access.decorator.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';

/** Limits how often one address calls public routes without being signed in. */
@Injectable()
export class AnonymousThrottlerGuard extends ThrottlerGuard {
  protected override async shouldSkip(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    const access = new Reflector().getAllAndOverride<RouteAccess>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    return Boolean(request.principal) || access.kind !== 'public' || /^\/(health|metrics)/.test(request.url);
  }

  protected override async throwThrottlingException(): Promise<void> {
    throw new DomainError('too_many_requests', 'too_many', { retryAfterSeconds: 60 });
  }
}
