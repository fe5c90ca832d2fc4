import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { ApiScope } from '../../common/access/api-scope.js';
import { ROUTE_ACCESS, ROUTE_SCOPE, type RouteAccess } from '../../common/access/access.decorator.js';
import type { Principal } from '../../common/access/principal.js';
import { DomainError } from '../../common/domain-error.js';
import type { AppRequest } from '../../common/http/app-request.js';
import { AppCookies } from '../../web/security/cookies.js';
import { ApiTokenPrincipals, bearerToken } from './api-token-principals.js';

/** Finds out who calls and lets in only whom the route names. A route that names nobody is refused to all. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly cookies: AppCookies,
    private readonly tokens: ApiTokenPrincipals,
  ) {
    super({ property: 'principal' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!access)
      throw new Error(
        `${context.getClass().name}.${context.getHandler().name} does not say who may call it.`,
      );
    if (access.kind === 'signature' || (access.kind === 'public' && access.isAnonymous)) return true;
    const principal = await this.authenticate(context);
    if (access.kind === 'public') return true;
    if (!principal) throw new DomainError('unauthenticated', 'unauthenticated');
    if (principal.token) return this.allowProgram(context, principal);
    if (!access.roles.some((role) => principal.roles.includes(role)))
      throw new DomainError('forbidden', 'forbidden');
    if (principal.strength === 'link' && !access.linkSession)
      throw new DomainError('sign_in_needed', 'forbidden');
    return true;
  }

  /** Nobody is an answer too; whether that is enough depends on the route. */
  override handleRequest<T>(error: unknown, principal: T): T {
    // A token that is not ours comes as `info`; an error means that the database could not be asked.
    if (error) throw error;
    return (principal || null) as T;
  }

  private allowProgram(context: ExecutionContext, { token }: Principal): boolean {
    const scope = this.reflector.get<ApiScope | undefined>(ROUTE_SCOPE, context.getHandler());
    if (scope && token!.scopes.includes(scope)) return true;
    throw new DomainError('scope_missing', 'forbidden', { args: { scope: scope ?? '–' } });
  }

  private async authenticate(context: ExecutionContext): Promise<Principal | null> {
    const request = context.switchToHttp().getRequest<AppRequest>();
    if (!request.headers.authorization && !this.cookies.session(request)) return null;
    const program = bearerToken(request);
    if (program) {
      const principal = await this.tokens.of(program);
      if (principal) request.principal = principal;
      return principal;
    }
    await super.canActivate(context);
    return request.principal ?? null;
  }
}
