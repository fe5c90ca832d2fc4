import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { AppRequest } from '../http/app-request.js';
import type { Principal } from './principal.js';

/** The signed-in person of the request; only on routes that ask for a role. */
export const Current = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<AppRequest>();
  if (!principal) throw new Error('A public route asked for the signed-in person.');
  return principal;
});
