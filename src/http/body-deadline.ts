import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { uploadKind } from '../common/http/upload.decorator.js';

/** How long a body may take to arrive, uploads apart. */
const BODY_MS = 10_000;

const TIMED_OUT = 'HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/**
 * Ends requests whose body comes in drop by drop. Node's own limit is one for all routes, and a package takes longer than a form.
 */
export function limitBodyTime(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => {
    if (hasBody(request) && uploadKind(request) === undefined) startClock(request);
    done();
  });
}

function startClock({ raw }: FastifyRequest): void {
  // A server that was busy for long has perhaps not looked yet at what has come: it gets one more turn to read.
  const timer = setTimeout(() => setImmediate(() => raw.complete || end(raw)), BODY_MS);
  const stop = () => clearTimeout(timer);
  raw.once('end', stop).once('close', stop);
}

function end(raw: IncomingMessage): void {
  raw.socket.end(TIMED_OUT);
  raw.destroy();
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}
