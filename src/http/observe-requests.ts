import type { FastifyInstance } from 'fastify';
import { isQuiet } from '../common/http/quiet.decorator.js';
import type { Metrics } from '../operations/metrics.js';

/**
 * Gives every answer its request id, one log line and its place in the metrics; quiet routes leave neither line nor count.
 * @param kept the addresses whose answers browsers may keep
 */
export function observeRequests(fastify: FastifyInstance, metrics: Metrics, kept = /^\/assets\//): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
    // Answers hold personal data or tokens; only files that are the same for everyone are to be kept.
    if (!kept.test(request.url)) void reply.header('cache-control', 'no-store');
  });
  fastify.addHook('onResponse', async (request, reply) => {
    if (isQuiet(request)) return;
    const route = request.routeOptions.url ?? 'unknown';
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    metrics.observe(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    request.log.info({ method: request.method, route, status: reply.statusCode, ms }, 'request');
  });
}
