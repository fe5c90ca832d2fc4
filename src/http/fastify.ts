import { randomUUID } from 'node:crypto';
import { fastify, LogController, type FastifyInstance } from 'fastify';
import type { Env } from '../config/env.js';
import { cookiePrefix } from '../web/security/cookies.js';
import { BODY_LIMIT } from '../common/http/body-limits.js';

/**
 * The HTTP server: slow or idle connections are closed, request ids are ours, and a log line holds the route's pattern
 * instead of the address, since addresses may hold tokens.
 */
export function createFastify(env: Env): FastifyInstance {
  const server = fastify({
    bodyLimit: BODY_LIMIT,
    // A package on a slow line takes its time; any other body has ten seconds (`limitBodyTime`).
    requestTimeout: 900_000,
    keepAliveTimeout: 5_000,
    // Counted from the connection: a thousand requests at once must not be taken for slow ones before they are looked at.
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 2_000 },
    forceCloseConnections: 'idle',
    trustProxy: trustProxy(env.TRUST_PROXY),
    genReqId: () => randomUUID(),
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    logger: { level: env.LOG_LEVEL, base: null },
  });
  server.decorateRequest('cookiePrefix', cookiePrefix(env));
  return server;
}

/** `true`, `false`, or the addresses of the proxies that may say who the caller is. */
function trustProxy(setting: string): boolean | string[] {
  if (setting === 'true' || setting === 'false') return setting === 'true';
  return setting.split(',').map((address) => address.trim());
}
