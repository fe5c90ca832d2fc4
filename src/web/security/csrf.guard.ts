import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ENV, type Env } from '../../config/env.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { DomainError } from '../../common/domain-error.js';
import { isCsrfToken } from './csrf.js';
import { AppCookies } from './cookies.js';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Every changing request that a browser could send unasked (a form, or anything that comes with our session cookie)
 * must carry the token in `_csrf` or `x-csrf-token` and, when it names an `Origin`, ours.
 */
@Injectable()
export class CsrfGuard implements CanActivate {
  constructor(
    @Inject(ENV) private readonly env: Env,
    private readonly cookies: AppCookies,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AppRequest>();
    if (SAFE_METHODS.has(request.method) || !this.isBrowserRequest(request)) return true;
    if (!this.isOwnOrigin(request)) throw new DomainError('foreign_origin', 'forbidden');
    const token = request.headers['x-csrf-token'] ?? (request.body as { _csrf?: unknown } | undefined)?._csrf;
    if (!isCsrfToken(this.env.APP_SECRET, this.cookies.csrfBinding(request) ?? '', token))
      throw new DomainError('form_expired', 'forbidden');
    return true;
  }

  /** A form without an origin comes from an old browser or a program; in development the host that was called counts too. */
  private isOwnOrigin(request: AppRequest): boolean {
    const { origin, host } = request.headers;
    if (origin === undefined || origin === new URL(this.env.PUBLIC_URL).origin) return true;
    return !this.env.isProduction && URL.canParse(origin) && new URL(origin).host === host;
  }

  private isBrowserRequest(request: AppRequest): boolean {
    if (request.principal) return request.principal.via === 'cookie';
    return !request.url.startsWith('/api/');
  }
}
