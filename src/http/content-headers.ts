import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Env } from '../config/env.js';

/**
 * What a package may do: authoring tools need inline scripts, `eval` and blobs (seen with Rise, Storyline and Captivate). It may load
 * from and talk to this host only, and only this host may frame it.
 */
export const CONTENT_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ');

/** What the player's own page may do. */
export const SHELL_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Packages save while they are being left, by synchronous requests and `unload`; they need no camera, microphone or place. */
const PERMISSIONS =
  'sync-xhr=(self), unload=(self), autoplay=(self), fullscreen=(self), camera=(), microphone=(), geolocation=(), payment=(), usb=()';

/** The headers of every answer of the content host. Addresses there hold tokens, so they are told to nobody. */
export function contentHeaders(env: Env) {
  const isHttps = env.CONTENT_URL.startsWith('https:');
  return async (_: FastifyRequest, reply: FastifyReply): Promise<void> => {
    void reply.headers({
      'content-security-policy': SHELL_POLICY,
      'permissions-policy': PERMISSIONS,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-robots-tag': 'noindex',
      ...(isHttps && { 'strict-transport-security': 'max-age=31536000; includeSubDomains' }),
    });
  };
}
