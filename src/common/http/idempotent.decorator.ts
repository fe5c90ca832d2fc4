import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { IdempotentCall } from '../../database/idempotency.js';
import { DomainError } from '../domain-error.js';
import type { AppRequest } from './app-request.js';

const KEY = /^[\x21-\x7e]{1,200}$/;

/** The `Idempotency-Key` of a creating POST together with what it counts for. */
export const Idempotent = createParamDecorator((_: unknown, context: ExecutionContext): IdempotentCall => {
  const request = context.switchToHttp().getRequest<AppRequest>();
  const key = request.headers['idempotency-key'];
  if (key !== undefined && (typeof key !== 'string' || !KEY.test(key)))
    throw new DomainError('invalid_idempotency_key', 'malformed');
  return idempotentCall(request, key);
});

/** The same for a web form, whose key is a hidden field made when the form was shown. */
export function idempotentCall(request: AppRequest, key: string | undefined): IdempotentCall {
  return {
    key,
    caller: callerOf(request),
    route: `${request.method} ${request.url.split('?')[0]}`,
    body: request.body,
  };
}

function callerOf({ principal }: AppRequest): string {
  if (!principal) return 'anonymous';
  return principal.token ? `token:${principal.token.id}` : String(principal.personId);
}
