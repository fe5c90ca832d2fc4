import { SetMetadata, type CustomDecorator } from '@nestjs/common';
import type { ApiScope } from './api-scope.js';
import type { Role } from './principal.js';

/** Who may call a route. Every route carries one; the guard refuses a route without. */
export type RouteAccess =
  | { kind: 'public'; isAnonymous?: true }
  /** The route checks the caller itself, by a signature over the body. */
  | { kind: 'signature' }
  | { kind: 'roles'; roles: readonly Role[]; linkSession: boolean };

/** Metadata key of `RouteAccess`. */
export const ROUTE_ACCESS = 'vagtklar:access';

/** Metadata key of the scope by which programs may call a route. */
export const ROUTE_SCOPE = 'vagtklar:scope';

/** Programs whose token has the scope may call the route too; without it a route is for people only. */
export const Scoped = (scope: ApiScope): CustomDecorator => SetMetadata(ROUTE_SCOPE, scope);

/** Anyone, signed in or not. */
export const Public = (): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, { kind: 'public' } satisfies RouteAccess);

/**
 * Anyone, and nobody is told who: a session that comes along is not looked at, so that nothing of it can end up beside what is sent. Goes
 * with `@Quiet`.
 */
export const Anonymous = (): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, { kind: 'public', isAnonymous: true } satisfies RouteAccess);

/** A machine that signs its messages; the handler verifies the signature before anything else. */
export const Signed = (): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, { kind: 'signature' } satisfies RouteAccess);

/** People with one of the roles who have signed in themselves. */
export const Roles = (...roles: Role[]): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, { kind: 'roles', roles, linkSession: false } satisfies RouteAccess);

/** People with one of the roles, also when they only came by the personal link of a mail. */
export const RolesOrLink = (...roles: Role[]): CustomDecorator =>
  SetMetadata(ROUTE_ACCESS, { kind: 'roles', roles, linkSession: true } satisfies RouteAccess);
